import Tensors

/// The weights of a model folder, taken by their paths.
///
/// What does not fit gets noted and a placeholder; `check` then says all that is wrong at once.
final class WeightReader {
  private var untaken: Set<String>
  private var missing: [String] = []
  private var misshapen: [String] = []
  private var unreadable: TensorError?
  private let checkpoint: Checkpoint
  let type: WeightType
  /// How many numbers were taken, each tensor once.
  private(set) var parameterCount = 0

  init(_ checkpoint: Checkpoint, as type: WeightType = .stored) {
    self.checkpoint = checkpoint
    self.type = type
    untaken = Set(checkpoint.names)
  }

  /// Everything.
  var all: Weights { Weights(reader: self, path: "") }

  func has(_ name: String) -> Bool { checkpoint.has(name) }

  func take(_ name: String, _ shape: [Int]) -> Tensor {
    guard let stored = checkpoint.shape(of: name) else {
      missing.append(name)
      return .placeholder(shape)
    }
    let isFirst = untaken.remove(name) != nil
    guard stored == shape else {
      misshapen.append("`\(name)` is \(stored) and should be \(shape)")
      return .placeholder(shape)
    }
    if isFirst { parameterCount += shape.reduce(1, *) }
    do {
      guard let tensor = try checkpoint.tensor(name) else { return .placeholder(shape) }
      // Products round their weights themselves.
      let isRounded = type == .bfloat16 && shape.count == 1 && checkpoint.type(of: name) != .bfloat16
      return isRounded ? tensor.map(roundedToBFloat16) : tensor
    } catch {
      unreadable = unreadable ?? error
      return .placeholder(shape)
    }
  }

  /// How a product keeps the weights of a tensor.
  func kind(_ weight: Tensor, isInner: Bool) -> WeightKind {
    switch type {
    case .int8 where isInner: .int8
    case .bfloat16, .int8: .bfloat16Rows
    case .stored: weight.isBFloat16 ? .bfloat16 : .float32
    }
  }

  /// Leaves out tensors that are no weights, by the ends of their names.
  func ignore(_ suffixes: String...) {
    untaken = untaken.filter { name in !suffixes.contains { name.hasSuffix($0) } }
  }

  /// The output layer's weights where they may be the embedding's: those stored, unless they are the same numbers.
  func tied(_ name: String, to embedding: Tensor) -> Tensor {
    guard has(name) else { return embedding }
    let own = take(name, embedding.shape)
    guard own.isEqual(to: embedding) else { return own }
    parameterCount -= own.count
    return embedding
  }

  /// Throws everything that was noted, and tensors that nobody took: weights without a place mean another architecture
  /// than the one computed.
  func check() throws(ModelError) {
    if let unreadable { throw ModelError(unreadable) }
    var parts: [String] = []
    if !missing.isEmpty {
      parts.append("\(tensors(missing.count, "is", "are")) missing: \(list(missing.map { "`\($0)`" }))")
    }
    if !misshapen.isEmpty {
      parts.append("\(tensors(misshapen.count, "has", "have")) another shape: \(list(misshapen))")
    }
    if !untaken.isEmpty {
      let names = list(untaken.sorted().map { "`\($0)`" })
      parts.append("\(tensors(untaken.count, "has", "have")) no place in this architecture: \(names)")
    }
    guard !parts.isEmpty else { return }
    throw ModelError(
      .unusable,
      "\(checkpoint.folder): the weights are not those of `config.json`: \(parts.joined(separator: "; "))",
      help: "check that `config.json` belongs to these weights, and that all files were downloaded")
  }

  private func tensors(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "1 tensor \(one)" : "\(count) tensors \(many)"
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(4).joined(separator: ", ")
    return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
  }
}

/// The weights below one path.
struct Weights {
  let reader: WeightReader
  let path: String

  /// The weights below a name.
  func at(_ name: String) -> Weights { Weights(reader: reader, path: "\(path)\(name).") }

  /// The weights below a name that checkpoints without an output layer leave out.
  ///
  /// - Parameter probe: a tensor that is there either way.
  func base(_ name: String, probe: String) -> Weights {
    let inside = at(name)
    return has(probe) && !inside.has(probe) ? self : inside
  }

  func has(_ name: String) -> Bool { reader.has(path + name) }

  func tensor(_ name: String, _ shape: Int...) -> Tensor { reader.take(path + name, shape) }

  /// A product: `name.weight`, and `name.bias` if it has one.
  func linear(
    _ name: String, _ inputs: Int, _ outputs: Int, bias: Bool = false,
    _ layout: Linear.Layout = .outputsByInputs
  ) -> Linear {
    let isByOutputs = layout == .outputsByInputs
    let weight = tensor("\(name).weight", isByOutputs ? outputs : inputs, isByOutputs ? inputs : outputs)
    return Linear(
      weight,
      bias: bias ? tensor("\(name).bias", outputs) : nil, layout,
      as: reader.kind(weight, isInner: true))
  }

  /// - Parameter offset: what is added to the weights.
  func rmsNorm(_ name: String, _ width: Int, _ epsilon: Double, offset: Float = 0) -> Norm {
    let weight = tensor("\(name).weight", width)
    return Norm(
      .rootMeanSquare, width: width, weight: offset == 0 ? weight : weight.map { $0 + offset },
      epsilon: epsilon)
  }

  func layerNorm(_ name: String, _ width: Int, _ epsilon: Double) -> Norm {
    Norm(
      .layer, width: width, weight: tensor("\(name).weight", width), bias: tensor("\(name).bias", width),
      epsilon: epsilon)
  }

  /// The output layer: of its own, or the embedding's weights where they are tied.
  ///
  /// It is kept in bfloat16 where the layers have eight bits: what is lost here is lost in every score.
  func output(_ name: String, _ embedding: Tensor, isTied: Bool, bias: Bool = false) -> Linear {
    let stored = "\(path)\(name).weight"
    let weight = isTied ? reader.tied(stored, to: embedding) : reader.take(stored, embedding.shape)
    return Linear(
      weight, bias: bias ? tensor("\(name).bias", embedding.shape[0]) : nil,
      as: reader.kind(weight, isInner: false))
  }

  /// As many layers as the blueprint says, below `name.0`, `name.1` and so on.
  func layers(_ name: String, _ count: Int, _ make: (Weights, Int) -> DecoderLayer) -> [DecoderLayer] {
    (0..<count).map {
      let layer = make(at("\(name).\($0)"), $0)
      // One by one, so that no more than one is there twice.
      layer.attention.pack()
      layer.inner.pack()
      return layer
    }
  }
}
