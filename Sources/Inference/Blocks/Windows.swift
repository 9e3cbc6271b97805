/// Which layers look through a window.
extension ModelConfig {
  /// A number above 0, or `null` for none.
  func optional(_ key: String, default absent: Double?) -> Double? {
    if isNull(key) { return nil }
    return has(key) ? positive(key) : absent
  }

  /// `sliding_window`; nil sees all.
  func window(default absent: Int?) -> Int? {
    if isNull("sliding_window") { return nil }
    return has("sliding_window") ? count("sliding_window") : absent
  }

  /// For each layer whether `layer_types` calls it sliding, or the family's rule where the file has no such list.
  func isSliding(otherwise rule: (Int) -> Bool) -> [Bool] {
    let layers = count("num_hidden_layers", atMost: Self.mostLayers)
    guard has("layer_types") else { return (0..<layers).map(rule) }
    let types = texts("layer_types")
    let known = ["full_attention", "sliding_attention"]
    guard types.count == layers, types.allSatisfy(known.contains) else {
      fault("layer_types", "should be a list of \(layers) times `full_attention` or `sliding_attention`")
      return Array(repeating: false, count: layers)
    }
    return types.map { $0 == "sliding_attention" }
  }

  /// The window of each layer.
  func windows(_ window: Int?, otherwise rule: (Int) -> Bool) -> [Int?] {
    isSliding(otherwise: rule).map { $0 ? window : nil }
  }

  /// Qwen's: where windows are used at all, from a layer on.
  func upperWindows() -> [Int?] {
    let isUsed = flag("use_sliding_window", default: false)
    let first = number("max_window_layers", default: 28)
    let window = isUsed ? window(default: 4096) : nil
    return windows(window) { Double($0) >= first }
  }
}
