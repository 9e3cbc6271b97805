import Foundation
import Values

/// `config.json` of a model folder, read key by key; what is wrong with one is said with its name.
struct ModelConfig: Sendable {
  let file: String
  private let map: OrderedMap

  /// No layer, head or table of a real model is larger; memory is taken by these numbers.
  static let largest = 1 << 28

  init(folder: String) throws(ModelError) {
    try self.init(file: "\(folder)/config.json")
  }

  init(file: String) throws(ModelError) {
    self.file = file
    guard let data = FileManager.default.contents(atPath: file) else {
      let isThere = FileManager.default.fileExists(atPath: file)
      throw ModelError(
        .unusable, "\(file): \(isThere ? "cannot be read" : "there is no such file")",
        help: "name the folder of a model as the hub lays it out")
    }
    let value: Value
    do { value = try Value(json: data) } catch {
      throw ModelError(
        .unusable, "\(file): is not JSON: \(error.message), at byte \(error.offset)",
        help: "download or save it again")
    }
    guard let map = value.asMap else {
      throw ModelError(.unusable, "\(file): is not a JSON object", help: "download or save it again")
    }
    self.map = map
  }

  private init(file: String, map: OrderedMap) {
    self.file = file
    self.map = map
  }

  func failure(_ key: String, _ message: String, help: String? = nil) -> ModelError {
    ModelError(
      .unusable, "\(file): `\(key)` \(message)", help: help ?? "check that the file belongs to this model")
  }

  private func present(_ key: String) -> Value? { map[key].flatMap { $0.isNull ? nil : $0 } }

  func has(_ key: String) -> Bool { present(key) != nil }

  /// A count: a whole number from 1 on.
  func count(_ key: String, default absent: Int? = nil) throws(ModelError) -> Int {
    guard let value = present(key) else {
      if let absent { return absent }
      throw failure(key, "is missing")
    }
    guard case .int(let number) = value, number > 0, number <= Self.largest else {
      throw failure(key, "should be a whole number from 1 to \(Self.largest), found \(value.repr)")
    }
    return number
  }

  func number(_ key: String, default absent: Double? = nil) throws(ModelError) -> Double {
    guard let value = present(key) else {
      if let absent { return absent }
      throw failure(key, "is missing")
    }
    guard let number = value.asDouble, number.isFinite, number >= 0 else {
      throw failure(key, "should be a number from 0 on, found \(value.repr)")
    }
    return number
  }

  func flag(_ key: String, default absent: Bool) throws(ModelError) -> Bool {
    guard let value = present(key) else { return absent }
    guard case .bool(let flag) = value else {
      throw failure(key, "should be true or false, found \(value.repr)")
    }
    return flag
  }

  func text(_ key: String) throws(ModelError) -> String? {
    guard let value = present(key) else { return nil }
    guard let text = value.asString else { throw failure(key, "should be a text, found \(value.repr)") }
    return text
  }

  func texts(_ key: String) -> [String] { present(key)?.asList?.compactMap(\.asString) ?? [] }

  /// Token numbers: one, or a list.
  func tokens(_ key: String) -> [Int32] {
    guard let value = present(key) else { return [] }
    return (value.asList ?? [value]).compactMap { $0.asInt.flatMap { Int32(exactly: $0) } }
  }

  /// An object inside, read in the same manner.
  func object(_ key: String) throws(ModelError) -> ModelConfig? {
    guard let value = present(key) else { return nil }
    guard let inner = value.asMap else { throw failure(key, "should be an object, found \(value.repr)") }
    return ModelConfig(file: file, map: inner)
  }

  /// The length of input the model was made for, by the names in use and in the order the harness asks them.
  func maxLength() throws(ModelError) -> Int? {
    let config = try object("text_config") ?? self
    for key in ["n_positions", "max_position_embeddings", "n_ctx"] where config.has(key) {
      return try config.count(key)
    }
    return nil
  }
}
