import Glibc
import Tensors

/// Llama: RMS norm, rotary positions, grouped queries, SwiGLU.
struct Llama: Architecture {
  static let names = ["LlamaForCausalLM"]

  /// The weights of one layer.
  private struct Layer: Sendable {
    let attentionNorm: Tensor
    let query: Linear
    let key: Linear
    let value: Linear
    let output: Linear
    let innerNorm: Tensor
    let gate: Linear
    let up: Linear
    let down: Linear
  }

  let shape: Shape
  private let epsilon: Float
  private let activation: Activation
  private let frequencies: [Float]
  private let embedding: Tensor
  private let layers: [Layer]
  private let finalNorm: Tensor
  private let head: Linear

  init(_ config: ModelConfig, _ checkpoint: inout Checkpoint) throws(ModelError) {
    shape = try Self.shape(config)
    epsilon = Float(try config.number("rms_norm_eps", default: 1e-6))
    activation = try config.activation("hidden_act", default: .silu)
    frequencies = try RotaryFrequencies.read(config, headSize: shape.attention.headSize)
    let biases = (
      attention: try config.flag("attention_bias", default: false),
      inner: try config.flag("mlp_bias", default: false)
    )
    let isTied = try config.flag("tie_word_embeddings", default: false)
    do throws(TensorError) {
      embedding = try checkpoint.take("model.embed_tokens.weight", shape.vocabulary, shape.hidden)
      var layers: [Layer] = []
      for number in 0..<shape.layers {
        layers.append(try Self.layer("model.layers.\(number)", shape, biases, &checkpoint))
      }
      self.layers = layers
      finalNorm = try checkpoint.take("model.norm.weight", shape.hidden)
      head = Linear(
        isTied ? embedding : try checkpoint.take("lm_head.weight", shape.vocabulary, shape.hidden))
      // Old checkpoints store what is computed here; tied ones may store the head a second time.
      try checkpoint.finish {
        $0.hasSuffix("rotary_emb.inv_freq") || (isTied && $0 == "lm_head.weight")
      }
    } catch { throw ModelError(error) }
  }

  private static func shape(_ config: ModelConfig) throws(ModelError) -> Shape {
    let hidden = try config.count("hidden_size")
    let heads = try config.count("num_attention_heads")
    let keyHeads = try config.count("num_key_value_heads", default: heads)
    guard heads % keyHeads == 0 else {
      throw config.failure("num_key_value_heads", "is \(keyHeads), which does not divide the \(heads) heads")
    }
    guard config.has("head_dim") || hidden % heads == 0 else {
      throw config.failure(
        "num_attention_heads", "is \(heads), which does not divide `hidden_size` \(hidden)")
    }
    let headSize = try config.count("head_dim", default: max(1, hidden / heads))
    guard headSize % 2 == 0 else {
      throw config.failure("head_dim", "is \(headSize), but rotary positions turn pairs: it must be even")
    }
    return Shape(
      vocabulary: try config.count("vocab_size"), layers: try config.count("num_hidden_layers"),
      hidden: hidden, inner: try config.count("intermediate_size"),
      attention: AttentionShape(
        heads: heads, keyHeads: keyHeads, headSize: headSize, scale: 1 / Float(headSize).squareRoot()),
      positions: nil)
  }

  private static func layer(
    _ name: String, _ shape: Shape, _ biases: (attention: Bool, inner: Bool), _ checkpoint: inout Checkpoint
  ) throws(TensorError) -> Layer {
    func linear(
      _ part: String, _ inputs: Int, _ outputs: Int, _ hasBias: Bool, _ checkpoint: inout Checkpoint
    ) throws(TensorError) -> Linear {
      Linear(
        try checkpoint.take("\(name).\(part).weight", outputs, inputs),
        bias: hasBias ? try checkpoint.take("\(name).\(part).bias", outputs) : nil)
    }
    let (hidden, queries, keys, inner) = (shape.hidden, shape.queryColumns, shape.keyColumns, shape.inner)
    return Layer(
      attentionNorm: try checkpoint.take("\(name).input_layernorm.weight", hidden),
      query: try linear("self_attn.q_proj", hidden, queries, biases.attention, &checkpoint),
      key: try linear("self_attn.k_proj", hidden, keys, biases.attention, &checkpoint),
      value: try linear("self_attn.v_proj", hidden, keys, biases.attention, &checkpoint),
      output: try linear("self_attn.o_proj", queries, hidden, biases.attention, &checkpoint),
      innerNorm: try checkpoint.take("\(name).post_attention_layernorm.weight", hidden),
      gate: try linear("mlp.gate_proj", hidden, inner, biases.inner, &checkpoint),
      up: try linear("mlp.up_proj", hidden, inner, biases.inner, &checkpoint),
      down: try linear("mlp.down_proj", inner, hidden, biases.inner, &checkpoint))
  }

  func forward(
    _ batch: Batch, _ cache: inout KeyValueCache, _ run: inout Run, observe: (borrowing Matrix) -> Void
  ) {
    let angles = RotaryTable(positions: batch.positions, frequencies: frequencies)
    let headSize = shape.attention.headSize
    gather(embedding, batch.tokens, &run.x)  // x: (T, D)
    observe(run.x)
    for (number, layer) in layers.enumerated() {
      rmsNorm(run.x, layer.attentionNorm, epsilon, &run.h)  // h: (T, D)
      multiply(run.h, layer.query, &run.q)  // q: (T, H · S)
      multiply(run.h, layer.key, &run.k)  // k, v: (T, K · S)
      multiply(run.h, layer.value, &run.v)
      rotate(&run.q, headSize: headSize, angles)
      rotate(&run.k, headSize: headSize, angles)
      let columns = 0..<shape.keyColumns
      cache.store(batch, layer: number, keys: run.k, columns, values: run.v, columns)
      cache.attend(batch, layer: number, run.q, shape.attention, &run.attended)  // attended: (T, H · S)
      multiply(run.attended, layer.output, &run.y)  // y: (T, D)
      add(run.y, to: &run.x)
      rmsNorm(run.x, layer.innerNorm, epsilon, &run.h)
      multiply(run.h, layer.gate, &run.gate)  // gate, up: (T, I)
      multiply(run.h, layer.up, &run.up)
      activate(&run.gate, activation)
      scale(&run.gate, by: run.up)
      multiply(run.gate, layer.down, &run.y)
      add(run.y, to: &run.x)
      observe(run.x)
    }
    rmsNorm(run.x, finalNorm, epsilon, &run.h)
  }

  func logits(_ h: borrowing Matrix, _ logits: inout Matrix) { multiply(h, head, &logits) }
}
