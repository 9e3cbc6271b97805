import Dispatch
import Glibc
import Synchronization
public import Values

/// An aggregated value with its standard error.
public struct Aggregated: Sendable {
  /// A number; from a function of a task's author also a mapping of numbers.
  public let value: Value
  /// Nil for one item, no iterations, or an aggregation without a method.
  public let standardError: Double?

  public init(
    _ items: [Value], by aggregation: any Aggregation, metricName: String, bootstrapIterations: Int
  ) throws(MetricError) {
    let prepared = try aggregation.prepare(items)
    value = try prepared.given()
    standardError = Metrics.standardError(
      of: items, prepared, aggregation.standardError, metricName, bootstrapIterations)
  }
}

/// The standard error of an aggregated value: nil for one item, no iterations, or an aggregation without a
/// method.
public func standardError(
  of items: [Value], _ aggregation: any Aggregation, metricName: String, bootstrapIterations: Int
) -> Double? {
  guard let prepared = try? aggregation.prepare(items) else { return nil }
  return standardError(of: items, prepared, aggregation.standardError, metricName, bootstrapIterations)
}

/// Bootstrap draws from generators seeded 0, 1, 2…, a thousand replicates each, so a rest below a full
/// thousand is dropped.
///
/// That is how the harness does it, and with the same seeds the numbers are the same.
private func standardError(
  of items: [Value], _ prepared: any PreparedItems, _ method: ErrorMethod, _ metricName: String,
  _ bootstrapIterations: Int
) -> Double? {
  guard items.count > 1, bootstrapIterations > 0 else { return nil }
  switch method {
  case .none: return nil
  case .closedForm:
    guard let numbers = try? numbers(items) else { return nil }
    return sampleDeviation(numbers) / Double(numbers.count).squareRoot()
  case .bootstrap:
    let iterations = corpusMetrics.contains(metricName) ? min(bootstrapIterations, 100) : bootstrapIterations
    guard let replicates = replicates(of: prepared, iterations), replicates.count > 1 else { return nil }
    return sampleDeviation(replicates)
  }
}

/// Metrics whose aggregation is slow in the harness, so that fewer replicates must do there.
private let corpusMetrics: Set = ["bleu", "chrf", "chrf++", "ter"]

/// The deviation of a sample, with one less than the count below.
func sampleDeviation(_ numbers: [Double]) -> Double {
  let middle = mean(numbers)
  return (sum(numbers.lazy.map { pow($0 - middle, 2) }) / Double(numbers.count - 1)).squareRoot()
}

/// The aggregated value of each sample drawn from the items, with replacement; nil if it has none.
private func replicates(of items: any PreparedItems, _ iterations: Int) -> [Double]? {
  let size = min(1000, iterations)
  let count = iterations / size
  let chunks = Mutex([[Double]?](repeating: nil, count: count))
  let run: @Sendable (Int) -> Void = { seed in
    var random = PythonRandom(seed: seed)
    var values: [Double] = []
    values.reserveCapacity(size)
    var places = [Int](repeating: 0, count: items.count)
    for _ in 0..<size {
      random.choose(of: items.count, into: &places)
      guard let value = try? items.value(at: places) else { return }
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
