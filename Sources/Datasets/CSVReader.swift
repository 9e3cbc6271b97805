/// Splits separated values into rows of fields: RFC 4180 with the freedoms that pandas takes.
///
/// A quote counts only at the start of a field; what follows its closing quote belongs to the field; a line of white
/// space is no row.
struct CSVReader {
  /// A row, and the byte at which it starts.
  struct Record {
    var fields: [String]
    let offset: Int
  }

  private let file: DataFile
  private let bytes: [UInt8]
  private let separator: UInt8
  private let quote: UInt8?
  private var at: Int

  init(file: DataFile, separator: UInt8, quote: UInt8?) {
    self.file = file
    bytes = file.bytes
    self.separator = separator
    self.quote = quote
    at = file.start
  }

  mutating func records() throws(DataError) -> [Record] {
    var records: [Record] = []
    while at < bytes.count {
      let start = at
      if skipBlankLine() { continue }
      records.append(Record(fields: try fields(), offset: start))
    }
    return records
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func skipBreak() {
    guard at < bytes.count else { return }
    let isReturn = bytes[at] == 0x0D
    at += 1
    if isReturn, at < bytes.count, bytes[at] == 0x0A { at += 1 }
  }

  private mutating func skipBlankLine() -> Bool {
    var end = at
    while end < bytes.count, bytes[end] != separator, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    guard end == bytes.count || isBreak(bytes[end]) else { return false }
    at = end
    skipBreak()
    return true
  }

  private mutating func fields() throws(DataError) -> [String] {
    var fields: [String] = []
    while true {
      fields.append(try field())
      guard at < bytes.count, bytes[at] == separator else { break }
      at += 1
    }
    skipBreak()
    return fields
  }

  /// Stops at the separator, the line's end or the file's.
  private mutating func field() throws(DataError) -> String {
    guard let quote, at < bytes.count, bytes[at] == quote else {
      let start = at
      skipPlain()
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    var text: [UInt8] = []
    let open = at
    at += 1
    while at < bytes.count {
      if bytes[at] != quote {
        text.append(bytes[at])
        at += 1
      } else if at + 1 < bytes.count, bytes[at + 1] == quote {
        text.append(quote)
        at += 2
      } else {
        at += 1
        let start = at
        skipPlain()
        return String(decoding: text + bytes[start..<at], as: UTF8.self)
      }
    }
    throw DataError(
      "this quote is not closed", in: file, at: open,
      help: "close it, write a quote inside a quoted field twice, or set `quoting: 3` if quotes mean nothing")
  }

  private mutating func skipPlain() {
    while at < bytes.count, bytes[at] != separator, !isBreak(bytes[at]) { at += 1 }
  }
}
