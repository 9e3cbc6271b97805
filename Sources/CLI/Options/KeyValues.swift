import ArgumentParser
import Values

/// `key=value` items as the harness's command line reads them, or JSON objects; what comes later counts.
struct KeyValues {
  private(set) var map = OrderedMap()

  init(_ items: [String], flag: String) throws {
    var rest = items[...]
    while let item = rest.popFirst() {
      if item.hasPrefix("{") {
        try map.update(with: Self.json(item, &rest, flag))
      } else {
        try map.update(with: Self.items(item, flag))
      }
    }
  }

  /// A shell that was not told to keep JSON together has cut it at its blanks.
  private static func json(
    _ start: String, _ rest: inout ArraySlice<String>, _ flag: String
  ) throws -> OrderedMap {
    var text = start
    while true {
      do {
        guard case .map(let map) = try Value(json: text) else {
          throw ValidationError("\(flag) is not a JSON object.")
        }
        return map
      } catch let error as JSONError {
        guard let next = rest.popFirst() else {
          throw ValidationError("\(flag) is not JSON: \(error.message), at byte \(error.offset) of \(text)")
        }
        text += " " + next
      }
    }
  }

  private static func items(_ text: String, _ flag: String) throws -> OrderedMap {
    var map = OrderedMap()
    for item in split(text) where !item.isEmpty {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError(
          "\(flag): `\(item)` has no `=`; write `key=value` items with commas between them.")
      }
      map[.string(String(parts[0]).pythonStripped)] = value(String(parts[1]))
    }
    return map
  }

  /// At commas that stand outside brackets and quotes.
  private static func split(_ text: String) -> [String] {
    var items = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "[({".contains(character) {
        depth += 1
      } else if "])}".contains(character) {
        depth = max(0, depth - 1)
      } else if character == ",", depth == 0 {
        items.append("")
        continue
      }
      items[items.count - 1].append(character)
    }
    return items
  }

  /// Booleans in any capitals, digits as a whole number, what reads as a float, a Python literal, or else text.
  static func value(_ text: String) -> Value {
    let plain = text.pythonStripped
    switch plain.lowercased() {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: break
    }
    if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) {
      return .int(number)
    }
    if let number = float(plain) { return .double(number) }
    return pythonLiteral(plain) ?? .string(text)
  }

  /// What Python's `float()` accepts, apart from hexadecimal forms that only Swift knows.
  private static func float(_ text: String) -> Double? {
    guard !text.lowercased().contains("x"), text.lowercased() != "snan" else { return nil }
    // One `_` may stand between two digits.
    guard !text.contains(/(?:^|[^0-9])_|_(?:[^0-9]|$)/) else { return nil }
    return Double(text.replacing("_", with: ""))
  }
}

extension KeyValues {
  /// Items in a text of a configuration file, which the harness reads by other rules than those of its command line.
  ///
  /// Every comma parts items, whatever brackets stand around it. Nil for an item without `=`.
  static func configured(_ text: String) -> OrderedMap? {
    var map = OrderedMap()
    for item in text.pythonStripped.split(separator: ",") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { return nil }
      map[.string(parts[0])] = configuredValue(parts[1].pythonStripped)
    }
    return map
  }

  /// Quoted text, booleans and `none` in any capitals, a whole number with or without sign, a float, or else text.
  private static func configuredValue(_ text: String) -> Value {
    if text.utf8.count >= 2, let quote = text.first, "'\"".contains(quote), text.last == quote {
      return .string(String(text.dropFirst().dropLast()))
    }
    switch text.lowercased() {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "none": return .null
    default: break
    }
    let digits = text.drop { $0 == "+" || $0 == "-" }.utf8
    if !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) {
      return .int(number)
    }
    return float(text).map { .double($0) } ?? .string(text)
  }
}
