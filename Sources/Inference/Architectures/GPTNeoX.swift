import Tensors

/// GPT-NeoX and Pythia: attention and inner layer side by side, each with its layer norm; a quarter of each head turns.
enum GPTNeoX: Architecture {
  static let names = ["GPTNeoXForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    var shape = Shape(config, Shape.Keys(keyHeads: nil, headSize: nil))
    let rotary = Rotary(
      config, headSize: shape.headSize,
      Rotary.Habits(thetaKey: "rotary_emb_base", part: 0.25, partKey: "rotary_pct"))
    shape.positions = rotary.positions
    let epsilon = config.number("layer_norm_eps", default: 1e-5)
    let activation = config.activation("hidden_act", default: .gelu)
    let isParallel = config.flag("use_parallel_residual", default: true)
    let hasBias = config.flag("attention_bias", default: true)
    let isTied = config.flag("tie_word_embeddings", default: false)
    try config.check()

    let model = weights.all.base("gpt_neox", probe: "embed_in.weight")
    let embedding = model.tensor("embed_in.weight", shape.vocabulary, shape.hidden)
    let head = weights.has("lm_head.weight") ? "lm_head" : "embed_out"
    // Masks and angles are no weights.
    weights.ignore(".attention.bias", ".attention.masked_bias", "rotary_emb.inv_freq")
    return Decoder(
      shape: shape, embedding: Embedding(embedding), rotations: [rotary],
      layers: model.layers("layers", shape.layers) { layer, _ in
        let hidden = shape.hidden
        return DecoderLayer(
          isParallel: isParallel, attentionNorm: layer.layerNorm("input_layernorm", hidden, epsilon),
          attention: SelfAttention(
            interleaved: layer.linear("attention.query_key_value", hidden, 3 * hidden, bias: hasBias),
            output: layer.linear("attention.dense", hidden, hidden, bias: hasBias), shape.attention,
            rotary: 0),
          innerNorm: layer.layerNorm("post_attention_layernorm", hidden, epsilon),
          inner: .plain(
            layer.at("mlp"), shape, activation, up: "dense_h_to_4h", down: "dense_4h_to_h"))
      },
      finalNorm: model.layerNorm("final_layer_norm", shape.hidden, epsilon),
      head: Head(weights.all.output(head, embedding, isTied: isTied)))
  }
}
