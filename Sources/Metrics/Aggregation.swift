public import Values

/// How the numbers of all documents become one.
public protocol Aggregation: Sendable {
  /// The name a task file uses.
  static var name: String { get }
  /// One sentence for the documentation.
  static var about: String { get }
  static var itemKind: ItemKind { get }

  var standardError: ErrorMethod { get }
  /// The value over all documents, in their order.
  func aggregate(_ items: [Value]) throws(MetricError) -> Double
}

/// How the standard error of an aggregated value is found.
public enum ErrorMethod: Sendable {
  /// The deviation of the items over the root of their number.
  case closedForm
  /// The deviation of the value over samples drawn from the items.
  case bootstrap
  /// It is not.
  case none
}

/// An aggregation of plain numbers.
public protocol NumberAggregation: Aggregation {
  func aggregate(_ numbers: [Double]) -> Double
}

extension NumberAggregation {
  public static var itemKind: ItemKind { .number }

  public func aggregate(_ items: [Value]) throws(MetricError) -> Double {
    guard !items.isEmpty else { throw MetricError("there is nothing to aggregate") }
    return aggregate(try numbers(items))
  }
}

/// The items as numbers; booleans count as 0 and 1.
func numbers(_ items: [Value]) throws(MetricError) -> [Double] {
  var numbers: [Double] = []
  numbers.reserveCapacity(items.count)
  for item in items {
    guard let number = item.asDouble else { throw MetricError("expected a number, found \(item.repr)") }
    numbers.append(number)
  }
  return numbers
}

/// The sum from left to right, as Python adds up.
func sum(_ numbers: some Sequence<Double>) -> Double {
  numbers.reduce(0, +)
}

/// The sum over the count.
func mean(_ numbers: [Double]) -> Double {
  sum(numbers) / Double(numbers.count)
}

/// Pairs of a log-probability and a weight: the sum of the first over the sum of the second.
func weightedMean(_ items: [Value]) throws(MetricError) -> Double {
  var total = 0.0
  var weight = 0.0
  for item in items {
    guard let pair = item.asList, pair.count == 2, let part = pair[0].asDouble, let share = pair[1].asDouble
    else { throw MetricError("expected a log-probability with its weight, found \(item.repr)") }
    total += part
    weight += share
  }
  guard weight != 0 else {
    throw MetricError("the texts have no words or bytes", help: "drop empty documents")
  }
  return total / weight
}
