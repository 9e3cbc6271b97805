/// Rows of a table by their numbers: tokens to embeddings. x: (T, D)
public func gather(_ table: Tensor, _ ids: [Int32], _ x: inout Matrix) {
  precondition(table.shape.count == 2 && table.shape[1] == x.columns, "matching extents")
  x.rows = ids.count
  for (row, id) in ids.enumerated() {
    precondition(id >= 0 && Int(id) < table.shape[0], "a row of the table")
    unsafe (x.base + row * x.columns).update(from: table.storage.base + Int(id) * x.columns, count: x.columns)
  }
}

/// Adds rows of a table by their numbers: positions to embeddings.
///
/// - Parameter offset: which row belongs to number 0.
public func addRows(_ table: Tensor, _ ids: [Int32], offset: Int = 0, to x: inout Matrix) {
  precondition(
    table.shape.count == 2 && table.shape[1] == x.columns && ids.count == x.rows, "matching extents")
  for (row, id) in ids.enumerated() {
    let place = Int(id) + offset
    precondition(place >= 0 && place < table.shape[0], "a row of the table")
    let source = unsafe table.storage.base + place * x.columns
    for column in 0..<x.columns { unsafe x.base[row * x.columns + column] += source[column] }
  }
}

/// The same numbers again. y: (T, D)
public func copy(_ x: borrowing Matrix, _ y: inout Matrix) {
  precondition(x.columns == y.columns, "matching extents")
  y.rows = x.rows
  unsafe y.base.update(from: x.base, count: x.rows * x.columns)
}

/// Drops all rows but some, which are given in rising order.
public func keep(_ rows: [Int], of x: inout Matrix) {
  unsafe keep(rows, of: x.rows, at: UnsafeMutableRawPointer(x.base), step: x.columns * 4)
  x.rows = rows.count
}

/// The same where they lie.
///
/// - Parameter step: bytes from one row to the next.
func keep(_ rows: [Int], of count: Int, at base: UnsafeMutableRawPointer, step: Int) {
  for (place, row) in rows.enumerated() {
    precondition(row >= place && row < count, "rows that are there, in rising order")
    guard row != place else { continue }
    unsafe (base + place * step).copyMemory(from: base + row * step, byteCount: step)
  }
}

/// Some rows of `x`, in the order asked. y: (rows.count, D)
public func pick(_ rows: ArraySlice<Int>, of x: borrowing Matrix, _ y: inout Matrix) {
  precondition(x.columns == y.columns, "matching extents")
  y.rows = rows.count
  for (place, row) in rows.enumerated() {
    precondition(row >= 0 && row < x.rows, "a row that is there")
    unsafe (y.base + place * y.columns).update(from: x.base + row * x.columns, count: x.columns)
  }
}
