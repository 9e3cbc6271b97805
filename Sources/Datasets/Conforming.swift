import Values

extension Table {
  /// Takes in the rows of another table, with its columns brought in line; says what it could not bring in line.
  mutating func append(_ other: Table) -> [String] {
    var other = other
    let complaints = other.conform(to: self)
    if other.columns.count > columns.count {
      let added = other.columns.count - columns.count
      for row in rows.indices { rows[row] += Array(repeating: .null, count: added) }
      columns = other.columns
      kinds = other.kinds
    }
    for index in kinds.indices where kinds[index] == .null { kinds[index] = other.kinds[index] }
    rows = rows.isEmpty ? other.rows : rows + other.rows
    return complaints
  }

  /// Gives the columns the order and types of an earlier table of the same data set, as the library does.
  ///
  /// What it cannot bring in line it leaves and reports in words; there the library gives up.
  private mutating func conform(to base: Table) -> [String] {
    var complaints: [String] = []
    let extra = columns.filter { column in !base.columns.contains { sameBytes($0, column) } }
    if !extra.isEmpty {
      complaints.append("it has \(extra.map { "`\($0)`" }.joined(separator: ", ")) beyond the columns there")
    }
    let order = base.columns + extra
    let from = order.map { column in columns.firstIndex { sameBytes($0, column) } }
    var casts: [Cast?] = []
    var kinds: [Kind] = []
    for (index, column) in order.enumerated() {
      let own = from[index].map { self.kinds[$0] } ?? .null
      let wanted = index < base.kinds.count ? base.kinds[index] : own
      let cast = cast(own, to: wanted, at: from[index])
      kinds.append(cast == nil ? own : wanted)
      casts.append(cast)
      if cast == nil, !own.isLike(wanted) {
        complaints.append("`\(column)` holds \(own.words), not \(wanted.words)")
      }
    }
    if from != Array(columns.indices) || casts.contains(where: { $0 != nil }) {
      rows = rows.map { row in
        order.indices.map { index in
          let value = from[index].map { row[$0] } ?? .null
          return casts[index]?(value) ?? value
        }
      }
    }
    columns = order
    self.kinds = kinds
    return complaints
  }

  private typealias Cast = @Sendable (Value) -> Value

  private func cast(_ own: Kind, to wanted: Kind, at column: Int?) -> Cast? {
    switch (wanted, own) {
    case (.double, .int):
      return { value in value.asInt.map { .double(Double($0)) } ?? value }
    case (.int, .double):
      guard let column, rows.allSatisfy({ whole($0[column]) != nil || $0[column].isNull }) else { return nil }
      return { value in whole(value).map { .int($0) } ?? value }
    case (.text, .int), (.text, .double):
      return { value in value.isNull ? value : .string(value.text) }
    case (.text, .bool):
      return { value in value.isNull ? value : .string(value.isTruthy ? "true" : "false") }
    default:
      return nil
    }
  }
}

private func whole(_ value: Value) -> Int? { value.asDouble.flatMap { Int(exactly: $0) } }
