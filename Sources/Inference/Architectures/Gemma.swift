import Tensors

/// Gemma: Llama with scaled embeddings, GELU in its gate, and norms whose weights are stored less one.
enum Gemma: Architecture {
  static let names = ["GemmaForCausalLM"]

  static let habits = LlamaFamily.Habits(
    headSize: 256, isTied: true, activation: .geluTanh, scalesEmbedding: true, normOffset: 1)

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let hasBias = config.flag("attention_bias", default: false)
    config.refuse("use_bidirectional_attention")
    var family = try LlamaFamily(config, habits)
    // The first files said `gelu` and meant its approximation.
    if family.activation == .gelu { family.activation = .geluTanh }
    return family.decoder(weights) { layer, _ in
      family.layer(layer, attentionBias: hasBias, outputBias: hasBias)
    }
  }
}
