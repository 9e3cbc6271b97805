/// A text that a regular expression finds an answer in: the words around its first group, with the answer in its place.
///
/// It reads the common part of Python's language and leaves anything rarer out; what comes of it is tried, not trusted.
struct PatternSample {
  private let pattern: [Character]
  private let answer: String
  private var at = 0
  private var isAnswered = false

  /// Nil where the expression has no words around its group, or no group.
  static func text(for pattern: String, answer: String) -> String? {
    var sample = PatternSample(pattern: Array(pattern), answer: answer)
    let text = sample.alternatives()
    guard sample.isAnswered, text != answer, sample.at == sample.pattern.count else { return nil }
    return text
  }

  private init(pattern: [Character], answer: String) {
    self.pattern = pattern
    self.answer = answer
  }

  /// The first of several alternatives; the others are read over.
  private mutating func alternatives() -> String {
    let first = sequence()
    let wasAnswered = isAnswered
    while peek == "|" {
      at += 1
      isAnswered = true
      _ = sequence()
    }
    isAnswered = wasAnswered
    return first
  }

  private mutating func sequence() -> String {
    var out = ""
    while let next = peek, next != "|", next != ")" {
      let wasAnswered = isAnswered
      let piece = atom()
      let isOptional = quantifier()
      // What need not be there is left out, unless it holds the answer.
      if !isOptional || isAnswered != wasAnswered { out += piece }
    }
    return out
  }

  private var peek: Character? { pattern.indices.contains(at) ? pattern[at] : nil }

  /// Reads a quantifier; whether what is before it may be absent.
  private mutating func quantifier() -> Bool {
    var isOptional = false
    switch peek {
    case "?", "*":
      isOptional = true
      at += 1
    case "+": at += 1
    case "{":
      guard let end = pattern[at...].firstIndex(of: "}") else { return false }
      isOptional = pattern[at + 1] == "0" || pattern[at + 1] == ","
      at = end + 1
    default: return false
    }
    if peek == "?" || peek == "+" { at += 1 }
    return isOptional
  }

  private mutating func atom() -> String {
    let character = pattern[at]
    at += 1
    switch character {
    case "(": return group()
    case "[": return characterClass()
    case "^", "$": return ""
    case ".": return "."
    case "\\": return escape()
    default: return String(character)
    }
  }

  private mutating func escape() -> String {
    guard let character = peek else { return "" }
    at += 1
    switch character {
    case "n": return "\n"
    case "t": return "\t"
    case "s", "S": return character == "s" ? " " : "x"
    case "d", "D": return character == "d" ? "0" : "x"
    case "w", "W": return character == "w" ? "a" : " "
    case "b", "B", "A", "Z": return ""
    default: return String(character)
    }
  }

  private mutating func characterClass() -> String {
    let isNegated = peek == "^"
    if isNegated { at += 1 }
    var first: String?
    var isFirst = true
    while let character = peek, isFirst || character != "]" {
      isFirst = false
      at += 1
      let member = character == "\\" ? escape() : String(character)
      if first == nil { first = member }
    }
    at += 1
    return isNegated ? " " : first ?? ""
  }

  private mutating func group() -> String {
    var isCapturing = true
    var isAbsent = false
    if peek == "?" {
      at += 1
      isCapturing = false
      switch peek {
      case "P" where pattern.indices.contains(at + 1) && pattern[at + 1] == "<":
        isCapturing = true
        at = (pattern[at...].firstIndex(of: ">") ?? pattern.count - 1) + 1
      case "<":
        isAbsent = pattern.indices.contains(at + 1) && pattern[at + 1] == "!"
        at += 2
      case "!":
        isAbsent = true
        at += 1
      case ":", "=": at += 1
      default:
        // Flags: `(?i)` stands alone, `(?i:` opens a group.
        while let flag = peek, flag != ":", flag != ")" { at += 1 }
        if peek == ":" { at += 1 }
      }
    }
    let isAnswer = isCapturing && !isAnswered
    if isAnswer { isAnswered = true }
    let inner = alternatives()
    if peek == ")" { at += 1 }
    if isAnswer {
      isAnswered = true
      return answer
    }
    return isAbsent ? "" : inner
  }
}
