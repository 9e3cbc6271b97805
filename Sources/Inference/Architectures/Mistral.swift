import Tensors

/// Mistral: Llama whose layers look at the last few thousand tokens only.
enum Mistral: Architecture {
  static let names = ["MistralForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let window = config.window(default: 4096)
    var family = try LlamaFamily(config)
    family.shape.attention.window = window
    return family.decoder(weights) { layer, _ in family.layer(layer) }
  }
}
