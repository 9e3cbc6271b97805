/// Each reads from a scalar's first byte to behind its last, and says whether the text is in `folded` because it
/// differs from what stands in the file; nil at what is left to libyaml.
extension QuickReader {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let colon = UInt8(ascii: ":")
  static let dash = UInt8(ascii: "-")
  static let exclamation = UInt8(ascii: "!")
  static let backslash = UInt8(ascii: "\\")
  static let doubleQuote = UInt8(ascii: "\"")
  static let singleQuote = UInt8(ascii: "'")

  /// YAML allows keys of 1024 characters on one line.
  static let longestKey = 100

  static func beginsName(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") || byte == UInt8(ascii: "_")
  }

  static func isInName(_ byte: UInt8) -> Bool { beginsName(byte) || isDigit(byte) || byte == dash }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether a plain scalar may begin so; a dash is judged by what follows it.
  static func beginsWord(_ byte: UInt8) -> Bool {
    beginsName(byte) || isDigit(byte) || byte >= 0x80 || "./(<~$^+=;\\".utf8.contains(byte)
  }

  /// Without control characters, tabs, marks of the byte order and YAML's rarer line breaks.
  static func hasOnlyPlainCharacters(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for (place, byte) in bytes.enumerated() {
      if byte >= 0x20, byte < 0x7F { continue }
      if byte < 0x80 {
        if byte != newline { return false }
        continue
      }
      // Of a character's bytes the first is enough to know those that need a closer look.
      guard place + 2 < bytes.count else { continue }
      switch byte {
      case 0xC2: if bytes[place + 1] < 0xA0 { return false }
      case 0xE2: if bytes[place + 1] == 0x80, bytes[place + 2] & 0xFE == 0xA8 { return false }
      case 0xEF: if bytes[place + 1] == 0xBB || bytes[place + 1] == 0xBF { return false }
      default: break
      }
    }
    // A character of two bytes at the very end has not been looked at.
    return bytes.count < 2 || bytes[bytes.count - 2] != 0xC2
  }

  // MARK: - Words

  mutating func plain(in indent: Int) -> Bool? {
    let start = at
    guard var last = lineOfWords() else { return nil }
    var isFolded = false
    while at < end, bytes[at] == Self.newline, let (next, breaks) = continuation(in: indent) {
      if !isFolded { folded.replaceSubrange(0..., with: bytes[start..<last]) }
      isFolded = true
      append(breaks: breaks)
      (at, lineStart) = next
      let from = at
      guard let end = lineOfWords() else { return nil }
      folded.append(contentsOf: bytes[from..<end])
      last = end
    }
    at = last
    return isFolded
  }

  /// Goes to the end of the line or to a comment and gives the end of the words; nil where a key seems to be in them.
  private mutating func lineOfWords() -> Int? {
    var last = at
    while at < end, bytes[at] != Self.newline {
      switch bytes[at] {
      case Self.space:
        if at + 1 < end, bytes[at + 1] == Self.hash {
          at += 1
          return last
        }
      case Self.colon:
        if at + 1 >= end || bytes[at + 1] <= Self.space { return nil }
        last = at + 1
      default: last = at + 1
      }
      at += 1
    }
    return last
  }

  /// The next line with words, if they are deeper than the collection around them and no comment, and how many line
  /// breaks are before it.
  private func continuation(in indent: Int) -> (next: (at: Int, lineStart: Int), breaks: Int)? {
    var place = at
    var breaks = 0
    while place < end, bytes[place] == Self.newline {
      breaks += 1
      place += 1
      let start = place
      while place < end, bytes[place] == Self.space { place += 1 }
      guard place < end, bytes[place] != Self.newline else { continue }
      guard place - start > indent, bytes[place] != Self.hash else { return nil }
      return ((place, start), breaks)
    }
    return nil
  }

  /// One line break becomes a blank, more become one less.
  private mutating func append(breaks: Int) {
    if breaks == 1 {
      folded.append(Self.space)
    } else {
      for _ in 1..<breaks { folded.append(Self.newline) }
    }
  }

