import Tensors

/// GPT-2: layer norm, learned positions, one matrix for queries, keys and values.
enum GPT2: Architecture {
  static let names = ["GPT2LMHeadModel"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    var shape = Shape(config, .gpt2, innerFactor: 4)
    let positions = config.count("n_positions", default: 1024)
    shape.positions = positions
    if !config.flag("scale_attn_weights", default: true) { shape.attention.scale = 1 }
    let scalesByLayer = config.flag("scale_attn_by_inverse_layer_idx", default: false)
    let epsilon = config.number("layer_norm_epsilon", default: 1e-5)
    let activation = config.activation("activation_function", default: .geluNew)
    let isTied = config.flag("tie_word_embeddings", default: true)
    config.refuse("add_cross_attention")
    try config.check()

    let model = weights.all.base("transformer", probe: "wte.weight")
    var embedding = Embedding(model.tensor("wte.weight", shape.vocabulary, shape.hidden))
    embedding.positions = (model.tensor("wpe.weight", positions, shape.hidden), 0)
    // Masks are no weights.
    weights.ignore(".attn.bias", ".attn.masked_bias")
    return Decoder(
      shape: shape, embedding: embedding,
      layers: model.layers("h", shape.layers) { layer, number in
        var attention = SelfAttention(
          stacked: layer.linear(
            "attn.c_attn", shape.hidden, 3 * shape.hidden, bias: true, .inputsByOutputs),
          output: layer.linear("attn.c_proj", shape.hidden, shape.hidden, bias: true, .inputsByOutputs),
          shape.attention, rotary: nil)
        if scalesByLayer { attention.shape.scale /= Float(number + 1) }
        return DecoderLayer(
          attentionNorm: layer.layerNorm("ln_1", shape.hidden, epsilon), attention: attention,
          innerNorm: layer.layerNorm("ln_2", shape.hidden, epsilon),
          inner: InnerLayer(
            up: layer.linear("mlp.c_fc", shape.hidden, shape.inner, bias: true, .inputsByOutputs),
            down: layer.linear("mlp.c_proj", shape.inner, shape.hidden, bias: true, .inputsByOutputs),
            activation: activation))
      },
      finalNorm: model.layerNorm("ln_f", shape.hidden, epsilon),
      head: Head(weights.all.output("lm_head", embedding.tokens, isTied: isTied)))
  }
}
