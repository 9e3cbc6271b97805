import Tensors

/// OPT: layer norm, learned positions, ReLU; the 350M one has its norms after the sums and narrower embeddings.
enum OPT: Architecture {
  static let names = ["OPTForCausalLM"]

  /// The table of positions has two rows that no token stands at.
  private static let firstPosition = 2

  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    var shape = Shape(config, Shape.Keys(keyHeads: nil, headSize: nil, inner: "ffn_dim"))
    let positions = config.count("max_position_embeddings", default: 2048)
    shape.positions = positions
    shape.embedding = config.count("word_embed_proj_dim", default: shape.hidden)
    let normsFirst = config.flag("do_layer_norm_before", default: true)
    let endsWithNorm = normsFirst && !config.flag("_remove_final_layer_norm", default: false)
    let hasBias = config.flag("enable_bias", default: true)
    let normsHaveWeights = config.flag("layer_norm_elementwise_affine", default: true)
    let activation = config.activation("activation_function", default: .relu)
    let isTied = config.flag("tie_word_embeddings", default: true)
    try config.check()

    func norm(_ weights: Weights, _ name: String) -> Norm {
      normsHaveWeights
        ? weights.layerNorm(name, shape.hidden, 1e-5)
        : Norm(.layer, width: shape.hidden, weight: nil, epsilon: 1e-5)
    }
    let model = weights.all.base("model", probe: "decoder.embed_tokens.weight").at("decoder")
    var embedding = Embedding(model.tensor("embed_tokens.weight", shape.vocabulary, shape.embedding))
    embedding.positions = (
      model.tensor("embed_positions.weight", positions + firstPosition, shape.hidden), firstPosition
    )
    var head = Head(weights.all.output("lm_head", embedding.tokens, isTied: isTied))
    if shape.embedding != shape.hidden {
      embedding.projection = model.linear("project_in", shape.embedding, shape.hidden)
      head.projection = model.linear("project_out", shape.hidden, shape.embedding)
    }
    return Decoder(
      shape: shape, embedding: embedding,
      layers: model.layers("layers", shape.layers) { layer, _ in
        let (first, second) = (norm(layer, "self_attn_layer_norm"), norm(layer, "final_layer_norm"))
        return DecoderLayer(
          attentionNorm: normsFirst ? first : nil,
          attention: SelfAttention(
            layer.at("self_attn"), shape, bias: hasBias, output: "out_proj", rotary: nil),
          attentionSumNorm: normsFirst ? nil : first, innerNorm: normsFirst ? second : nil,
          inner: .plain(layer, shape, activation, up: "fc1", down: "fc2", bias: hasBias),
          innerSumNorm: normsFirst ? nil : second)
      },
      finalNorm: endsWithNorm ? norm(model, "final_layer_norm") : nil, head: head)
  }
}
