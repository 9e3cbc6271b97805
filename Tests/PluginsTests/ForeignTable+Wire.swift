import Exchange
import Values

extension ForeignTable {
  /// The table as methods take it.
  var wire: Value {
    let rows: [Value] = rows.map { row in .list(columns.map { row[$0] ?? .null }) }
    return ["columns": .list(columns.map { .string($0) }), "rows": .list(rows)]
  }
}