  // MARK: - Texts in quotes

  mutating func singleQuoted() -> Bool? {
    at += 1
    let start = at
    var isFolded = false
    while at < end {
      switch bytes[at] {
      case Self.singleQuote:
        at += 1
        guard at < end, bytes[at] == Self.singleQuote else { return isFolded }
        beginFolding(from: start, to: at - 1, &isFolded)
        folded.append(Self.singleQuote)
        at += 1
      case Self.newline:
        guard fold(from: start, &isFolded) else { return nil }
      case let byte:
        if isFolded { folded.append(byte) }
        at += 1
      }
    }
    return nil
  }

  mutating func doubleQuoted() -> Bool? {
    at += 1
    let start = at
    var isFolded = false
    while at < end {
      switch bytes[at] {
      case Self.doubleQuote:
        at += 1
        return isFolded
      case Self.backslash:
        beginFolding(from: start, to: at, &isFolded)
        guard escape() else { return nil }
        escaped = folded.count
      case Self.newline:
        guard fold(from: start, &isFolded) else { return nil }
      case let byte:
        if isFolded { folded.append(byte) }
        at += 1
      }
    }
    return nil
  }

  /// Takes over what has been read so far, which is as it stands in the file.
  private mutating func beginFolding(from start: Int, to end: Int, _ isFolded: inout Bool) {
    guard !isFolded else { return }
    isFolded = true
    escaped = 0
    folded.replaceSubrange(0..., with: bytes[start..<end])
  }

  /// Line breaks inside quotes, with the blanks around them; false where a document might end.
  private mutating func fold(from start: Int, _ isFolded: inout Bool) -> Bool {
    beginFolding(from: start, to: at, &isFolded)
    while folded.count > escaped, folded.last == Self.space { folded.removeLast() }
    guard let breaks = skipBreaks() else { return false }
    append(breaks: breaks)
    return true
  }

  /// Goes to the first byte that is no blank on a later line; nil where a document might end.
  private mutating func skipBreaks() -> Int? {
    var breaks = 0
    while at < end, bytes[at] == Self.newline {
      breaks += 1
      at += 1
      lineStart = at
      if at < end, bytes[at] == Self.dash || bytes[at] == UInt8(ascii: ".") { return nil }
      while at < end, bytes[at] == Self.space { at += 1 }
    }
    return breaks
  }

  /// An escape in double quotes; false for those that are left to libyaml.
  private mutating func escape() -> Bool {
    guard at + 1 < end else { return false }
    let kind = bytes[at + 1]
    at += 2
    switch kind {
    case UInt8(ascii: "n"): folded.append(Self.newline)
    case UInt8(ascii: "t"): folded.append(0x09)
    case Self.doubleQuote, Self.backslash, Self.space, UInt8(ascii: "/"): folded.append(kind)
    case UInt8(ascii: "x"): return codePoint(digits: 2)
    case UInt8(ascii: "u"): return codePoint(digits: 4)
    case UInt8(ascii: "U"): return codePoint(digits: 8)
    case Self.newline:
      // The line goes on; only blank lines after it count.
      at -= 1
      guard let breaks = skipBreaks() else { return false }
      for _ in 1..<breaks { folded.append(Self.newline) }
    default: return false
    }
    return true
  }

  private mutating func codePoint(digits: Int) -> Bool {
    guard at + digits <= end else { return false }
    var number: UInt32 = 0
    for place in at..<at + digits {
      guard let digit = Self.hexDigit(bytes[place]) else { return false }
      number = number << 4 | digit
    }
    // Not a zero, and no half of a surrogate pair.
    guard number > 0, let scalar = Unicode.Scalar(number) else { return false }
    folded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    at += digits
    return true
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    if isDigit(byte) { return UInt32(byte & 0x0F) }
    let letter = byte | 0x20
    return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f") ? UInt32(letter & 0x0F) + 9 : nil
  }
}
