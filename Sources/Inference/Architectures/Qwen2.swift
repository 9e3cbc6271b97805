import Tensors

/// Qwen 2 and 2.5: Llama with biases on queries, keys and values, and a window for the upper layers of some.
enum Qwen2: Architecture {
  static let names = ["Qwen2ForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let windows = config.upperWindows()
    let family = try LlamaFamily(config)
    return family.decoder(weights) { weights, number in
      var layer = family.layer(weights, attentionBias: true)
      layer.attention.shape.window = windows[number]
      return layer
    }
  }
}
