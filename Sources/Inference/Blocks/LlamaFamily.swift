import Tensors

/// What Llama's heirs have in common: the keys of `config.json`, the names of tensors, norms before each part of a
/// layer, one kind of rotary positions.
struct LlamaFamily {
  var shape: Shape
  private let rotary: Rotary?
  private let epsilon: Double
  var activation: Activation
  private let isTied: Bool
  private let habits: Habits

  /// What a family assumes where `config.json` says nothing.
  struct Habits {
    var headSize: Int?
    var epsilon = 1e-6
    var isTied = false
    var activation = Activation.silu
    var activationKey = "hidden_act"
    /// Embeddings are multiplied by the square root of their width.
    var scalesEmbedding = false
    /// What is added to the weights of norms.
    var normOffset: Float = 0
    /// All layers turn queries and keys alike.
    var hasRotary = true
  }

  /// Reads the blueprint and checks it, with all that was read before.
  init(_ config: ModelConfig, _ habits: Habits = Habits()) throws(ModelError) {
    shape = Shape(config, headSize: habits.headSize)
    self.habits = habits
    rotary = habits.hasRotary ? Rotary(config, headSize: shape.headSize) : nil
    epsilon = config.number("rms_norm_eps", default: habits.epsilon)
    activation = config.activation(habits.activationKey, default: habits.activation)
    isTied = config.flag("tie_word_embeddings", default: habits.isTied)
    shape.positions = rotary?.positions
    try config.check()
  }

  func norm(_ weights: Weights, _ name: String, _ width: Int) -> Norm {
    weights.rmsNorm(name, width, epsilon, offset: habits.normOffset)
  }

  /// A layer as Llama has it.
  func layer(
    _ weights: Weights, attentionBias: Bool = false, outputBias: Bool = false, innerBias: Bool = false
  ) -> DecoderLayer {
    DecoderLayer(
      attentionNorm: norm(weights, "input_layernorm", shape.hidden),
      attention: SelfAttention(
        weights.at("self_attn"), shape, bias: attentionBias, outputBias: outputBias),
      innerNorm: norm(weights, "post_attention_layernorm", shape.hidden),
      inner: .gated(weights.at("mlp"), shape, activation, bias: innerBias))
  }

  /// - Parameter layer: makes a layer of its weights and its number.
  func decoder(_ weights: WeightReader, layer: (Weights, Int) -> DecoderLayer) -> Decoder {
    let model = weights.all.base("model", probe: "embed_tokens.weight")
    var embedding = Embedding(model.tensor("embed_tokens.weight", shape.vocabulary, shape.hidden))
    if habits.scalesEmbedding { embedding.scale = Float(Double(shape.hidden).squareRoot()) }
    // Old checkpoints store what is computed here.
    weights.ignore("rotary_emb.inv_freq")
    return Decoder(
      shape: shape, embedding: embedding, rotations: rotary.map { [$0] } ?? [],
      layers: model.layers("layers", shape.layers, layer),
      finalNorm: norm(model, "norm", shape.hidden),
      head: Head(weights.all.output("lm_head", embedding.tokens, isTied: isTied)))
  }
}
