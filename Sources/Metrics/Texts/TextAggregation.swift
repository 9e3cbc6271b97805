import Dispatch
import Synchronization
import Values

/// An aggregation of pairs of right texts and a written one.
///
/// The work on the texts is done once for each pair, and the value comes from sums.
protocol TextAggregation: SumAggregation {
  /// What a written text adds to the sums beside the right ones, of which there is at least one.
  func summands(of text: String, beside references: [String]) -> [Double]
}

extension TextAggregation {
  static var itemKind: ItemKind { .pair }
  var standardError: ErrorMethod { .bootstrap }

  func summands(of item: Value) throws(MetricError) -> [Double] {
    let pair = try TextPair(item)
    return summands(of: pair.text, beside: pair.references)
  }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    var pairs: [TextPair] = []
    pairs.reserveCapacity(items.count)
    for item in items { pairs.append(try TextPair(item)) }
    let counts = Set(pairs.map(\.references.count))
    guard counts.count < 2 else {
      throw MetricError(
        "the documents have different numbers of right answers: \(counts.sorted())",
        help: "`\(Self.name)` needs the same number in all")
    }
    return PreparedSums(aggregation: self, count: items.count, summands: summands(of: pairs))
  }

  /// Those of all pairs, worked out side by side.
  private func summands(of pairs: [TextPair]) -> [Double] {
    let size = 64
    let chunks = Mutex([[Double]](repeating: [], count: (pairs.count + size - 1) / size))
    DispatchQueue.concurrentPerform(iterations: (pairs.count + size - 1) / size) { chunk in
      let own = pairs[chunk * size..<min(pairs.count, (chunk + 1) * size)]
      let done = own.flatMap { summands(of: $0.text, beside: $0.references) }
      chunks.withLock { $0[chunk] = done }
    }
    return chunks.withLock { $0.flatMap(\.self) }
  }
}

/// A written text and the right ones.
private struct TextPair: Sendable {
  let text: String
  let references: [String]

  init(_ item: Value) throws(MetricError) {
    let (right, written) = try pair(item)
    text = try Self.text(written.asList.flatMap { $0.count == 1 ? $0[0] : nil } ?? written)
    var references: [String] = []
    for reference in right.asList ?? [right] { references.append(try Self.text(reference)) }
    guard !references.isEmpty else { throw MetricError("there is no right answer to compare with") }
    self.references = references
  }

  private static func text(_ value: Value) throws(MetricError) -> String {
    if case .string(let text) = value { return text }
    throw MetricError(
      "expected a text, found \(value.repr.prefix(60))", help: "end the pipeline with `take_first`")
  }
}
