/// Where in a YAML file somebody types, found by indentation alone, since what is being typed is seldom YAML yet.
struct Cursor: Sendable {
  /// On the way from the top of the file: into the value of a key, or into an item of a list.
  enum Step: Sendable, Equatable {
    case key(String)
    case item
  }

  enum Role: Sendable, Equatable {
    /// In the name of a key; whether a colon stands after it.
    case key(hasColon: Bool)
    case value
    /// In an expression of a template; what stands before the word decides what it may be.
    case template(Before)
    /// In text or a comment.
    case text
  }

  enum Before: Sendable, Equatable { case nothing, dot, bar }

  private(set) var path: [Step] = []
  private(set) var role = Role.text
  /// The bytes of the word that the cursor is in or behind.
  private(set) var word: Range<Int>
  /// The other keys of the mapping, with their values as far as they stand on the same line.
  private(set) var siblings: [String: String] = [:]

  private let positions: Positions
  private var bytes: [UInt8] { positions.bytes }

  init(in positions: Positions, at offset: Int) {
    self.positions = positions
    word = offset..<offset
    let number = positions.line(of: offset)
    let line = YAMLLine(positions, number)
    if let comment = line.comment, comment < offset { return }
    if let block = blockScalar(above: number, line, column: offset - line.start) {
      let opener = YAMLLine(positions, block)
      enterTemplate(offset, from: opener.end)
      findAncestors(of: block, column: opener.content - opener.start)
      path.append(.key(opener.key ?? ""))
      return
    }
    guard let colon = line.colon, colon < offset else {
      role = .key(hasColon: line.colon != nil)
      let start = min(line.content, offset)
      word = start..<max(line.colon ?? wordEnd(offset), start)
      if line.colon == nil, line.isItem {
        role = .value
        let flow = enterFlow(from: line.content, to: offset)
        enterTemplate(offset, from: line.content)
        let inner = path
        findAncestors(of: number, column: line.content - line.start, isKey: false)
        path += inner
        if let flow { siblings = flow }
        return
      }
      let column = line.isBlank ? offset - line.start : line.content - line.start
      findAncestors(of: number, column: column)
      return
    }
    role = .value
    let key = line.key ?? ""
    let flow = enterFlow(from: colon + 1, to: offset)
    enterTemplate(offset, from: colon + 1)
    let inner = path
    path = []
    findAncestors(of: number, column: line.content - line.start)
    path += [.key(key)] + inner
    if let flow { siblings = flow }
  }

  // MARK: - Upwards

  /// The keys and items that lead to a column of a line; keys of the same mapping on the way are its siblings.
  private mutating func findAncestors(of number: Int, column: Int, isKey: Bool = true) {
    var found: [Step] = []
    var (keyLimit, dashLimit) = (column, column)
    var isOwnMapping = isKey
    let own = YAMLLine(positions, number)
    func enterItems(_ line: YAMLLine) {
      for dash in line.dashes.reversed() where dash < dashLimit {
        found.append(.item)
        (keyLimit, dashLimit) = (dash + 1, dash)
        isOwnMapping = false
      }
    }
    enterItems(own)
    if isOwnMapping { gatherBelow(number, column) }
    var at = number - 1
    while at >= 0, isOwnMapping || dashLimit > 0 || keyLimit > 0 {
      defer { at -= 1 }
      let line = YAMLLine(positions, at)
      guard !line.isBlank, line.indentation <= max(keyLimit, dashLimit) else { continue }
      if let key = line.key {
        let place = line.content - line.start
        if place < keyLimit {
          found.append(.key(key))
          (keyLimit, dashLimit) = (place, place)
          isOwnMapping = false
        } else if place == column, isOwnMapping {
          siblings[key] = line.plainValue
        }
      }
      enterItems(line)
    }
    if own.dashes.contains(where: { $0 < column }) { gatherBelow(number, column) }
    path = found.reversed()
  }

  /// Keys of the same mapping below the line.
  private mutating func gatherBelow(_ number: Int, _ column: Int) {
    for at in number + 1..<max(number + 1, positions.lineCount) {
      let line = YAMLLine(positions, at)
      if line.isBlank { continue }
      if line.indentation < column || line.indentation == column && line.isItem { return }
      if line.indentation == column, let key = line.key { siblings[key] = line.plainValue }
    }
  }

  /// The line whose `|` or `>` opens the text that a line is part of.
  private func blockScalar(above number: Int, _ line: YAMLLine, column: Int) -> Int? {
    var least = line.isBlank ? column : line.indentation
    var at = number - 1
    while at >= 0 {
      let above = YAMLLine(positions, at)
      if !above.isBlank {
        if above.indentation < least {
          if above.opensBlock { return at }
          least = above.indentation
        }
        if above.indentation == 0 { return nil }
      }
      at -= 1
    }
    return nil
  }

  // MARK: - In the line

