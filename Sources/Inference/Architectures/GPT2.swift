import Tensors

/// GPT-2: layer norm, learned positions, one matrix for queries, keys and values.
struct GPT2: Architecture {
  static let names = ["GPT2LMHeadModel"]

  /// The weights of one layer.
  private struct Layer: Sendable {
    let attentionNorm: Norm
    let queryKeyValue: [Linear]
    let output: Linear
    let innerNorm: Norm
    let up: Linear
    let down: Linear
  }

  private struct Norm: Sendable {
    let weight: Tensor
    let bias: Tensor
  }

  let shape: Shape
  private let epsilon: Float
  private let activation: Activation
  private let scalesByLayer: Bool
  private let embedding: Tensor
  private let positions: Tensor
  private let layers: [Layer]
  private let finalNorm: Norm
  private let head: Linear

  init(_ config: ModelConfig, _ checkpoint: inout Checkpoint) throws(ModelError) {
    shape = try Self.shape(config)
    epsilon = Float(try config.number("layer_norm_epsilon", default: 1e-5))
    activation = try config.activation("activation_function", default: .geluNew)
    scalesByLayer = try config.flag("scale_attn_by_inverse_layer_idx", default: false)
    let isTied = try config.flag("tie_word_embeddings", default: true)
    // The base model is saved without the prefix, the model with a head with it.
    let prefix = checkpoint.has("wte.weight") ? "" : "transformer."
    do throws(TensorError) {
      embedding = try checkpoint.take("\(prefix)wte.weight", shape.vocabulary, shape.hidden)
      positions = try checkpoint.take("\(prefix)wpe.weight", shape.positions ?? 0, shape.hidden)
      var layers: [Layer] = []
      for number in 0..<shape.layers {
        layers.append(try Self.layer("\(prefix)h.\(number)", shape, &checkpoint))
      }
      self.layers = layers
      finalNorm = try Self.norm("\(prefix)ln_f", shape, &checkpoint)
      head = Linear(
        isTied ? embedding : try checkpoint.take("lm_head.weight", shape.vocabulary, shape.hidden))
      // Masks are no weights; tied checkpoints may store the head a second time.
      try checkpoint.finish {
        $0.hasSuffix(".attn.bias") || $0.hasSuffix(".attn.masked_bias") || (isTied && $0 == "lm_head.weight")
      }
    } catch { throw ModelError(error) }
  }

  private static func shape(_ config: ModelConfig) throws(ModelError) -> Shape {
    let hidden = try config.count("n_embd")
    let heads = try config.count("n_head")
    guard hidden % heads == 0 else {
      throw config.failure("n_head", "is \(heads), which does not divide `n_embd` \(hidden)")
    }
    for key in ["add_cross_attention"] where try config.flag(key, default: false) {
      throw config.failure(key, "is set, which is not supported")
    }
    let isScaled = try config.flag("scale_attn_weights", default: true)
    let headSize = hidden / heads
    return Shape(
      vocabulary: try config.count("vocab_size"), layers: try config.count("n_layer"), hidden: hidden,
      inner: try config.count("n_inner", default: 4 * hidden),
      attention: AttentionShape(
        heads: heads, keyHeads: heads, headSize: headSize,
        scale: isScaled ? 1 / Float(headSize).squareRoot() : 1),
      positions: try config.count("n_positions", default: 1024))
  }

  private static func norm(_ name: String, _ shape: Shape, _ checkpoint: inout Checkpoint) throws(TensorError)
    -> Norm
  {
    Norm(
      weight: try checkpoint.take("\(name).weight", shape.hidden),
      bias: try checkpoint.take("\(name).bias", shape.hidden))
  }

  private static func layer(_ name: String, _ shape: Shape, _ checkpoint: inout Checkpoint)
    throws(TensorError)
    -> Layer
  {
    func linear(_ part: String, _ inputs: Int, _ outputs: Int, _ checkpoint: inout Checkpoint)
      throws(TensorError) -> Linear
    {
      Linear(
        try checkpoint.take("\(name).\(part).weight", inputs, outputs),
        bias: try checkpoint.take("\(name).\(part).bias", outputs), .inputsByOutputs)
    }
    let hidden = shape.hidden
    return Layer(
      attentionNorm: try norm("\(name).ln_1", shape, &checkpoint),
      queryKeyValue: try linear("attn.c_attn", hidden, 3 * hidden, &checkpoint).split(3),
      output: try linear("attn.c_proj", hidden, hidden, &checkpoint),
      innerNorm: try norm("\(name).ln_2", shape, &checkpoint),
      up: try linear("mlp.c_fc", hidden, shape.inner, &checkpoint),
      down: try linear("mlp.c_proj", shape.inner, hidden, &checkpoint))
  }

  func forward(
    _ batch: Batch, _ cache: inout KeyValueCache, _ run: inout Run, observe: (borrowing Matrix) -> Void
  ) {
    gather(embedding, batch.tokens, &run.x)  // x: (T, D)
    addRows(positions, batch.positions, to: &run.x)
    observe(run.x)
    for (number, layer) in layers.enumerated() {
      layerNorm(run.x, layer.attentionNorm.weight, layer.attentionNorm.bias, epsilon, &run.h)  // h: (T, D)
      multiply(run.h, layer.queryKeyValue[0], &run.q)  // q, k, v: (T, D)
      multiply(run.h, layer.queryKeyValue[1], &run.k)
      multiply(run.h, layer.queryKeyValue[2], &run.v)
      let columns = 0..<shape.keyColumns
      cache.store(batch, layer: number, keys: run.k, columns, values: run.v, columns)
      var attention = shape.attention
      if scalesByLayer { attention.scale /= Float(number + 1) }
      cache.attend(batch, layer: number, run.q, attention, &run.attended)  // attended: (T, D)
      multiply(run.attended, layer.output, &run.y)  // y: (T, D)
      add(run.y, to: &run.x)
      layerNorm(run.x, layer.innerNorm.weight, layer.innerNorm.bias, epsilon, &run.h)
      multiply(run.h, layer.up, &run.up)  // up: (T, I)
      activate(&run.up, activation)
      multiply(run.up, layer.down, &run.y)
      add(run.y, to: &run.x)
      observe(run.x)
    }
    layerNorm(run.x, finalNorm.weight, finalNorm.bias, epsilon, &run.h)
  }

  func logits(_ h: borrowing Matrix, _ logits: inout Matrix) { multiply(h, head, &logits) }
}
