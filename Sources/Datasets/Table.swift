import Values

/// Rows as a reader makes them, with what each column holds.
struct Table {
  var columns: [String]
  var kinds: [Kind]
  /// One value per column.
  var rows: [[Value]]

  /// The rows as tasks see them: mappings that share their keys.
  var maps: [OrderedMap] {
    let template = OrderedMap(columns.map { (.string($0), .null) })
    return rows.map(template.withValues)
  }
}

/// Why a file cannot be read: worded for a finding, whose place is in the task.
struct DataError: Error {
  var message: String
  var help: String?

  static let savingAsUTF8 = "save the file as UTF-8, for example with `iconv -f LATIN1 -t UTF-8`"

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  /// At an offset of a file: `rows.jsonl:3:14: …`.
  init(_ message: String, in file: DataFile, at offset: Int, help: String? = nil) {
    let (line, column) = file.position(of: offset)
    self.init("\(file.name):\(line):\(column): \(message)", help: help)
  }
}

/// A file's bytes, and what messages call it.
struct DataFile {
  let name: String
  let bytes: [UInt8]

  /// One-based line, and one-based column counted in code points.
  func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(0, offset), bytes.count)
    var line = 1
    var start = 0
    for index in 0..<offset where bytes[index] == 0x0A {
      line += 1
      start = index + 1
    }
    return (line, bytes[start..<offset].count { $0 & 0xC0 != 0x80 } + 1)
  }

  /// The offset behind a byte order mark, which is no content.
  var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The bytes as text.
  func text(from start: Int = 0) throws(DataError) -> String {
    if let text = String(validating: bytes[start...], as: UTF8.self) { return text }
    throw DataError(
      "this is not UTF-8", in: self, at: firstBadByte(from: start),
      help: DataError.savingAsUTF8)
  }

  private func firstBadByte(from start: Int) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes[start...].makeIterator()
    var offset = start
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { offset += scalar.count }
    return offset
  }
}
