/// Reads Python as far as its form goes: quotes, brackets, blocks and indentation; what cannot be parsed for another
/// reason is not seen, and what can be parsed is never taken for wrong.
struct PythonForm {
  /// What is wrong first, and in which line.
  struct Trouble: Equatable {
    let line: Int
    let words: String
  }

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private var open: [(byte: UInt8, line: Int)] = []
  private var trouble: Trouble?

  /// How far the blocks around are indented; with tabs their widths are a matter of taste, and not looked at.
  private var levels = [0]
  private let isIndentedWithTabs: Bool
  /// The line whose block has to follow.
  private var awaited: Int?

  /// The statement that is being read, which may go over several lines.
  private var words: [String] = []
  private var word: [UInt8] = []
  private var start = 1
  private var hasColon = false
  private var last: UInt8 = 0

  static func trouble(in text: String) -> Trouble? {
    var form = PythonForm(text)
    form.read()
    return form.trouble
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    isIndentedWithTabs = text.hasPrefix("\t") || text.holds("\n\t") || text.holds(" \t")
  }

  private static let blocks: Set = [
    "def", "class", "if", "elif", "else", "for", "while", "try", "except", "finally", "with",
  ]

  private mutating func read() {
    beginLine()
    while place < bytes.count, trouble == nil {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "#"): while place < bytes.count, bytes[place] != 0x0A { place += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): readText(byte)
      case UInt8(ascii: "\\"):
        place += 1
        if place < bytes.count, bytes[place] == 0x0D { place += 1 }
        if place < bytes.count, bytes[place] == 0x0A { line += 1 }
        place += 1
      case 0x0A:
        place += 1
        if open.isEmpty { endStatement() }
        line += 1
        if open.isEmpty { beginLine() }
      default:
        take(byte)
        place += 1
      }
    }
    guard trouble == nil else { return }
    if let bracket = open.first {
      return say(bracket.line, "the `\(Self.text(bracket.byte))` is never closed")
    }
    endStatement()
    if let awaited { say(awaited, "no block follows the `:`") }
  }

  private mutating func say(_ line: Int, _ words: String) {
    if trouble == nil { trouble = Trouble(line: line, words: words) }
  }

  private static func text(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }

  // MARK: - Statements

  /// Looks at the blanks before a statement, unless the line holds none.
  private mutating func beginLine() {
    start = line
    (words, word, hasColon, last) = ([], [], false, 0)
    var width = 0
    while place < bytes.count, [0x20, 0x09, 0x0C].contains(bytes[place]) {
      width = bytes[place] == 0x0C ? 0 : width + 1
      place += 1
    }
    guard place < bytes.count, ![0x0A, 0x0D, UInt8(ascii: "#"), UInt8(ascii: "\\")].contains(bytes[place]),
      !isIndentedWithTabs
    else { return }
    let outer = levels.last ?? 0
    if awaited != nil {
      if width <= outer { return say(line, "a block has to follow, and is not indented") }
      levels.append(width)
    } else if width > outer {
      return say(line, "the line is indented, and no block begins above it")
    }
    while let level = levels.last, level > width { levels.removeLast() }
    if levels.last != width { say(line, "the line is indented unlike those above it") }
    awaited = nil
  }

  private mutating func endStatement() {
    endWord()
    guard last != 0 else { return }
    if isIndentedWithTabs { awaited = nil }
    let name = words.first == "async" ? words.dropFirst().first : words.first
    guard let name, Self.blocks.contains(name) else {
      let isMatch = name == "match" || name == "case"
      if isMatch, last == UInt8(ascii: ":") { awaited = start }
      return
    }
    if !hasColon { return say(start, "`\(name)` needs a `:` at its end") }
    if last == UInt8(ascii: ":") { awaited = start }
  }

  private mutating func endWord() {
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    word = []
  }

  private mutating func take(_ byte: UInt8) {
    if byte == 0x20 || byte == 0x09 || byte == 0x0C || byte == 0x0D { return endWord() }
    last = byte
    let isLetter =
      byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte == UInt8(ascii: "_")
      || byte >= 0x30 && byte <= 0x39 || byte >= 0x80
    if isLetter {
      // Only the first two words tell what statement it is.
      if words.count < 2 { word.append(byte) }
      return
    }
    if words.isEmpty, word.isEmpty { words.append("") }
    endWord()
    switch byte {
    case UInt8(ascii: ":"): if open.isEmpty { hasColon = true }
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append((byte, line))
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): close(byte)
    default: break
    }
  }

  private mutating func close(_ byte: UInt8) {
    guard let bracket = open.popLast() else { return say(line, "the `\(Self.text(byte))` closes nothing") }
    // An opening bracket stands one or two before the one that closes it.
    if bracket.byte + 1 != byte, bracket.byte + 2 != byte {
      say(line, "`\(Self.text(byte))` closes the `\(Self.text(bracket.byte))` of line \(bracket.line)")
    }
  }

  // MARK: - Texts

  private mutating func readText(_ quote: UInt8) {
    if words.isEmpty, word.isEmpty { words.append("") }
    endWord()
    last = quote
    let first = line
    let isLong = place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote
    place += isLong ? 3 : 1
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x0A {
        if !isLong { return say(first, "the quote `\(Self.text(quote))` is not closed") }
        line += 1
      }
      if byte == UInt8(ascii: "\\") {
        place += 1
        if place < bytes.count, bytes[place] == 0x0D { place += 1 }
        if place < bytes.count, bytes[place] == 0x0A { line += 1 }
      } else if byte == quote {
        if !isLong {
          place += 1
          return
        }
        if place + 2 < bytes.count, bytes[place + 1] == quote, bytes[place + 2] == quote {
          place += 3
          return
        }
      }
      place += 1
    }
    let mark = String(repeating: Self.text(quote), count: isLong ? 3 : 1)
    say(first, "the quote `\(mark)` is not closed")
  }
}
