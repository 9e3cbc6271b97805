import Glibc

/// How fast each pair of a head turns with the position, from `rope_theta` and `rope_scaling`.
enum RotaryFrequencies {
  static func read(_ config: ModelConfig, headSize: Int) throws(ModelError) -> [Float] {
    // Newer configurations keep all of it in `rope_parameters`.
    let parameters = try config.object("rope_parameters")
    let given = try config.object("rope_scaling")
    let scaling = given ?? parameters
    let old = try config.number("rope_theta", default: 10_000)
    let base = if let parameters { try parameters.number("rope_theta", default: old) } else { old }
    guard base > 0 else { throw config.failure("rope_theta", "should be above 0") }
    let plain = stride(from: 0, to: headSize, by: 2).map {
      1 / powf(Float(base), Float($0) / Float(headSize))
    }
    guard let scaling else { return plain }
    let (new, former) = (try scaling.text("rope_type"), try scaling.text("type"))
    switch new ?? former ?? "default" {
    case "default": return plain
    case "linear":
      let factor = Float(try scaling.number("factor"))
      return plain.map { $0 / factor }
    case "llama3": return try Llama3Scaling(scaling, config).apply(plain)
    case let other:
      throw scaling.failure(
        "rope_type", "is `\(other)`, which is not supported", help: "supported are default, linear and llama3"
      )
    }
  }
}

/// Llama 3's: slow pairs are stretched, fast ones kept, those between blended.
private struct Llama3Scaling {
  let factor: Float
  let low: Float
  let high: Float
  let oldLength: Float

  init(_ scaling: ModelConfig, _ config: ModelConfig) throws(ModelError) {
    factor = Float(try scaling.number("factor"))
    low = Float(try scaling.number("low_freq_factor"))
    high = Float(try scaling.number("high_freq_factor"))
    let length = try config.maxLength() ?? 8192
    oldLength = Float(try scaling.number("original_max_position_embeddings", default: Double(length)))
    guard factor > 0, low > 0, high > low else {
      throw scaling.failure(
        "high_freq_factor", "should be above `low_freq_factor`, and both above 0, as `factor`")
    }
  }

  func apply(_ frequencies: [Float]) -> [Float] {
    frequencies.map { frequency in
      let length = 2 * Float.pi / frequency
      if length < oldLength / high { return frequency }
      if length > oldLength / low { return frequency / factor }
      let blend = (oldLength / length - low) / (high - low)
      return (1 - blend) * frequency / factor + blend * frequency
    }
  }
}
