import Values

/// Rows from JSON lines, or from one JSON text that is a list, as the `datasets` library reads them.
///
/// Differences, on purpose: numbers keep all their digits where the library writes them anew with ten (lists, columns
/// of mixed kinds); of equal keys the last counts where Arrow gives up.
struct JSONFormat {
  /// The key under which the rows stand; nil when the file is the rows.
  var field: String?
  /// Whether the file stands for data whose types are declared elsewhere.
  var isTyped = false

  func table(_ file: DataFile) throws(DataError) -> Table {
    if let field { return try table(of: records(under: field, of: file), in: file, isLines: false) }
    let start = file.start
    guard let first = file.bytes[start...].first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw DataError("\(file.name): this file is empty", help: "write one JSON object a line")
    }
    if first == UInt8(ascii: "[") {
      let list = try whole(file)
      if let items = list.asList { return try table(of: located(items), in: file, isLines: true) }
    }
    let (records, isLines) = try lines(file)
    return try table(of: records, in: file, isLines: isLines)
  }

  /// A record and the byte at which it starts, where that is known.
  private struct Record {
    let value: Value
    let offset: Int?
  }

  private func located(_ items: [Value]) -> [Record] { items.map { Record(value: $0, offset: nil) } }

  private func whole(_ file: DataFile) throws(DataError) -> Value {
    do {
      return try Value(json: file.bytes[...])
    } catch {
      throw malformed(error.message, in: file, at: error.offset)
    }
  }

  private func malformed(_ message: String, in file: DataFile, at offset: Int) -> DataError {
    DataError(
      message, in: file, at: offset,
      help: message.hasSuffix("UTF-8")
        ? DataError.savingAsUTF8 : "each line is one JSON object, or the file is one list of objects")
  }

  // MARK: - Records

  private func records(under field: String, of file: DataFile) throws(DataError) -> [Record] {
    guard case .map(let map) = try whole(file) else {
      throw DataError("\(file.name): `field` needs a file that is one JSON object")
    }
    guard let value = map[field] else {
      throw DataError(
        "\(file.name): there is no key `\(field)`",
        help: "keys there: \(map.keys.map(\.text).joined(separator: ", "))")
    }
    switch value {
    case .list(let items): return located(items)
    case .map(let columns): return located(try turned(columns, file, field))
    default:
      throw DataError(
        "\(file.name): under `\(field)` there must be a list of objects, found \(value.kindInWords)")
    }
  }

  /// Columns of equal length as records.
  private func turned(_ columns: OrderedMap, _ file: DataFile, _ field: String) throws(DataError) -> [Value] {
    let lists = columns.values.compactMap(\.asList)
    guard lists.count == columns.count, let length = lists.first?.count,
      lists.allSatisfy({ $0.count == length })
    else { throw DataError("\(file.name): the columns under `\(field)` are not lists of one length") }
    return (0..<length).map { row in
      .map(OrderedMap(zip(columns.keys, lists.map { $0[row] })))
    }
  }

  /// The records of a file, and whether each is alone on its line with no line empty.
  private func lines(_ file: DataFile) throws(DataError) -> (records: [Record], isLines: Bool) {
    let bytes = file.bytes
    var records: [Record] = []
    var isLines = true
    var at = file.start
    while at < bytes.count {
      var end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
      let next = end + 1
      if end > at, bytes[end - 1] == 0x0D { end -= 1 }
      defer { at = next }
      if bytes[at..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        isLines = false
        continue
      }
      do {
        records.append(Record(value: try Value(json: bytes[at..<end]), offset: at))
      } catch {
        if let all = try? Value.sequence(json: bytes[...]) {
          return (all.map { Record(value: $0.value, offset: $0.offset) }, false)
        }
        // A file whose first line is whole was meant to have one record a line.
        if records.isEmpty, let other = sequenceError(bytes) {
          throw malformed(other.message, in: file, at: other.offset)
        }
        throw malformed(error.message, in: file, at: at + error.offset)
      }
    }
    return (records, isLines)
  }

  private func sequenceError(_ bytes: [UInt8]) -> JSONError? {
    do {
      _ = try Value.sequence(json: bytes[...])
      return nil
    } catch { return error }
  }

  // MARK: - Columns

  private func table(of records: [Record], in file: DataFile, isLines: Bool) throws(DataError) -> Table {
    // A list of bare values is one column named `text`.
    let isBare = records.first.map { $0.value.asMap == nil && $0.offset == nil } ?? false
    var inference = Inference(readsTimes: !isTyped && field == nil, keepsUnlikeRecords: isLines || isTyped)
    var columns = Columns()
    for (index, record) in records.enumerated() {
      if isBare {
        columns.widen(["text": record.value], &inference)
      } else if case .map(let map) = record.value {
        columns.widen(map, &inference)
        if !isLines, !isTyped { try refuseMixed(columns, index, records, in: file) }
      } else {
        throw unlike(record, index, in: file)
      }
    }
    guard !records.isEmpty, !columns.names.isEmpty else {
      throw DataError("\(file.name): there are no rows in this file")
    }
    let rows = records.map { record in
      columns.row(
        isBare ? ["text": record.value] : record.value.asMap ?? OrderedMap(), inference.isWorkNeeded,
        readsTimes: inference.readsTimes)
    }
    return Table(columns: columns.names, kinds: columns.kinds, rows: rows)
  }

  private func unlike(_ record: Record, _ index: Int, in file: DataFile) -> DataError {
    let help = "write each row as an object: {\"question\": \"…\", \"answer\": \"…\"}"
    let message = "a row must be a JSON object, found \(record.value.kindInWords)"
    return record.offset.map { DataError(message, in: file, at: $0, help: help) }
      ?? DataError("\(file.name): row \(index + 1): \(message)", help: help)
  }

  /// Where records are not alone on their lines the library cannot keep mixed values, and fails.
  private func refuseMixed(
    _ columns: Columns, _ index: Int, _ records: [Record], in file: DataFile
  ) throws(DataError) {
    guard let place = columns.kinds.firstIndex(of: .mixed), let offset = records[index].offset else { return }
    let name = columns.names[place]
    let first = records[..<index].first { $0.value.asMap?[name]?.isNull == false }
    let line = first?.offset.map { file.position(of: $0).line }
    throw DataError(
      "column `\(name)` holds another kind of value here\(line.map { " than on line \($0)" } ?? "")",
      in: file,
      at: offset,
      help: "write one record a line, or give `\(name)` one type in all rows")
  }
}

