public import Values

/// How the numbers of all documents become one.
public protocol Aggregation: Sendable {
  /// The name a task file uses.
  static var name: String { get }
  /// One sentence for the documentation.
  static var about: String { get }
  static var itemKind: ItemKind { get }

  var standardError: ErrorMethod { get }
  /// Reads the items, and works out what each adds to the value, so that the values of many samples are quick.
  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems
}

/// Items that an aggregation has read.
public protocol PreparedItems: Sendable {
  var count: Int { get }
  /// The value over the items at these places, of which some may come twice.
  func value(at places: [Int]) throws(MetricError) -> Double
  /// What results show of all items: the value, unless a task's author gives something else than a number.
  func given() throws(MetricError) -> Value
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

extension Aggregation {
  /// The value over all documents, in their order.
  public func aggregate(_ items: [Value]) throws(MetricError) -> Double {
    try prepare(items).value()
  }
}

extension PreparedItems {
  /// The value over all items.
  public func value() throws(MetricError) -> Double {
    guard count > 0 else { throw MetricError("there is nothing to aggregate") }
    return try value(at: Array(0..<count))
  }

  public func given() throws(MetricError) -> Value { .double(try value()) }
}

// MARK: - Plain numbers

/// An aggregation of plain numbers.
public protocol NumberAggregation: Aggregation {
  func aggregate(_ numbers: [Double]) -> Double
}

extension NumberAggregation {
  public static var itemKind: ItemKind { .number }

  public func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    PreparedNumbers(aggregation: self, numbers: try numbers(items))
  }
}

private struct PreparedNumbers<Numbers: NumberAggregation>: PreparedItems {
  let aggregation: Numbers
  let numbers: [Double]

  var count: Int { numbers.count }
  func value(at places: [Int]) -> Double { aggregation.aggregate(places.map { numbers[$0] }) }
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
