import Tensors

/// Attention of each token over those before it and itself.
struct SelfAttention: Sendable {
  var query: Linear
  var key: Linear
  var value: Linear
  var output: Linear
  /// Norms of queries and keys: of each head where they are as wide as one, else of the whole row.
  var queryNorm: Norm?
  var keyNorm: Norm?
  /// Which of the model's rotary positions turns queries and keys.
  var rotary: Int?
  var shape: AttentionShape

  /// From `run.normed`.
  ///
  /// - Parameters:
  ///   - wanted: the only rows, of `run.x` and `run.normed` too, that go on from here; nil lets all.
  ///   - adds: whether the outcome is added to `run.x` at once, or comes to `run.y`.
  func forward(
    _ number: Int, _ batch: Batch, _ angles: [RotaryTable], wanted: WantedRows?, adds: Bool,
    _ cache: inout KeyValueCache, _ run: inout Run
  ) {
    // q: (T, H · S), k, v: (T, K · S)
    if wanted == nil {
      multiply(run.normed, query, &run.q, key, &run.k, value, &run.v)
    } else {
      multiply(run.normed, key, &run.k, value, &run.v)
    }
    if let keyNorm { normalise(&run.k, keyNorm) }
    if let rotary { rotate(&run.k, headSize: shape.headSize, angles[rotary]) }
    cache.store(batch, layer: number, run.k, run.v)
    if let wanted {
      keep(wanted.rows, of: &run.x)
      run.normed.keep(wanted.rows)
      multiply(run.normed, query, &run.q)
    }
    if let queryNorm { normalise(&run.q, queryNorm) }
    if let rotary { rotate(&run.q, headSize: shape.headSize, (wanted?.angles ?? angles)[rotary]) }
    // attended: (T, H · S)
    cache.attend(wanted?.batch ?? batch, layer: number, run.q, shape, &run.attended)
    if adds {
      multiply(run.attended, output, addingTo: &run.x)  // x: (T, D)
    } else {
      multiply(run.attended, output, &run.y)  // y: (T, D)
    }
  }
}

extension SelfAttention {
  func pack() { for linear in [query, key, value, output] { linear.pack() } }

  /// By the names of Llama and its kin: `q_proj`, `k_proj`, `v_proj`, and an output layer.
  init(
    _ weights: Weights, _ shape: Shape, bias: Bool = false, output: String = "o_proj",
    outputBias: Bool? = nil,
    rotary: Int? = 0
  ) {
    query = weights.linear("q_proj", shape.hidden, shape.queryColumns, bias: bias)
    key = weights.linear("k_proj", shape.hidden, shape.keyColumns, bias: bias)
    value = weights.linear("v_proj", shape.hidden, shape.keyColumns, bias: bias)
    self.output = weights.linear(output, shape.queryColumns, shape.hidden, bias: outputBias ?? bias)
    self.rotary = rotary
    self.shape = shape.attention
  }

  /// Cut out of one product that stores, for each head of keys, its queries, then its key, then its value.
  init(interleaved fused: Linear, output: Linear, _ shape: AttentionShape, rotary: Int?) {
    let size = shape.headSize
    let group = shape.heads / shape.keyHeads
    func heads(_ range: Range<Int>) -> [Range<Int>] {
      (0..<shape.keyHeads).map { head in
        let start = head * (group + 2) * size
        return start + range.lowerBound * size..<start + range.upperBound * size
      }
    }
    query = fused.outputs(heads(0..<group))
    key = fused.outputs(heads(group..<group + 1))
    value = fused.outputs(heads(group + 1..<group + 2))
    self.output = output
    self.rotary = rotary
    self.shape = shape
  }

  /// Cut out of one product that stores all queries, then all keys, then all values.
  init(stacked fused: Linear, output: Linear, _ shape: AttentionShape, rotary: Int?) {
    let (queries, keys) = (shape.heads * shape.headSize, shape.keyHeads * shape.headSize)
    query = fused.outputs([0..<queries])
    key = fused.outputs([queries..<queries + keys])
    value = fused.outputs([queries + keys..<queries + 2 * keys])
    self.output = output
    self.rotary = rotary
    self.shape = shape
  }

  /// The same, over a window.
  func windowed(_ window: Int?) -> SelfAttention {
    var attention = self
    attention.shape.window = window
    return attention
  }
}
