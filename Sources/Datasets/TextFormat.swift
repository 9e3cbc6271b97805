import Values

/// One row a line, in a column named `text`; a file's last line need not end.
struct TextFormat {
  /// What one row is.
  enum Unit: String, CaseIterable, Sendable { case line, paragraph, document }

  var unit = Unit.line
  var keepsLineBreaks = false

  func table(_ file: DataFile) throws(DataError) -> Table {
    let text = try withPlainBreaks(file.text())
    guard !text.isEmpty else { throw DataError("\(file.name): this file is empty") }
    let texts =
      switch unit {
      case .line: lines(text)
      // Python's `split("\n\n")`; empty paragraphs are dropped, but not a last one of line breaks.
      case .paragraph: paragraphs(text)
      case .document: [text]
      }
    guard !texts.isEmpty else { throw DataError("\(file.name): there are no rows in this file") }
    return Table(
      columns: ["text"], kinds: [.text(isTimes: false)], rows: texts.map { [.string($0)] })
  }

  /// Every way to end a line becomes a line feed, as in Python's text mode.
  private func withPlainBreaks(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.contains(0x0D) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var last: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D {
        out.append(0x0A)
      } else if !(byte == 0x0A && last == 0x0D) {
        out.append(byte)
      }
      last = byte
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func lines(_ text: String) -> [String] {
    var parts = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
    let isEnded = parts.last?.isEmpty ?? false
    if isEnded { parts.removeLast() }
    return parts.enumerated().map { index, line in
      keepsLineBreaks && (isEnded || index < parts.count - 1) ? line + "\n" : String(line)
    }
  }

  private func paragraphs(_ text: String) -> [String] {
    var found: [String] = []
    var start = text.utf8.startIndex
    var at = start
    let bytes = text.utf8
    while at < bytes.endIndex {
      let next = bytes.index(after: at)
      if bytes[at] == 0x0A, next < bytes.endIndex, bytes[next] == 0x0A {
        if start < at { found.append(String(text[start..<at])) }
        start = bytes.index(after: next)
        at = start
      } else {
        at = next
      }
    }
    if start < bytes.endIndex { found.append(String(text[start...])) }
    return found
  }
}
