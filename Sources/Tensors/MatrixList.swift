/// Several matrices of one size, such as the cached keys of each layer.
public struct MatrixList: ~Copyable {
  private var all: Matrix
  private let capacity: Int
  public let count: Int

  public init(count: Int, capacity: Int, columns: Int) {
    self.count = count
    self.capacity = capacity
    all = Matrix(capacity: count * capacity, columns: columns)
    all.rows = all.capacity
  }

  /// Lends one of them.
  public func withLayer<Result>(_ layer: Int, _ body: (borrowing Matrix) -> Result) -> Result {
    precondition(layer >= 0 && layer < count, "a layer that is there")
    return unsafe body(
      Matrix(lending: all.base + layer * capacity * all.columns, rows: capacity, columns: all.columns))
  }

  /// Copies a block of `source` into rows of one of them.
  public mutating func put(
    _ source: borrowing Matrix, rows: Range<Int>, columns: Range<Int>, _ layer: Int, at row: Int
  ) {
    precondition(row >= 0 && row + rows.count <= capacity && layer < count, "room for the block")
    all.put(source, rows: rows, columns: columns, at: layer * capacity + row)
  }

  /// Moves rows within each of them.
  public mutating func move(_ rows: Range<Int>, to row: Int) {
    precondition(rows.upperBound <= capacity && row + rows.count <= capacity, "rows within the capacity")
    guard rows.lowerBound != row else { return }
    for layer in 0..<count {
      let start = layer * capacity
      all.move(start + rows.lowerBound..<start + rows.upperBound, to: start + row)
    }
  }
}
