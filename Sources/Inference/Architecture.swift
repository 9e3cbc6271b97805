import Tensors

/// One family of models: what its `config.json` must say, what its weights are called, and how its layers are built.
protocol Architecture: Sendable {
  /// The names by which `config.json` calls it.
  static var names: [String] { get }

  /// Builds the model of a blueprint and its weights.
  ///
  /// Reads all of the blueprint first and checks it, as no weight can be judged by a wrong one; the caller checks that
  /// the weights were found and that none is left.
  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder
}

/// The numbers of a blueprint that the machinery around a model needs.
struct Shape: Sendable {
  var vocabulary: Int
  var layers: Int
  var hidden: Int
  var inner: Int
  /// The width of the embeddings of tokens, where it is not the model's own.
  var embedding: Int
  var attention: AttentionShape
  /// The most positions it can compute; nil where its embeddings go on for ever.
  var positions: Int?
  /// In what numbers keys and values are kept.
  var precision = KeyValues.Precision.float32

  var headSize: Int { attention.headSize }
  var queryColumns: Int { attention.heads * attention.headSize }
  var keyColumns: Int { attention.keyHeads * attention.headSize }
}

extension Shape {
  /// No real model has more.
  private static let mostHeads = 1 << 16

  /// The keys of a blueprint that families name differently, by the names that most use.
  struct Keys {
    var hidden = "hidden_size"
    var heads = "num_attention_heads"
    var keyHeads: String? = "num_key_value_heads"
    /// nil where the heads always share the hidden width.
    var headSize: String? = "head_dim"
    var layers = "num_hidden_layers"
    var inner = "intermediate_size"

    static let gpt2 = Keys(
      hidden: "n_embd", heads: "n_head", keyHeads: nil, headSize: nil, layers: "n_layer", inner: "n_inner")
  }

  /// - Parameters:
  ///   - headSize: where the file says nothing; nil shares the hidden width among the heads.
  ///   - innerFactor: how many times as wide as the hidden states the inner layer is where the file says nothing.
  init(_ config: ModelConfig, _ keys: Keys = Keys(), headSize absent: Int? = nil, innerFactor: Int? = nil) {
    let hidden = config.count(keys.hidden)
    let heads = config.count(keys.heads, atMost: Self.mostHeads)
    var keyHeads = keys.keyHeads.map { config.count($0, default: heads) } ?? heads
    if heads % keyHeads != 0 {
      config.fault(keys.keyHeads ?? keys.heads, "is \(keyHeads), which does not divide the \(heads) heads")
      keyHeads = heads
    }
    let ownSize = keys.headSize.map { config.count($0, default: absent ?? 0) } ?? 0
    if ownSize == 0, hidden % heads != 0, !config.isFaulty {
      config.fault(keys.heads, "is \(heads), which does not divide `\(keys.hidden)` \(hidden)")
    }
    let headSize = ownSize > 0 ? ownSize : max(1, hidden / heads)
    self.init(
      vocabulary: config.count("vocab_size"),
      layers: config.count(keys.layers, atMost: ModelConfig.mostLayers), hidden: hidden,
      inner: config.count(keys.inner, default: innerFactor.map { $0 * hidden }), embedding: hidden,
      attention: AttentionShape(
        heads: heads, keyHeads: keyHeads, headSize: headSize, scale: 1 / Float(headSize).squareRoot()),
      positions: nil)
  }
}
