import Tensors

/// Gemma 3, its text part: Gemma 2 without caps on scores, with norms of queries and keys, and with faster rotary
/// positions in the layers that look through a window.
enum Gemma3: Architecture {
  static let names = ["Gemma3ForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let pattern = config.count("sliding_window_pattern", default: 6)
    let window = config.window(default: 4096)
    let windows = config.windows(window) { ($0 + 1) % pattern != 0 }
    let isLocal = config.isSliding { ($0 + 1) % pattern != 0 }
    let logitCap = config.optional("final_logit_softcapping", default: nil)
    let scalar = config.positive("query_pre_attn_scalar", default: 256)
    let hasBias = config.flag("attention_bias", default: false)
    config.refuse("use_bidirectional_attention")
    var habits = Gemma.habits
    habits.activationKey = "hidden_activation"
    habits.hasRotary = false
    var family = try LlamaFamily(config, habits)
    family.shape.attention.scale = Float(1 / scalar.squareRoot())
    let rotations = rotations(config, headSize: family.shape.headSize)
    try config.check()

    var decoder = family.decoder(weights) { weights, number in
      var layer = Gemma2.layer(weights, family, hasBias)
      layer.attention.queryNorm = family.norm(weights, "self_attn.q_norm", family.shape.headSize)
      layer.attention.keyNorm = family.norm(weights, "self_attn.k_norm", family.shape.headSize)
      layer.attention.rotary = isLocal[number] ? 1 : 0
      layer.attention.shape.window = windows[number]
      return layer
    }
    decoder.rotations = rotations
    decoder.shape.positions = rotations.compactMap(\.positions).min()
    decoder.head.softCap = logitCap.map { Float($0) }
    return decoder
  }

  /// Of the layers that see all, and of those that see a window.
  private static func rotations(_ config: ModelConfig, headSize: Int) -> [Rotary] {
    let kinds = config.object("rope_parameters")
    let scaling = config.object("rope_scaling") ?? kinds?.object("full_attention")
    return [
      Rotary(
        config, headSize: headSize, scaling, theta: config.positive("rope_theta", default: 1_000_000)),
      Rotary(
        config, headSize: headSize, kinds?.object("sliding_attention"),
        theta: config.positive("rope_local_base_freq", default: 10_000)),
    ]
  }
}
