import Tensors

/// Falcon: few heads of keys, attention and inner layer side by side; the newer ones have two norms for them, the small
/// ones ALiBi and one part after the other.
enum Falcon: Architecture {
  static let names = ["FalconForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let isNew = config.flag("new_decoder_architecture", default: false)
    let isParallel = isNew || config.flag("parallel_attn", default: true)
    let hasTwoNorms = isNew && config.count("num_ln_in_parallel_attn", default: 2) == 2
    let hasBias = config.flag("bias", default: false)
    let hasAlibi = config.flag("alibi", default: false)
    var shape = Shape(
      config, Shape.Keys(keyHeads: isNew ? "num_kv_heads" : nil, headSize: nil, inner: "ffn_hidden_size"),
      innerFactor: 4)
    if !isNew, config.flag("multi_query", default: true) { shape.attention.keyHeads = 1 }
    if hasAlibi { shape.attention.slopes = AttentionShape.alibiSlopes(heads: shape.attention.heads) }
    let rotations = hasAlibi ? [] : [Rotary(config, headSize: shape.headSize)]
    shape.positions = rotations.first?.positions
    let epsilon = config.number("layer_norm_epsilon", default: 1e-5)
    let activation = config.activation("activation", default: .gelu)
    let isTied = config.flag("tie_word_embeddings", default: true)
    try config.check()

    let model = weights.all.base("transformer", probe: "word_embeddings.weight")
    let embedding = model.tensor("word_embeddings.weight", shape.vocabulary, shape.hidden)
    return Decoder(
      shape: shape, embedding: Embedding(embedding), rotations: rotations,
      layers: model.layers("h", shape.layers) { layer, _ in
        let part = layer.at("self_attention")
        func norm(_ name: String) -> Norm { layer.layerNorm(name, shape.hidden, epsilon) }
        return DecoderLayer(
          isParallel: isParallel, attentionNorm: norm(hasTwoNorms ? "ln_attn" : "input_layernorm"),
          attention: SelfAttention(
            interleaved: part.linear(
              "query_key_value", shape.hidden, shape.queryColumns + 2 * shape.keyColumns, bias: hasBias),
            output: part.linear("dense", shape.queryColumns, shape.hidden, bias: hasBias), shape.attention,
            rotary: hasAlibi ? nil : 0),
          innerNorm: hasTwoNorms ? norm("ln_mlp") : isParallel ? nil : norm("post_attention_layernorm"),
          inner: .plain(
            layer.at("mlp"), shape, activation, up: "dense_h_to_4h", down: "dense_4h_to_h", bias: hasBias))
      },
      finalNorm: model.layerNorm("ln_f", shape.hidden, epsilon),
      head: Head(weights.all.output("lm_head", embedding, isTied: isTied)))
  }
}
