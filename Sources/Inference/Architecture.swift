import Tensors

/// One family of models: what its `config.json` must say, and how it turns tokens into hidden states.
protocol Architecture: Sendable {
  /// The names by which `config.json` calls it.
  static var names: [String] { get }

  /// Reads the blueprint and the weights, every number and shape checked.
  init(_ config: ModelConfig, _ checkpoint: inout Checkpoint) throws(ModelError)

  var shape: Shape { get }

  /// Computes the final hidden states of a batch into `run.h`, and the keys and values into the cache.
  ///
  /// - Parameter observe: sees the hidden states that enter each layer and leave the last; tests compare them.
  func forward(
    _ batch: Batch, _ cache: inout KeyValueCache, _ run: inout Run, observe: (borrowing Matrix) -> Void)

  /// Scores of all tokens for some hidden states. h: (T, D), logits: (T, V)
  func logits(_ h: borrowing Matrix, _ logits: inout Matrix)
}

/// The numbers of a blueprint that the machinery around an architecture needs.
struct Shape: Sendable {
  var vocabulary: Int
  var layers: Int
  var hidden: Int
  var inner: Int
  var attention: AttentionShape
  /// The most positions it can compute; nil where its embeddings go on for ever.
  var positions: Int?

  var queryColumns: Int { attention.heads * attention.headSize }
  var keyColumns: Int { attention.keyHeads * attention.headSize }
}

/// Tokens of several sequences, one after the other without padding, and what each may look at.
struct Batch: Sendable {
  var tokens: [Int32] = []
  var positions: [Int32] = []
  /// Segments cover the rows in order.
  var segments: [AttentionSegment] = []

  var count: Int { tokens.count }

  /// Adds the next tokens of a sequence.
  ///
  /// - Parameters:
  ///   - position: where in its sequence the first stands.
  ///   - before: the cache's places of the tokens before it.
  ///   - place: where in the cache the new ones go.
  mutating func add(
    _ added: ArraySlice<Int32>, position: Int, before: [Range<Int>], place: Int
  ) {
    let rows = count..<count + added.count
    tokens += added
    positions += (position..<position + added.count).map { Int32($0) }
    segments.append(
      AttentionSegment(rows: rows, before: before, own: place..<place + added.count))
  }
}

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

/// The working memory of a forward pass, taken once.
struct Run: ~Copyable {
  var x: Matrix
  var h: Matrix
  var q: Matrix
  var k: Matrix
  var v: Matrix
  var attended: Matrix
  var gate: Matrix
  var up: Matrix
  var y: Matrix

  init(rows: Int, _ shape: Shape) {
    x = Matrix(capacity: rows, columns: shape.hidden)
    h = Matrix(capacity: rows, columns: shape.hidden)
    q = Matrix(capacity: rows, columns: shape.queryColumns)
    k = Matrix(capacity: rows, columns: shape.keyColumns)
    v = Matrix(capacity: rows, columns: shape.keyColumns)
    attended = Matrix(capacity: rows, columns: shape.queryColumns)
    gate = Matrix(capacity: rows, columns: shape.inner)
    up = Matrix(capacity: rows, columns: shape.inner)
    y = Matrix(capacity: rows, columns: shape.hidden)
  }
}
