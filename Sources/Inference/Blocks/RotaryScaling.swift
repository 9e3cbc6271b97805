import Glibc

/// The ways to stretch rotary positions over longer texts than a model was first trained on.
struct RotaryScaling {
  let config: ModelConfig
  let parameters: ModelConfig
  let base: Double

  init(_ config: ModelConfig, _ parameters: ModelConfig, base: Double) {
    self.config = config
    self.parameters = parameters
    self.base = base
  }

  /// The length of the first training.
  private var oldLength: Double {
    let key = "original_max_position_embeddings"
    let length = Double(config.maxLength ?? 8192)
    return config.has(key) ? config.positive(key) : parameters.positive(key, default: length)
  }

  private var factor: Double { parameters.positive("factor") }

  /// All pairs turn more slowly.
  func linear(_ rotary: inout Rotary) {
    let factor = Float(factor)
    for pair in rotary.frequencies.indices { rotary.frequencies[pair] /= factor }
  }

  /// The base grows with the text: up to the trained length nothing changes, and beyond it what is known of a token
  /// would change with each token after it.
  func dynamic(_ rotary: inout Rotary) {
    _ = factor
    rotary.positions = config.maxLength
  }

  /// Llama 3's: slow pairs are stretched, fast ones kept, those between blended.
  func llama3(_ rotary: inout Rotary) {
    let factor = Float(factor)
    let low = Float(parameters.positive("low_freq_factor"))
    let high = Float(parameters.positive("high_freq_factor"))
    let oldLength = Float(oldLength)
    guard high > low else { return parameters.fault("high_freq_factor", "should be above `low_freq_factor`") }
    rotary.frequencies = rotary.frequencies.map { frequency in
      let length = 2 * Float.pi / frequency
      if length < oldLength / high { return frequency }
      if length > oldLength / low { return frequency / factor }
      let blend = (oldLength / length - low) / (high - low)
      return (1 - blend) * frequency / factor + blend * frequency
    }
  }

  /// YaRN: the same idea with a ramp over the pairs, and longer queries and keys.
  func yarn(_ rotary: inout Rotary) {
    let length = oldLength
    let factor = parameters.has("factor") ? factor : Double(config.maxLength ?? 0) / length
    let pairs = rotary.frequencies.count
    // The pair that turns so often over the trained length.
    func pair(turns: Double) -> Double {
      Double(pairs) * log(length / (turns * 2 * .pi)) / log(base)
    }
    var low = pair(turns: parameters.positive("beta_fast", default: 32))
    var high = pair(turns: parameters.positive("beta_slow", default: 1))
    if parameters.flag("truncate", default: true) { (low, high) = (floor(low), ceil(high)) }
    (low, high) = (max(low, 0), min(high, Double(2 * pairs - 1)))
    if low == high { high += 0.001 }
    for index in 0..<pairs {
      let kept = 1 - Float(min(1, max(0, (Double(index) - low) / (high - low))))
      let frequency = rotary.frequencies[index]
      rotary.frequencies[index] = frequency / Float(factor) * (1 - kept) + frequency * kept
    }
    rotary.length = Float(yarnLength(factor))
  }

  private func yarnLength(_ factor: Double) -> Double {
    if parameters.has("attention_factor") { return parameters.positive("attention_factor") }
    func length(_ weight: Double) -> Double { factor <= 1 ? 1 : 0.1 * weight * log(factor) + 1 }
    let (one, all) = (
      parameters.number("mscale", default: 0), parameters.number("mscale_all_dim", default: 0)
    )
    return one > 0 && all > 0 ? length(one) / length(all) : length(1)
  }

  /// LongRoPE: each pair has a factor for short texts and one for long ones.
  func long(_ rotary: inout Rotary) {
    let oldLength = oldLength
    let pairs = rotary.frequencies.count
    func stretched(_ key: String) -> [Float] {
      zip(parameters.positives(key, count: pairs), rotary.frequencies).map { $1 / $0 }
    }
    rotary.far = (Int(min(oldLength, 1e9)), stretched("long_factor"))
    rotary.frequencies = stretched("short_factor")
    let factor = parameters.has("factor") ? factor : Double(config.maxLength ?? 0) / oldLength
    let usual = factor <= 1 ? 1 : (1 + log(factor) / log(oldLength)).squareRoot()
    rotary.length = Float(parameters.positive("attention_factor", default: usual))
  }
}
