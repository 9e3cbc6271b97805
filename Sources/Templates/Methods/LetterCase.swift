import Values

/// The methods of `str` that change the case of letters.
enum LetterCase {
  static func changed(_ text: String, _ method: String) -> String? {
    switch method {
    case "upper": text.pythonUppercased
    case "lower": text.pythonLowercased
    case "capitalize": capitalized(text)
    case "title": titled(text)
    case "swapcase": swapped(text)
    case "casefold": folded(text)
    default: nil
    }
  }

  static func capitalized(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    // The whole is lowered first, so that a final sigma knows what stands before it.
    let rest = String(Substring(text.unicodeScalars.dropFirst()))
    return first.properties.titlecaseMapping + rest.pythonLowercased
  }

  static func titled(_ text: String) -> String {
    var out = ""
    var wasCased = false
    let lowered = text.unicodeScalars
    for scalar in lowered {
      out += wasCased ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      wasCased = scalar.properties.isCased
    }
    return out
  }

  private static func swapped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      out +=
        properties.isUppercase
        ? properties.lowercaseMapping
        : properties.isLowercase ? properties.uppercaseMapping : String(Character(scalar))
    }
    return out
  }

  /// Case folding where it differs from lower case: the letters that have full foldings of their own.
  private static func folded(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{DF}", "\u{1E9E}": out += "ss"
      case "\u{3C2}": out += "\u{3C3}"
      case "\u{17F}": out += "s"
      case "\u{B5}": out += "\u{3BC}"
      case "\u{FB00}": out += "ff"
      case "\u{FB01}": out += "fi"
      case "\u{FB02}": out += "fl"
      default: out += scalar.properties.lowercaseMapping
      }
    }
    return out
  }
}

/// The methods of `str` that ask what its characters are.
enum CharacterTests {
  static func holds(_ method: String, _ text: String) -> Bool {
    let scalars = text.unicodeScalars
    switch method {
    case "isascii": return text.utf8.allSatisfy { $0 < 0x80 }
    case "isprintable": return !pythonRepr(text).contains("\\") || scalars.allSatisfy(isPrintable)
    case "isidentifier":
      return scalars.first.map { $0 == "_" || $0.properties.isXIDStart } ?? false
        && scalars.allSatisfy { $0.properties.isXIDContinue }
    case "islower", "isupper":
      let isLower = method == "islower"
      return scalars.contains { isLower ? $0.properties.isLowercase : $0.properties.isUppercase }
        && !scalars.contains {
          $0.properties.generalCategory == .titlecaseLetter
            || (isLower ? $0.properties.isUppercase : $0.properties.isLowercase)
        }
    case "istitle": return isTitle(scalars)
    default: break
    }
    guard !scalars.isEmpty else { return false }
    return switch method {
    case "isdigit": scalars.allSatisfy(isDigit)
    case "isdecimal": scalars.allSatisfy { $0.properties.generalCategory == .decimalNumber }
    case "isnumeric": scalars.allSatisfy { $0.properties.numericType != nil }
    case "isalpha": scalars.allSatisfy(isLetter)
    case "isalnum": scalars.allSatisfy { isLetter($0) || $0.properties.numericType != nil }
    case "isspace": scalars.allSatisfy(\.isPythonSpace)
    default: false
    }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\\" || scalar == "'" || !pythonRepr(String(Character(scalar))).contains("\\")
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType == .decimal || scalar.properties.numericType == .digit
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  private static func isTitle(_ scalars: String.UnicodeScalarView) -> Bool {
    var (wasCased, found) = (false, false)
    for scalar in scalars {
      let isUpper = scalar.properties.isUppercase || scalar.properties.generalCategory == .titlecaseLetter
      let isLower = scalar.properties.isLowercase
      if isUpper && wasCased || isLower && !wasCased { return false }
      wasCased = isUpper || isLower
      found = found || wasCased
    }
    return found
  }
}
