import Tensors

/// Qwen 3: Llama with norms of each head's queries and keys, and heads of a size of their own.
enum Qwen3: Architecture {
  static let names = ["Qwen3ForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let windows = config.upperWindows()
    let hasBias = config.flag("attention_bias", default: false)
    let family = try LlamaFamily(config, LlamaFamily.Habits(headSize: 128))
    return family.decoder(weights) { weights, number in
      var layer = family.layer(weights, attentionBias: hasBias, outputBias: hasBias)
      layer.attention.queryNorm = family.norm(weights, "self_attn.q_norm", family.shape.headSize)
      layer.attention.keyNorm = family.norm(weights, "self_attn.k_norm", family.shape.headSize)
      layer.attention.shape.window = windows[number]
      return layer
    }
  }
}