/// The columns of a file: the union over its records, in the order of their first appearance.
private struct Columns {
  private(set) var names: [String] = []
  private(set) var kinds: [Kind] = []
  private var places: [ExactText: Int] = [:]

  mutating func widen(_ record: OrderedMap, _ inference: inout Inference) {
    for index in record.keys.indices {
      let key = record.keys[index].text
      let place: Int
      if index < names.count, sameBytes(names[index], key) {
        place = index
      } else if let known = places[ExactText(key)] {
        place = known
      } else {
        place = names.count
        names.append(key)
        kinds.append(.null)
        places[ExactText(key)] = place
      }
      inference.widen(&kinds[place], by: record.values[index])
    }
  }

  func row(_ record: OrderedMap, _ isWorkNeeded: Bool, readsTimes: Bool) -> [Value] {
    var values = record.values
    let isInOrder =
      record.count == names.count && zip(record.keys, names).allSatisfy { sameBytes($0.text, $1) }
    if !isInOrder { values = names.map { record[$0] ?? .null } }
    guard isWorkNeeded else { return values }
    for index in values.indices { values[index] = kinds[index].fit(values[index], readsTimes: readsTimes) }
    return values
  }
}

extension Value {
  fileprivate var kindInWords: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int, .double: "a number"
    case .string: "a text"
    case .list, .tuple: "a list"
    case .map, .object: "an object"
    }
  }
}
