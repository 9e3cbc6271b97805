import ArgumentParser
import Values

/// `key=value` items as the harness's command line reads them, or one JSON object.
struct KeyValues {
  let map: OrderedMap

  init(_ items: [String], flag: String) throws {
    // A shell that was not told to keep JSON together has cut it at its blanks.
    let text = items.joined(separator: items.first?.hasPrefix("{") == true ? " " : ",")
    if text.hasPrefix("{") {
      do {
        guard case .map(let map) = try Value(json: text) else {
          throw ValidationError("\(flag) is not a JSON object.")
        }
        self.map = map
        return
      } catch let error as JSONError {
        throw ValidationError("\(flag) is not JSON: \(error.message), at byte \(error.offset) of \(text)")
      }
    }
    var map = OrderedMap()
    for item in Self.split(text) where !item.isEmpty {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError(
          "\(flag): `\(item)` has no `=`; write `key=value` items with commas between them.")
      }
      map[.string(String(parts[0]).pythonStripped)] = Self.value(String(parts[1]))
    }
    self.map = map
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
