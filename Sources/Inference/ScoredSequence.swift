/// Tokens to read, and the tokens whose likelihood is asked at the last of them.
struct ScoredSequence: Sendable {
  /// What the model reads.
  let input: [Int32]
  /// What should come after each of the last `targets.count` inputs.
  let targets: [Int32]

  init(input: [Int32], targets: [Int32]) {
    precondition(!targets.isEmpty && targets.count <= input.count, "a target for each of the last inputs")
    self.input = input
    self.targets = targets
  }

  /// Reads as much of context and continuation as fits, cut from the left; the last token is only asked for.
  init(context: [Int32], continuation: [Int32], maxLength: Int) {
    self.init(
      input: Array((context + continuation).suffix(maxLength + 1).dropLast()), targets: continuation)
  }

  /// The same, in the memory of another where that reads the same tokens, as the choices of a question mostly do.
  func sharing(_ other: ScoredSequence?) -> ScoredSequence {
    guard let other, other.input == input else { return self }
    return ScoredSequence(input: other.input, targets: targets)
  }

  /// The first input after which something is asked.
  var firstAsked: Int { input.count - targets.count }
}

/// How likely the targets of a sequence are.
struct Score: Sendable, Hashable {
  var logProbability = 0.0
  /// Whether each target was the likeliest token at its place.
  var isGreedy = true
}

/// How many tokens two sequences have in common at their start.
func commonPrefix(_ a: some RandomAccessCollection<Int32>, _ b: some RandomAccessCollection<Int32>) -> Int {
  var count = 0
  for (x, y) in zip(a, b) {
    if x != y { break }
    count += 1
  }
  return count
}
