/// Llama: RMS norm, rotary positions, grouped queries, SwiGLU.
enum Llama: Architecture {
  static let names = ["LlamaForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let hasBias = config.flag("attention_bias", default: false)
    let hasInnerBias = config.flag("mlp_bias", default: false)
    let family = try LlamaFamily(config)
    return family.decoder(weights) { layer, _ in
      family.layer(layer, attentionBias: hasBias, outputBias: hasBias, innerBias: hasInnerBias)
    }
  }
}
