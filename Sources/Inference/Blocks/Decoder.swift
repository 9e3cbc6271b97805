import Tensors

/// A model that reads tokens from left to right: embeddings, layers, a last norm, and an output layer.
struct Decoder: Sendable {
  var shape: Shape
  var embedding: Embedding
  /// The kinds of rotary positions that its layers use.
  var rotations: [Rotary] = []
  var layers: [DecoderLayer]
  var finalNorm: Norm?
  var head: Head

  /// Computes the final hidden states of a batch into `run.h`, and the keys and values into the cache; leaves off where
  /// the task is cancelled.
  ///
  /// - Parameters:
  ///   - rows: whose final hidden states are wanted, in rising order: `run.h` holds no others; nil wants all.
  ///   - observe: sees the hidden states that enter each layer and leave the last; tests compare them.
  ///   - onLayer: is told which share of the layers is done.
  func forward(
    _ batch: Batch, rows: [Int]? = nil, _ cache: inout KeyValueCache, _ run: inout Run,
    observe: (borrowing Matrix) -> Void = { _ in }, onLayer: (Double) -> Void = { _ in }
  ) {
    let angles = rotations.map { $0.angles(batch) }
    embedding.embed(batch, &run)  // x: (T, D)
    observe(run.x)
    for (number, layer) in layers.enumerated() {
      if Task.isCancelled { return }
      // Of the last layer only what is asked is needed, beside the keys and values.
      let isLast = number == layers.count - 1
      let wanted = isLast ? rows.map { WantedRows($0, of: batch, rotations) } : nil
      layer.forward(number, batch, angles, wanted: wanted, &cache, &run)
      onLayer(Double(number + 1) / Double(layers.count))
      observe(run.x)
    }
    normalise(run.x, finalNorm, &run.h)  // h: (T, D)
  }

  /// Scores of all tokens for some hidden states. h: (T, D), logits: (T, V)
  func logits(_ h: borrowing Matrix, _ logits: inout Matrix) { head.logits(h, &logits) }

  /// Brings the weights that are left into the order in which products read them.
  ///
  /// A table of tokens that is also the output layer is kept once.
  mutating func pack() {
    if head.output.isMade(of: embedding.tokens) { embedding.shared = head.output }
    head.output.pack()
    head.projection?.pack()
    embedding.projection?.pack()
    if embedding.shared != nil { embedding.tokens = .placeholder(embedding.tokens.shape) }
  }

  /// Which of two sequences' keys can serve the other: those of lengths with the same number.
  func regime(length: Int) -> Int { rotations.contains { $0.isFar(length) } ? 1 : 0 }
}

/// The rows of a batch that are computed to the end.
struct WantedRows: Sendable {
  /// In rising order.
  let rows: [Int]
  /// They alone.
  let batch: Batch
  /// How far their queries turn.
  let angles: [RotaryTable]

  init(_ rows: [Int], of batch: Batch, _ rotations: [Rotary]) {
    self.rows = rows
    self.batch = batch.picking(rows)
    let picked = self.batch
    angles = rotations.map { $0.angles(picked) }
  }
}

/// The norm, or the same numbers where there is none.
func normalise(_ x: borrowing Matrix, _ norm: Norm?, _ h: inout Matrix) {
  if let norm { normalise(x, norm, &h) } else { copy(x, &h) }
}

/// The same as weights of a kind read it.
func normalise(_ x: borrowing Matrix, _ norm: Norm?, _ h: inout Operand, for kind: WeightKind) {
  if let norm { normalise(x, norm, &h, for: kind) } else { h.take(x, for: kind) }
}

/// Tokens, and perhaps positions, to vectors.
struct Embedding: Sendable {
  var tokens: Tensor
  /// The output layer, where it has the same weights.
  var shared: Linear?
  /// Learned positions, and which row is the first position's.
  var positions: (table: Tensor, offset: Int)?
  var scale: Float?
  /// From the width of the table to the model's.
  var projection: Linear?

  init(_ tokens: Tensor) { self.tokens = tokens }

  func embed(_ batch: Batch, _ run: inout Run) {
    if let projection {
      gather(batch.tokens, &run.embedded)
      multiply(run.embedded, projection, &run.x)
    } else {
      gather(batch.tokens, &run.x)
    }
    if let scale { Tensors.scale(&run.x, by: scale) }
    if let positions { addRows(positions.table, batch.positions, offset: positions.offset, to: &run.x) }
  }
}

extension Embedding {
  private func gather(_ ids: [Int32], _ x: inout Matrix) {
    if let shared { Tensors.gather(shared, ids, &x) } else { Tensors.gather(tokens, ids, &x) }
  }
}

/// Hidden states to scores of tokens.
struct Head: Sendable {
  var output: Linear
  /// From the model's width to that of the table.
  var projection: Linear?
  var softCap: Float?

  init(_ output: Linear) { self.output = output }

  func logits(_ h: borrowing Matrix, _ logits: inout Matrix) {
    if let projection {
      var narrow = Matrix(capacity: h.rows, columns: projection.outputs)
      multiply(h, projection, &narrow)
      multiply(narrow, output, &logits)
    } else {
      multiply(h, output, &logits)
    }
    if let softCap { Tensors.softCap(&logits, softCap) }
  }

  /// What is asked of some hidden states, without keeping all logits.
  func score(_ h: borrowing Matrix, _ asked: [LogitQuestion]) -> (rows: [Distribution], logits: [Float]) {
    guard let projection else { return Tensors.score(h, output, softCap: softCap, asked) }
    var narrow = Matrix(capacity: h.rows, columns: projection.outputs)
    multiply(h, projection, &narrow)
    return Tensors.score(narrow, output, softCap: softCap, asked)
  }
}
