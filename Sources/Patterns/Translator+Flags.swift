extension Translator {
  func isFlag(_ sign: Unicode.Scalar) -> Bool { "aiLmsux".unicodeScalars.contains(sign) }

  /// Flags behind `(?`, the first of them read already: nil if they hold for the whole pattern and are now
  /// set, else those inside the group that they open.
  mutating func readFlags(_ first: Unicode.Scalar) throws(PatternError) -> Flags? {
    var on: [Unicode.Scalar] = []
    var sign = first
    if first != "-" {
      repeat {
        on.append(sign)
        if sign == "L" { throw reader.error("flag `L` is only for bytes") }
        if on.contains("a"), on.contains("u") { throw reader.error("flags `a` and `u` exclude each other") }
        sign = try flag(orAnyOf: ")-:", expected: "`-`, `:` or `)`")
      } while isFlag(sign)
    }
    if sign == ")" {
      flags.turn(on, to: true)
      return nil
    }
    var off: [Unicode.Scalar] = []
    if sign == "-" {
      sign = try flag(orAnyOf: "", expected: "a flag")
      repeat {
        if "aLu".unicodeScalars.contains(sign) {
          throw reader.error("flags `a`, `L` and `u` cannot be turned off")
        }
        off.append(sign)
        sign = try flag(orAnyOf: ":", expected: "`:`")
      } while isFlag(sign)
    }
    if on.contains(where: off.contains) {
      throw reader.error("the same flag is turned on and off", back: 1)
    }
    var inner = flags
    inner.turn(on, to: true)
    inner.turn(off, to: false)
    return inner
  }

  private mutating func flag(
    orAnyOf ends: String, expected: String
  ) throws(PatternError) -> Unicode.Scalar {
    guard let token = try reader.get() else { throw reader.error("\(expected) is missing") }
    if let sign = token.plain, isFlag(sign) || ends.unicodeScalars.contains(sign) { return sign }
    let isLetter = token.plain?.properties.isAlphabetic ?? false
    throw reader.error(
      isLetter ? "there is no flag `\(token.text)`" : "\(expected) is missing", back: token.count)
  }
}

extension Flags {
  fileprivate mutating func turn(_ signs: [Unicode.Scalar], to isOn: Bool) {
    for sign in signs {
      switch sign {
      case "i": ignoresCase = isOn
      case "m": isMultiline = isOn
      case "s": dotMatchesNewline = isOn
      case "x": isVerbose = isOn
      case "a": isASCII = true
      default: isASCII = false
      }
    }
  }
}
