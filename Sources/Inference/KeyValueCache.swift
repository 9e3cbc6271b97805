import Tensors

/// Keys and values of every layer, by place; who owns which place is decided outside.
struct KeyValueCache: ~Copyable {
  private var kept: KeyValues

  init(places: Int, _ shape: Shape) {
    kept = KeyValues(
      layers: shape.layers, places: places, heads: shape.attention.keyHeads, headSize: shape.headSize,
      shape.precision)
  }

  /// Stores keys and values at the places of the batch. k, v: (T, K · S)
  mutating func store(_ batch: Batch, layer: Int, _ k: borrowing Matrix, _ v: borrowing Matrix) {
    for segment in batch.segments {
      kept.put(k, v, rows: segment.rows, layer: layer, at: segment.own.lowerBound)
    }
  }

  func attend(
    _ batch: Batch, layer: Int, _ q: borrowing Matrix, _ shape: AttentionShape, _ out: inout Matrix
  ) {
    Tensors.attend(q, kept, layer: layer, batch.segments, shape, &out)
  }

  /// Copies what is known of some tokens to other places.
  mutating func copy(_ range: Range<Int>, to place: Int) { kept.move(range, to: place) }

  /// Gathers the places of a path at the front, in order, where they stay when the rest is given up.
  mutating func compact(_ path: [Range<Int>]) {
    var target = 0
    for range in path {
      kept.move(range, to: target)
      target += range.count
    }
  }

  /// Bytes that one place takes.
  static func bytes(_ shape: Shape) -> Int {
    KeyValues.bytes(
      layers: shape.layers, heads: shape.attention.keyHeads, headSize: shape.headSize, shape.precision)
  }
}
