import Tensors

/// Keys and values of every layer, by place; who owns which place is decided outside.
struct KeyValueCache: ~Copyable {
  let places: Int
  private(set) var keys: MatrixList
  private(set) var values: MatrixList

  init(places: Int, _ shape: Shape) {
    self.places = places
    keys = MatrixList(count: shape.layers, capacity: places, columns: shape.keyColumns)
    values = MatrixList(count: shape.layers, capacity: places, columns: shape.keyColumns)
  }

  /// Stores keys and values that stand in columns of two matrices, row by row, at the places of the batch.
  mutating func store(
    _ batch: Batch, layer: Int, keys source: borrowing Matrix, _ keyColumns: Range<Int>,
    values other: borrowing Matrix, _ valueColumns: Range<Int>
  ) {
    for segment in batch.segments {
      keys.put(source, rows: segment.rows, columns: keyColumns, layer, at: segment.own.lowerBound)
      values.put(other, rows: segment.rows, columns: valueColumns, layer, at: segment.own.lowerBound)
    }
  }

  func attend(
    _ batch: Batch, layer: Int, _ q: borrowing Matrix, _ shape: AttentionShape, _ out: inout Matrix
  ) {
    keys.withLayer(layer) { key in
      values.withLayer(layer) { value in Tensors.attend(q, key, value, batch.segments, shape, &out) }
    }
  }

  /// Copies what is known of some tokens to other places.
  mutating func copy(_ range: Range<Int>, to place: Int) {
    keys.move(range, to: place)
    values.move(range, to: place)
  }

  /// Gathers the places of a path at the front, in order, where they stay when the rest is given up.
  mutating func compact(_ path: [Range<Int>]) {
    var target = 0
    for range in path {
      keys.move(range, to: target)
      values.move(range, to: target)
      target += range.count
    }
  }

  /// Bytes that one place takes.
  static func bytes(_ shape: Shape) -> Int { 2 * shape.layers * shape.keyColumns * 4 }
}
