import Tensors

/// Phi-3 and Phi-4: Llama with queries, keys and values in one product, and gate and input of the inner layer in another.
enum Phi3: Architecture {
  static let names = ["Phi3ForCausalLM"]

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    let window = config.window(default: nil)
    var family = try LlamaFamily(config, LlamaFamily.Habits(epsilon: 1e-5))
    family.shape.attention.window = window
    let shape = family.shape
    return family.decoder(weights) { layer, _ in
      let fused = layer.linear("self_attn.qkv_proj", shape.hidden, shape.queryColumns + 2 * shape.keyColumns)
      let gateAndUp = layer.linear("mlp.gate_up_proj", shape.hidden, 2 * shape.inner)
      return DecoderLayer(
        attentionNorm: family.norm(layer, "input_layernorm", shape.hidden),
        attention: SelfAttention(
          stacked: fused, output: layer.linear("self_attn.o_proj", shape.queryColumns, shape.hidden),
          shape.attention, rotary: 0),
        innerNorm: family.norm(layer, "post_attention_layernorm", shape.hidden),
        inner: InnerLayer(
          gate: gateAndUp.outputs([0..<shape.inner]),
          up: gateAndUp.outputs([shape.inner..<2 * shape.inner]),
          down: layer.linear("mlp.down_proj", shape.inner, shape.hidden), activation: family.activation))
    }
  }
}
