import Diagnostics
import YAML

/// A comment that keeps findings back: `# assay: ignore[code] reason`.
struct Suppression: Sendable {
  enum Reach: Sendable, Equatable {
    /// Findings that begin between two offsets.
    case bytes(Range<UInt32>)
    case file
  }

  /// From the `#` to the closing bracket.
  let span: SourceSpan
  /// The whole comment with the blanks before it, and the line if it has one of its own, for its removal.
  let comment: SourceSpan
  let codes: [Located<String>]
  let reach: Reach
  let reason: String

  /// Every such comment of a file.
  static func all(in source: Source, _ root: Node?) -> [Suppression] {
    guard source.text.holds("assay:") else { return [] }
    let bytes = Array(source.text.utf8)
    let lines = Line.all(in: bytes)
    var inText: [Range<Int>] = []
    root?.forEachScalar { node, scalar, _ in
      if scalar.style != .plain || node.span.end > node.span.start {
        inText.append(Int(node.span.start)..<Int(max(node.span.end, node.span.start)))
      }
    }
    return lines.indices.compactMap { index in
      guard let mark = lines[index].mark(in: bytes), !inText.contains(where: { $0.contains(mark) }) else {
        return nil
      }
      return Suppression(at: mark, line: index, lines, bytes, source)
    }
  }

  private init?(at mark: Int, line: Int, _ lines: [Line], _ bytes: [UInt8], _ source: Source) {
    let end = lines[line].end
    let text = String(decoding: bytes[mark..<end], as: UTF8.self)
    guard let head = text.prefixMatch(of: /#\s*assay:\s*(ignore-file|ignore)\b\s*(?:\[([^\]]*)\])?/) else {
      return nil
    }
    func span(_ start: Int, _ end: Int) -> SourceSpan {
      SourceSpan(source: source.id, start: UInt32(start), end: UInt32(end))
    }
    let length = text[..<head.range.upperBound].utf8.count
    self.span = span(mark, mark + length)
    let isAlone = lines[line].isBlank(before: mark, bytes)
    var start = mark
    while start > lines[line].start, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    comment = isAlone && line + 1 < lines.count ? span(start, lines[line + 1].start) : span(start, end)
    reason = text[head.range.upperBound...].drop { $0 == " " || $0 == ":" || $0 == "-" }.description
    var codes: [Located<String>] = []
    if let list = head.2 {
      for part in list.split(separator: ",") {
        let name = part.drop { $0 == " " }
        let start = mark + text[..<name.startIndex].utf8.count
        let trimmed = String(name).replacing(/\s+$/, with: "")
        codes.append(Located(trimmed, at: span(start, start + trimmed.utf8.count)))
      }
    }
    self.codes = codes
    if head.1 == "ignore-file" {
      reach = .file
    } else if isAlone {
      reach = .bytes(Line.block(after: line, lines, bytes))
    } else {
      reach = .bytes(UInt32(lines[line].start)..<UInt32(end))
    }
  }

  func covers(_ finding: Diagnostic) -> Bool {
    switch reach {
    case .file: true
    case .bytes(let range): range.contains(finding.span.start)
    }
  }
}

/// One line of a file, by byte offsets.
struct Line: Sendable {
  let start: Int
  /// Without the line's ending.
  let end: Int

  static func all(in bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      let end = offset > start && bytes[offset - 1] == UInt8(ascii: "\r") ? offset - 1 : offset
      lines.append(Line(start: start, end: end))
      start = offset + 1
    }
    if start < bytes.count { lines.append(Line(start: start, end: bytes.count)) }
    return lines
  }

  /// Where a comment to the linter begins.
  func mark(in bytes: [UInt8]) -> Int? {
    for at in start..<end where bytes[at] == UInt8(ascii: "#") {
      let isComment = at == start || bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09
      let rest = bytes[(at + 1)..<end].drop { $0 == 0x20 }
      if isComment, rest.starts(with: Array("assay:".utf8)) { return at }
    }
    return nil
  }

  func isBlank(before mark: Int, _ bytes: [UInt8]) -> Bool {
    bytes[start..<mark].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// How far it is indented; nil for an empty line or a comment.
  func indentation(_ bytes: [UInt8]) -> Int? {
    let text = bytes[start..<end].drop { $0 == 0x20 }
    guard let first = text.first, first != UInt8(ascii: "#"), first != 0x0D else { return nil }
    return text.startIndex - start
  }

  /// The entry below a comment: its first line and all that is indented further, or a list that belongs to it.
  static func block(after line: Int, _ lines: [Line], _ bytes: [UInt8]) -> Range<UInt32> {
    var next = line + 1
    while next < lines.count, lines[next].indentation(bytes) == nil { next += 1 }
    guard next < lines.count, let own = lines[next].indentation(bytes) else { return 0..<0 }
    func isItem(_ line: Line) -> Bool {
      let text = bytes[(line.start + own)..<line.end]
      return text.first == UInt8(ascii: "-") && (text.count == 1 || text.dropFirst().first == 0x20)
    }
    let startsAsItem = isItem(lines[next])
    var last = next
    for at in (next + 1)..<max(next + 1, lines.count) {
      guard let indentation = lines[at].indentation(bytes) else { continue }
      guard indentation > own || indentation == own && !startsAsItem && isItem(lines[at]) else { break }
      last = at
    }
    return UInt32(lines[next].start)..<UInt32(lines[last].end + 1)
  }
}
