import Tensors

/// GPT-J: attention and inner layer side by side after one layer norm; the first numbers of each head turn, in pairs of
/// neighbours.
enum GPTJ: Architecture {
  static let names = ["GPTJForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    var shape = Shape(config, .gpt2, innerFactor: 4)
    shape.positions = config.count("n_positions", default: 2048)
    let turning = config.count("rotary_dim", default: 64)
    if turning % 2 != 0 || turning > shape.headSize, !config.isFaulty {
      config.fault("rotary_dim", "is \(turning), of heads of \(shape.headSize): it must be even and not more")
    }
    let epsilon = config.number("layer_norm_epsilon", default: 1e-5)
    let activation = config.activation("activation_function", default: .geluNew)
    let isTied = config.flag("tie_word_embeddings", default: false)
    try config.check()

    var rotary = Rotary(turning: turning)
    rotary.pairs = .neighbours
    let model = weights.all.base("transformer", probe: "wte.weight")
    let embedding = model.tensor("wte.weight", shape.vocabulary, shape.hidden)
    // Masks are no weights.
    weights.ignore(".attn.bias", ".attn.masked_bias")
    return Decoder(
      shape: shape, embedding: Embedding(embedding), rotations: [rotary],
      layers: model.layers("h", shape.layers) { layer, _ in
        DecoderLayer(
          isParallel: true, attentionNorm: layer.layerNorm("ln_1", shape.hidden, epsilon),
          attention: SelfAttention(layer.at("attn"), shape, output: "out_proj"),
          inner: .plain(layer.at("mlp"), shape, activation, up: "fc_in", down: "fc_out"))
      },
      finalNorm: model.layerNorm("ln_f", shape.hidden, epsilon),
      head: Head(weights.all.output("lm_head", embedding, isTied: isTied, bias: true)))
  }
}
