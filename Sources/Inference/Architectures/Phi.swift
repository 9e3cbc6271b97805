import Tensors

/// Phi-1, 1.5 and 2: attention and inner layer side by side after one layer norm; a part of each head turns.
enum Phi: Architecture {
  static let names = ["PhiForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    var shape = Shape(config)
    let rotary = Rotary(config, headSize: shape.headSize, Rotary.Habits(part: 0.5))
    shape.positions = rotary.positions
    let epsilon = config.number("layer_norm_eps", default: 1e-5)
    let activation = config.activation("hidden_act", default: .geluNew)
    let isTied = config.flag("tie_word_embeddings", default: false)
    let hasHeadNorms = config.flag("qk_layernorm", default: false)
    try config.check()

    let model = weights.all.base("model", probe: "embed_tokens.weight")
    let embedding = model.tensor("embed_tokens.weight", shape.vocabulary, shape.hidden)
    weights.ignore("rotary_emb.inv_freq")
    return Decoder(
      shape: shape, embedding: Embedding(embedding), rotations: [rotary],
      layers: model.layers("layers", shape.layers) { layer, _ in
        var attention = SelfAttention(layer.at("self_attn"), shape, bias: true, output: "dense")
        if hasHeadNorms {
          attention.queryNorm = layer.layerNorm("self_attn.q_layernorm", shape.headSize, epsilon)
          attention.keyNorm = layer.layerNorm("self_attn.k_layernorm", shape.headSize, epsilon)
        }
        return DecoderLayer(
          isParallel: true, attentionNorm: layer.layerNorm("input_layernorm", shape.hidden, epsilon),
          attention: attention, inner: .plain(layer.at("mlp"), shape, activation, up: "fc1", down: "fc2"))
      },
      finalNorm: model.layerNorm("final_layernorm", shape.hidden, epsilon),
      head: Head(weights.all.output("lm_head", embedding, isTied: isTied, bias: true)))
  }
}
