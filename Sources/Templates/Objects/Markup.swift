import Values

/// A text that counts as escaped already.
final class Markup: ValueObject {
  let string: String
  init(_ string: String) { self.string = string }

  var typeName: String { "Markup" }
  var text: String { "Markup(\(pythonRepr(string)))" }
  var isTruthy: Bool { !string.isEmpty }
}

extension Value {
  static func markup(_ string: String) -> Value { .object(Markup(string)) }

  /// The text of a string, escaped or not.
  var anyString: String? {
    switch self {
    case .string(let string): string
    case .object(let object): (object as? Markup)?.string
    default: nil
    }
  }

  var isMarkup: Bool { if case .object(let object) = self { object is Markup } else { false } }
}

/// Replaces the five characters that mean something in HTML.
func escaped(_ text: String) -> String {
  guard text.utf8.contains(where: { [0x26, 0x3C, 0x3E, 0x27, 0x22].contains($0) }) else { return text }
  var out = ""
  out.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "'": out += "&#39;"
    case "\"": out += "&#34;"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}
