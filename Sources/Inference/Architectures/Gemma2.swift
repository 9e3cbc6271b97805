import Tensors

/// Gemma 2: norms before and after each part, capped scores, and a window in every other layer.
enum Gemma2: Architecture {
  static let names = ["Gemma2ForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let window = config.window(default: 4096)
    let windows = config.windows(window) { $0 % 2 == 0 }
    let scoreCap = config.optional("attn_logit_softcapping", default: 50)
    let logitCap = config.optional("final_logit_softcapping", default: 30)
    let scalar = config.positive("query_pre_attn_scalar", default: 256)
    let hasBias = config.flag("attention_bias", default: false)
    config.refuse("use_bidirectional_attention")
    var habits = Gemma.habits
    habits.activationKey = "hidden_activation"
    var family = try LlamaFamily(config, habits)
    family.shape.attention.scale = Float(1 / scalar.squareRoot())
    family.shape.attention.softCap = scoreCap.map { Float($0) }
    var decoder = family.decoder(weights) { weights, number in
      var layer = layer(weights, family, hasBias)
      layer.attention.shape.window = windows[number]
      return layer
    }
    decoder.head.softCap = logitCap.map { Float($0) }
    return decoder
  }

  static func layer(_ weights: Weights, _ family: LlamaFamily, _ hasBias: Bool) -> DecoderLayer {
    let hidden = family.shape.hidden
    return DecoderLayer(
      attentionNorm: family.norm(weights, "input_layernorm", hidden),
      attention: SelfAttention(weights.at("self_attn"), family.shape, bias: hasBias),
      attentionPostNorm: family.norm(weights, "post_attention_layernorm", hidden),
      innerNorm: family.norm(weights, "pre_feedforward_layernorm", hidden),
      inner: .gated(weights.at("mlp"), family.shape, family.activation),
      innerPostNorm: family.norm(weights, "post_feedforward_layernorm", hidden))
  }
}
