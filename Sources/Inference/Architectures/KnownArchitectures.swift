import Tensors

/// Every file in `Architectures/`, in alphabetical order.
enum KnownArchitectures {
  static let all: [any Architecture.Type] = [
    GPT2.self,
    Llama.self,
  ]

  /// The names that `config.json` may give.
  static var names: [String] { all.flatMap { $0.names }.sorted() }

  /// The architecture that `config.json` names.
  static func find(_ config: ModelConfig) throws(ModelError) -> any Architecture.Type {
    let wanted = config.texts("architectures")
    for type in all where type.names.contains(where: wanted.contains) { return type }
    let known = "supported are \(names.joined(separator: ", "))"
    guard let first = wanted.first else { throw config.failure("architectures", "names none", help: known) }
    throw config.failure("architectures", "names `\(first)`, which is not supported", help: known)
  }
}

extension ModelConfig {
  /// The function between two layers.
  func activation(_ key: String, default absent: Activation) throws(ModelError) -> Activation {
    guard let name = try text(key) else { return absent }
    guard let activation = Activation(rawValue: name) else {
      let known = Activation.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(key, "is `\(name)`, which is not supported", help: "supported are \(known)")
    }
    return activation
  }
}
