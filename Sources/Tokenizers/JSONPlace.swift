import Foundation
import Values

/// A value in a JSON file that knows where it stands, so that what is wrong with it can be said with its place.
struct JSONPlace {
  let value: Value
  let file: String
  let path: String

  init(value: Value, file: String, path: String) {
    self.value = value
    self.file = file
    self.path = path
  }

  /// Reads a whole file.
  init(file: String) throws(TokenizerError) {
    guard let data = FileManager.default.contents(atPath: file) else {
      let isThere = FileManager.default.fileExists(atPath: file)
      throw TokenizerError(
        file: file, isThere ? "cannot be read" : "there is no such file",
        help: "a model's folder holds it beside its weights")
    }
    do { value = try Value(json: data) } catch {
      var (line, column) = (1, 1)
      for byte in data.prefix(error.offset) {
        if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) } else { column += 1 }
      }
      throw TokenizerError(
        file: file, place: "\(line):\(column)", "is not JSON: \(error.message)", help: TokenizerError.damaged)
    }
    self.file = file
    path = ""
  }

  func failure(_ message: String, help: String = TokenizerError.damaged) -> TokenizerError {
    TokenizerError(file: file, place: path.isEmpty ? nil : path, message, help: help)
  }

  /// The value of a key; nil where it is missing or null.
  subscript(_ key: String) -> JSONPlace? {
    guard let value = value.asMap?[key], !value.isNull else { return nil }
    return JSONPlace(value: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
  }

  func required(_ key: String) throws(TokenizerError) -> JSONPlace {
    guard value.asMap != nil else { throw failure("should be an object") }
    guard let found = self[key] else { throw failure("the key `\(key)` is missing") }
    return found
  }

  func map() throws(TokenizerError) -> OrderedMap {
    guard let map = value.asMap else { throw failure("should be an object") }
    return map
  }

  func list() throws(TokenizerError) -> [JSONPlace] {
    guard case .list(let items) = value else { throw failure("should be a list") }
    return items.enumerated().map { JSONPlace(value: $1, file: file, path: "\(path)[\($0)]") }
  }

  func text() throws(TokenizerError) -> String {
    guard let text = value.asString else { throw failure("should be a text") }
    return text
  }

  func flag() throws(TokenizerError) -> Bool {
    guard case .bool(let flag) = value else { throw failure("should be true or false") }
    return flag
  }

  /// A token's number.
  func id() throws(TokenizerError) -> Int32 {
    guard case .int(let number) = value, let id = Int32(exactly: number), id >= 0, id < Self.mostTokens else {
      throw failure("should be a token's number, from 0 on")
    }
    return id
  }

  /// No vocabulary is larger; a larger number is damage, and memory is taken by it.
  static let mostTokens = 16_777_216

  func flag(_ key: String, default absent: Bool) throws(TokenizerError) -> Bool {
    try self[key]?.flag() ?? absent
  }

  /// How many; none where the key is missing.
  func count(_ key: String) throws(TokenizerError) -> Int {
    guard let place = self[key] else { return 0 }
    guard let count = place.value.asInt, count >= 0 else {
      throw place.failure("should be a whole number from 0 on")
    }
    return count
  }

  /// What kind of step an object describes.
  func type() throws(TokenizerError) -> String { try required("type").text() }
}
