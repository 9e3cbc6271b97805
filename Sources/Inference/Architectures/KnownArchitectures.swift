import Tensors

/// Every file in `Architectures/`, in alphabetical order.
enum KnownArchitectures {
  static let all: [any Architecture.Type] = [
    Falcon.self,
    GPT2.self,
    GPTJ.self,
    GPTNeoX.self,
    Gemma.self,
    Gemma2.self,
    Gemma3.self,
    Llama.self,
    Mistral.self,
    OPT.self,
    Olmo2.self,
    Phi.self,
    Phi3.self,
    Qwen2.self,
    Qwen3.self,
  ]

  /// The names that `config.json` may give.
  static var names: [String] { all.flatMap { $0.names }.sorted() }

  /// The architecture that `config.json` names.
  static func find(_ config: ModelConfig) throws(ModelError) -> any Architecture.Type {
    let wanted = config.texts("architectures")
    for type in all where type.names.contains(where: wanted.contains) { return type }
    let known = "supported are \(names.joined(separator: ", "))"
    let said = wanted.first.map { "names `\($0)`, which is not supported" } ?? "names none"
    throw ModelError(.unusable, "\(config.file): `architectures` \(said)", help: known)
  }

  /// The model of a folder, blueprint and weights checked against each other.
  static func read(_ config: ModelConfig, _ weights: WeightReader) throws(ModelError) -> Decoder {
    var decoder = try find(config).read(config, weights)
    try weights.check()
    decoder.pack()
    // Products are of smaller numbers, so attention is too.
    if weights.type != .stored, Instructions.best.multipliesBFloat16 { decoder.shape.precision = .bfloat16 }
    return decoder
  }
}
