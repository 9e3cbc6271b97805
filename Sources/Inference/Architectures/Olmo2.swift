/// OLMo 2: Llama with norms after each part instead of before, and of all queries and all keys of a token.
enum Olmo2: Architecture {
  static let names = ["Olmo2ForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let hasBias = config.flag("attention_bias", default: false)
    let family = try LlamaFamily(config, LlamaFamily.Habits(epsilon: 1e-5))
    let shape = family.shape
    return family.decoder(weights) { layer, _ in
      var attention = SelfAttention(layer.at("self_attn"), shape, bias: hasBias)
      attention.queryNorm = family.norm(layer, "self_attn.q_norm", shape.queryColumns)
      attention.keyNorm = family.norm(layer, "self_attn.k_norm", shape.keyColumns)
      return DecoderLayer(
        attention: attention,
        attentionPostNorm: family.norm(layer, "post_attention_layernorm", shape.hidden),
        inner: .gated(layer.at("mlp"), shape, family.activation),
        innerPostNorm: family.norm(layer, "post_feedforward_layernorm", shape.hidden))
    }
  }
}