  /// Follows the brackets on the line; the other keys of a mapping in braces that the cursor is in.
  private mutating func enterFlow(from start: Int, to offset: Int) -> [String: String]? {
    var stack: [(isMap: Bool, key: String?, pairs: [String: String])] = []
    var from = start
    var at = start
    var quote: UInt8?
    while at < offset {
      let byte = bytes[at]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
          at += 1
        } else if byte == open {
          quote = nil
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          stack.append((byte == UInt8(ascii: "{"), nil, [:]))
          from = at + 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if !stack.isEmpty { stack.removeLast() }
          from = at + 1
        case UInt8(ascii: ",") where !stack.isEmpty:
          let last = stack.count - 1
          if let key = stack[last].key { stack[last].pairs[key] = Self.trimmed(bytes[from..<at]) }
          stack[last].key = nil
          from = at + 1
        case UInt8(ascii: ":") where stack.last?.isMap == true && stack.last?.key == nil:
          stack[stack.count - 1].key = Self.trimmed(bytes[from..<at])
          from = at + 1
        default: break
        }
      }
      at += 1
    }
    for frame in stack { path.append(frame.isMap ? .key(frame.key ?? "") : .item) }
    if let last = stack.last, last.isMap, last.key == nil {
      path.removeLast()
      role = .key(hasColon: false)
    }
    widenValue(offset, from: from)
    return stack.last.flatMap { $0.isMap ? $0.pairs : nil }
  }

  private mutating func widenValue(_ offset: Int, from start: Int) {
    var from = min(start, offset)
    while from < offset, [0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[from]) {
      from += 1
    }
    word = from..<wordEnd(offset)
  }

  private func wordEnd(_ offset: Int) -> Int {
    var end = offset
    while end < bytes.count, !Self.ends.contains(bytes[end]) { end += 1 }
    return end
  }

  private static let ends: Set<UInt8> = Set(" \t\r\n\"',:]}#".utf8)

  /// Whether an expression is open, in which the cursor stands.
  private mutating func enterTemplate(_ offset: Int, from start: Int) {
    var isOpen = false
    var at = start
    while at + 1 < offset {
      let pair = (bytes[at], bytes[at + 1])
      if pair.0 == UInt8(ascii: "{"), pair.1 == UInt8(ascii: "{") || pair.1 == UInt8(ascii: "%") {
        isOpen = true
        at += 1
      } else if pair.1 == UInt8(ascii: "}"), pair.0 == UInt8(ascii: "}") || pair.0 == UInt8(ascii: "%") {
        isOpen = false
        at += 1
      }
      at += 1
    }
    guard isOpen else { return }
    var from = offset
    while from > start, Self.isNamePart(bytes[from - 1]) { from -= 1 }
    var end = offset
    while end < bytes.count, Self.isNamePart(bytes[end]) { end += 1 }
    var before = from
    while before > start, bytes[before - 1] == 0x20 { before -= 1 }
    let mark = before > start ? bytes[before - 1] : 0
    role = .template(
      mark == UInt8(ascii: ".") ? .dot : mark == UInt8(ascii: "|") ? .bar : .nothing)
    word = from..<end
    // Braces of a template are no brackets of YAML.
    path = []
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A
      || byte >= 0x61 && byte <= 0x7A
  }

  static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let space: Set<UInt8> = [0x20, 0x09, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "'")]
    var part = bytes.drop { space.contains($0) }
    while let last = part.last, space.contains(last) { part.removeLast() }
    return String(decoding: part, as: UTF8.self)
  }

  /// What stands in the word.
  var text: String { String(decoding: bytes[word], as: UTF8.self) }
}

/// A line of YAML by itself: its dashes, its key, and where its value begins.
struct YAMLLine: Sendable {
  let start: Int
  let end: Int
  /// The columns of the dashes that begin items.
  private(set) var dashes: [Int] = []
  /// Where the key or value begins, after blanks and dashes.
  private(set) var content: Int
  private(set) var key: String?
  /// The place of the colon after the key.
  private(set) var colon: Int?
  /// Where a comment begins.
  private(set) var comment: Int?
  /// The value on the same line, without quotes; empty where there is none.
  private(set) var plainValue = ""
  /// Whether a text follows on the lines below.
  private(set) var opensBlock = false

  var indentation: Int { (dashes.first.map { start + $0 } ?? content) - start }
  var isItem: Bool { !dashes.isEmpty }
  var isBlank: Bool { dashes.isEmpty && (content >= end || comment == content) }

  init(_ positions: Positions, _ number: Int) {
    let range = positions.line(number)
    let bytes = positions.bytes
    (start, end) = (range.lowerBound, range.upperBound)
    var at = start
    while at < end {
      if bytes[at] == 0x20 {
        at += 1
      } else if bytes[at] == UInt8(ascii: "-"), at + 1 == end || bytes[at + 1] == 0x20 {
        dashes.append(at - start)
        at += 1
      } else {
        break
      }
    }
    content = at
    var quote: UInt8?
    while at < end {
      let byte = bytes[at]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
        at == content || colon != nil && Cursor.trimmed(bytes[((colon ?? at) + 1)..<at]).isEmpty
      {
        quote = byte
      } else if byte == UInt8(ascii: "#"), at == content || bytes[at - 1] == 0x20 {
        comment = at
        break
      } else if byte == UInt8(ascii: ":"), colon == nil, at + 1 == end || bytes[at + 1] == 0x20,
        at == content || !"{[!&*".utf8.contains(bytes[content])
      {
        colon = at
        key = Cursor.trimmed(bytes[content..<at])
      }
      at += 1
    }
    let rest = bytes[min((colon.map { $0 + 1 } ?? content), comment ?? end)..<(comment ?? end)]
    plainValue = Cursor.trimmed(rest)
    let mark = plainValue.utf8.first
    opensBlock =
      (mark == UInt8(ascii: "|") || mark == UInt8(ascii: ">"))
      && plainValue.utf8.dropFirst().allSatisfy { "+-0123456789".utf8.contains($0) }
  }
}
