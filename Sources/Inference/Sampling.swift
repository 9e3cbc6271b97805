import Exchange
import Glibc
import Values

/// How the next token is chosen from the scores of all.
struct Sampling: Sendable, Hashable {
  /// 0 takes the likeliest token.
  var temperature = 0.0
  /// How many of the likeliest tokens may be drawn; 0 is all of them.
  var topK = 0
  /// The likeliest tokens that together have this probability may be drawn.
  var topP = 1.0
  /// Above 1, tokens that were there already become less likely.
  var repetitionPenalty = 1.0

  /// Whether it is always the likeliest token.
  var isPlain: Bool { temperature == 0 && repetitionPenalty == 1 }

  /// Reads the options of a request over the model's own defaults.
  init(_ options: GenerationOptions, defaults: OrderedMap) {
    func number(_ key: String) -> Double? { options.values[key]?.asDouble ?? defaults[key]?.asDouble }
    repetitionPenalty = number("repetition_penalty") ?? 1
    guard options.isSampled else { return }
    temperature = options.temperature
    topK = Int(max(0, min(number("top_k") ?? 50, 1e9)))
    topP = number("top_p") ?? 1
  }

  /// The next token after `seen`.
  func next(_ logits: [Float], after seen: [Int32], _ random: inout PythonRandom) -> Int32 {
    var logits = logits
    if repetitionPenalty != 1 {
      let penalty = Float(repetitionPenalty)
      for token in Set(seen) where Int(token) < logits.count {
        logits[Int(token)] *= logits[Int(token)] < 0 ? penalty : 1 / penalty
      }
    }
    guard temperature > 0 else { return Int32(bestIndex(logits)) }
    return draw(logits, &random)
  }

  private func bestIndex(_ logits: [Float]) -> Int {
    var best = 0
    for index in logits.indices where logits[index] > logits[best] { best = index }
    return best
  }

  private func draw(_ logits: [Float], _ random: inout PythonRandom) -> Int32 {
    var candidates = logits.indices.map { (token: $0, score: Double(logits[$0]) / temperature) }
    candidates.sort { ($0.score, $1.token) > ($1.score, $0.token) }
    if topK > 0 { candidates = Array(candidates.prefix(topK)) }
    let top = candidates[0].score
    var weights = candidates.map { exp($0.score - top) }
    if topP < 1 {
      let limit = weights.reduce(0, +) * topP
      var sum = 0.0
      // The token that crosses the limit still belongs to the nucleus.
      let kept = weights.prefix { weight in
        defer { sum += weight }
        return sum < limit
      }
      weights = Array(kept.isEmpty ? weights[..<1] : kept)
    }
    var left = random.random() * weights.reduce(0, +)
    for (place, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return Int32(candidates[place].token) }
    }
    return Int32(candidates[weights.count - 1].token)
  }
}
