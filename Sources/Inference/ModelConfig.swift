import Foundation
import Tensors
import Values

/// `config.json` of a model folder, read key by key.
///
/// A key that is wrong gets noted and a harmless value; `check` then says all that is wrong at once.
final class ModelConfig {
  /// What is wrong, in all of the file.
  private final class Faults {
    var all: [(message: String, help: String)] = []
  }

  let file: String
  private let map: OrderedMap
  private let faults: Faults

  /// No layer, head or table of a real model is larger; memory is taken by these numbers.
  static let largest = 1 << 28
  /// No real model has more.
  static let mostLayers = 4096

  convenience init(folder: String) throws(ModelError) {
    try self.init(file: "\(folder)/config.json")
  }

  convenience init(file: String) throws(ModelError) {
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
    self.init(file: file, map: map, Faults())
  }

  private init(file: String, map: OrderedMap, _ faults: Faults) {
    self.file = file
    self.map = map
    self.faults = faults
  }

  /// Notes that a key is wrong.
  func fault(_ key: String, _ message: String, help: String? = nil) {
    faults.all.append(("`\(key)` \(message)", help ?? "check that the file belongs to this model"))
  }

  var isFaulty: Bool { !faults.all.isEmpty }

  /// Throws everything that was noted.
  func check() throws(ModelError) {
    guard let first = faults.all.first else { return }
    let messages = faults.all.map(\.message).joined(separator: "; ")
    throw ModelError(.unusable, "\(file): \(messages)", help: first.help)
  }

  private func present(_ key: String) -> Value? { map[key].flatMap { $0.isNull ? nil : $0 } }

  func has(_ key: String) -> Bool { present(key) != nil }

  /// Whether the file says `null`, which is not the same as saying nothing.
  func isNull(_ key: String) -> Bool { map[key]?.isNull ?? false }

  /// A count: a whole number from 1 on.
  func count(_ key: String, default absent: Int? = nil, atMost most: Int = largest) -> Int {
    guard let value = present(key) else {
      if absent == nil { fault(key, "is missing") }
      return absent ?? 1
    }
    guard case .int(let number) = value, number > 0, number <= most else {
      fault(key, "should be a whole number from 1 to \(most), found \(value.repr)")
      return 1
    }
    return number
  }

  /// A number from 0 on.
  func number(_ key: String, default absent: Double? = nil) -> Double {
    guard let value = present(key) else {
      if absent == nil { fault(key, "is missing") }
      return absent ?? 1
    }
    guard let number = value.asDouble, number.isFinite, number >= 0 else {
      fault(key, "should be a number from 0 on, found \(value.repr)")
      return 1
    }
    return number
  }

  /// A number above 0.
  func positive(_ key: String, default absent: Double? = nil) -> Double {
    let number = number(key, default: absent)
    guard number == 0 else { return number }
    fault(key, "should be above 0")
    return 1
  }

  /// A list of numbers above 0.
  func positives(_ key: String, count: Int) -> [Float] {
    let numbers = present(key)?.asList?.compactMap(\.asDouble).filter { $0.isFinite && $0 > 0 }
    guard let numbers, numbers.count == count else {
      fault(key, "should be a list of \(count) numbers above 0")
      return Array(repeating: 1, count: count)
    }
    return numbers.map { Float($0) }
  }

  func flag(_ key: String, default absent: Bool) -> Bool {
    guard let value = present(key) else { return absent }
    guard case .bool(let flag) = value else {
      fault(key, "should be true or false, found \(value.repr)")
      return absent
    }
    return flag
  }

  func text(_ key: String) -> String? {
    guard let value = present(key) else { return nil }
    guard let text = value.asString else {
      fault(key, "should be a text, found \(value.repr)")
      return nil
    }
    return text
  }

  func texts(_ key: String) -> [String] { present(key)?.asList?.compactMap(\.asString) ?? [] }

  /// Token numbers: one, or a list.
  func tokens(_ key: String) -> [Int32] {
    guard let value = present(key) else { return [] }
    return (value.asList ?? [value]).compactMap { $0.asInt.flatMap { Int32(exactly: $0) } }
  }

  /// An object inside, read in the same manner.
  func object(_ key: String) -> ModelConfig? {
    guard let value = present(key) else { return nil }
    guard let inner = value.asMap else {
      fault(key, "should be an object, found \(value.repr)")
      return nil
    }
    return ModelConfig(file: file, map: inner, faults)
  }

  /// The length of input the model was made for, by the names in use and in the order the harness asks them.
  var maxLength: Int? {
    let config = object("text_config") ?? self
    for key in ["n_positions", "max_position_embeddings", "n_ctx"] where config.has(key) {
      return config.count(key)
    }
    return nil
  }

  /// The function between two layers.
  func activation(_ key: String, default absent: Activation) -> Activation {
    guard let name = text(key) else { return absent }
    if let activation = Activation(rawValue: name) { return activation }
    let known = Activation.allCases.map(\.rawValue).joined(separator: ", ")
    fault(key, "is `\(name)`, which is not supported", help: "supported are \(known)")
    return absent
  }

  /// Refuses what would make another model of it.
  func refuse(_ keys: String...) {
    for key in keys where flag(key, default: false) { fault(key, "is set, which is not supported") }
  }
}
