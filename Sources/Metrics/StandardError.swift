import Dispatch
import Glibc
import Synchronization
public import Values

/// The standard error of an aggregated value: nil for one item, no iterations, or an aggregation without a
/// method.
///
/// Bootstrap draws from generators seeded 0, 1, 2…, a thousand replicates each, so a rest below a full
/// thousand is dropped. That is how the harness does it, and with the same seeds the numbers are the same.
public func standardError(
  of items: [Value], _ aggregation: any Aggregation, metricName: String, bootstrapIterations: Int
) -> Double? {
  guard items.count > 1, bootstrapIterations > 0 else { return nil }
  switch aggregation.standardError {
  case .none: return nil
  case .closedForm:
    guard let numbers = try? numbers(items) else { return nil }
    return sampleDeviation(numbers) / Double(numbers.count).squareRoot()
  case .bootstrap:
    let iterations = corpusMetrics.contains(metricName) ? min(bootstrapIterations, 100) : bootstrapIterations
    guard let replicates = replicates(of: items, aggregation, iterations), replicates.count > 1 else {
      return nil
    }
    return sampleDeviation(replicates)
  }
}

/// Metrics whose aggregation is slow, so that fewer replicates must do.
private let corpusMetrics: Set = ["bleu", "chrf", "chrf++", "ter"]

/// The deviation of a sample, with one less than the count below.
func sampleDeviation(_ numbers: [Double]) -> Double {
  let middle = mean(numbers)
  return (sum(numbers.lazy.map { pow($0 - middle, 2) }) / Double(numbers.count - 1)).squareRoot()
}

/// The aggregated value of each sample drawn from the items, with replacement; nil if it has none.
private func replicates(of items: [Value], _ aggregation: any Aggregation, _ iterations: Int) -> [Double]? {
  let size = min(1000, iterations)
  let count = iterations / size
  let evaluate = evaluation(of: items, aggregation)
  let chunks = Mutex([[Double]?](repeating: nil, count: count))
  let run: @Sendable (Int) -> Void = { seed in
    var random = PythonRandom(seed: seed)
    var values: [Double] = []
    values.reserveCapacity(size)
    for _ in 0..<size {
      guard let value = evaluate(random.choices(of: items.count, items.count)) else { return }
      values.append(value)
    }
    chunks.withLock { $0[seed] = values }
  }
  // Each chunk has a generator of its own, so their order does not matter; small work is not worth the
  // threads.
  if iterations * items.count > 100_000 {
    DispatchQueue.concurrentPerform(iterations: count, execute: run)
  } else {
    for seed in 0..<count { run(seed) }
  }
  let all = chunks.withLock { $0 }
  return all.contains { $0 == nil } ? nil : all.flatMap { $0 ?? [] }
}

/// The value over the items at some places; numbers are taken out of their boxes once.
private func evaluation(
  of items: [Value], _ aggregation: any Aggregation
) -> @Sendable ([Int]) -> Double? {
  if let simple = aggregation as? any NumberAggregation, let numbers = try? numbers(items) {
    return { places in simple.aggregate(places.map { numbers[$0] }) }
  }
  return { places in try? aggregation.aggregate(places.map { items[$0] }) }
}
