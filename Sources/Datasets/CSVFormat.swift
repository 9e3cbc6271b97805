import Values

/// Rows from a table of separated values, as the `datasets` library reads them through pandas.
///
/// Differences, on purpose: a row with more fields than the header is an error always, where pandas may take the first
/// column for row names and shift the others; numbers are read exactly, where pandas may miss by the last digit.
struct CSVFormat {
  var separator = UInt8(ascii: ",")
  /// Nil when nothing is quoted.
  var quote: UInt8? = UInt8(ascii: "\"")
  /// The row that names the columns; nil when none does.
  var header: Int? = 0
  /// Names given by the task.
  var names: [String]?
  var skippedRows = 0
  /// The words that stand for nothing.
  var nothing: Set<String> = CSVFormat.usualNothing

  static let usualNothing: Set<String> = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
  ]

  /// The library reads so many rows at a time and settles the types of the columns by the first of them.
  private static let rowsAtATime = 10_000

  func table(_ file: DataFile) throws(DataError) -> Table {
    _ = try file.text(from: file.start)
    var reader = CSVReader(file: file, separator: separator, quote: quote)
    var records = try reader.records()
    records.removeFirst(min(skippedRows, records.count))
    var columns = names
    if let header {
      guard header < records.count else {
        throw DataError("\(file.name): this file is empty", help: "the first row names the columns")
      }
      if names == nil { columns = named(records[header].fields) }
      records.removeFirst(header + 1)
    }
    guard let first = records.first else { throw DataError("\(file.name): there are no rows in this file") }
    let columnNames = columns ?? first.fields.indices.map(String.init)
    let limit = columnNames.count
    if let long = records.first(where: { $0.fields.count > limit }) {
      throw DataError(
        "this row has \(long.fields.count) fields, expected \(limit)", in: file, at: long.offset,
        help: "put quotes around a field that holds the separator, or set `delimiter`")
    }
    return typed(records, columnNames)
  }

  /// The header's names: an empty one becomes `Unnamed: 1`, a second `a` becomes `a.1`.
  private func named(_ fields: [String]) -> [String] {
    var counts: [ExactText: Int] = [:]
    var taken = Set(fields.map(ExactText.init))
    return fields.enumerated().map { index, field in
      let name = field.isEmpty ? "Unnamed: \(index)" : field
      guard let count = counts[ExactText(name)] else {
        counts[ExactText(name)] = 1
        return name
      }
      var number = count
      while !taken.insert(ExactText("\(name).\(number)")).inserted { number += 1 }
      counts[ExactText(name)] = number + 1
      return "\(name).\(number)"
    }
  }

  private func typed(_ records: [CSVReader.Record], _ columns: [String]) -> Table {
    var table = Table(columns: columns, kinds: columns.map { _ in .null }, rows: [])
    for start in stride(from: 0, to: records.count, by: Self.rowsAtATime) {
      let part = records[start..<min(records.count, start + Self.rowsAtATime)]
      var rows = [[Value]](repeating: [], count: part.count)
      var kinds: [Kind] = []
      for column in columns.indices {
        let fields = part.map { column < $0.fields.count ? $0.fields[column] : "" }
        let (kind, values) = inferred(fields, isMissing: part.map { column >= $0.fields.count })
        kinds.append(kind)
        for index in values.indices { rows[index].append(values[index]) }
      }
      _ = table.append(Table(columns: columns, kinds: kinds, rows: rows))
    }
    return table
  }

  /// Whole numbers, else numbers, else booleans, else texts.
  private func inferred(_ fields: [String], isMissing: [Bool]) -> (Kind, [Value]) {
    let isNothing = zip(fields, isMissing).map { $1 || nothing.contains($0) }
    let given = zip(fields, isNothing).filter { !$1 }.map(\.0)
    func column(_ kind: Kind, _ value: (String) -> Value) -> (Kind, [Value]) {
      (kind, zip(fields, isNothing).map { $1 ? .null : value($0) })
    }
    if given.isEmpty { return column(.null) { _ in .null } }
    if given.allSatisfy({ wholeNumber($0) != nil }) {
      // A column of whole numbers in which some are missing holds floats.
      if given.count == fields.count { return column(.int) { .int(wholeNumber($0) ?? 0) } }
      return column(.double) { .double(Double(wholeNumber($0) ?? 0)) }
    }
    if given.allSatisfy({ number($0) != nil }) { return column(.double) { .double(number($0) ?? 0) } }
    if given.allSatisfy({ boolean($0) != nil }) { return column(.bool) { .bool(boolean($0) ?? false) } }
    return column(.text(isTimes: false)) { .string($0) }
  }
}

private func trimmed(_ field: String) -> Substring.UTF8View {
  var bytes = field[...].utf8
  while let byte = bytes.first, byte == 0x20 || (0x09...0x0D).contains(byte) { bytes.removeFirst() }
  while let byte = bytes.last, byte == 0x20 || (0x09...0x0D).contains(byte) { bytes.removeLast() }
  return bytes
}

private func wholeNumber(_ field: String) -> Int? { Int(Substring(trimmed(field))) }

private func number(_ field: String) -> Double? {
  let bytes = trimmed(field)
  let text = String(Substring(bytes))
  let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
  switch (isSigned ? text.dropFirst() : text[...]).lowercased() {
  case "inf", "infinity": return text.hasPrefix("-") ? -.infinity : .infinity
  default: break
  }
  // Swift also reads hexadecimal and wants a digit on both sides of nothing.
  guard bytes.contains(where: { (0x30...0x39).contains($0) }),
    bytes.allSatisfy({
      (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
    })
  else { return nil }
  return Double(text)
}

private func boolean(_ field: String) -> Bool? {
  switch field {
  case "True", "TRUE", "true": true
  case "False", "FALSE", "false": false
  default: nil
  }
}
