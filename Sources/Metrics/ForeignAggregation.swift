public import Exchange
public import Values

/// An aggregation that a task's author wrote in Python; it has no standard error, as in the harness.
public struct ForeignAggregation: Aggregation {
  public static let name = "!function"
  public static let about = "A Python function of the task's author."
  /// Of no account: it takes whatever the metric gives.
  public static let itemKind = ItemKind.number

  private let function: ForeignFunction

  public init(_ function: ForeignFunction) { self.function = function }

  public var standardError: ErrorMethod { .none }

  public func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    ForeignItems(function: function, items: items)
  }
}

private struct ForeignItems: PreparedItems {
  let function: ForeignFunction
  let items: [Value]

  var count: Int { items.count }

  func value(at places: [Int]) throws(MetricError) -> Double {
    let value = try given(at: places)
    guard let number = value.asDouble else {
      throw MetricError("`\(function.reference.name)` gave \(value.repr.prefix(60)), which is no number")
    }
    return number
  }

  /// What the function gave: a number, or a mapping of numbers, say one for each length of prompt.
  func given() throws(MetricError) -> Value {
    let value = try given(at: Array(items.indices))
    guard value.isScore else {
      throw MetricError(
        "`\(function.reference.name)` gave \(value.repr.prefix(60)), which is no number and no mapping of numbers"
      )
    }
    return value
  }

  private func given(at places: [Int]) throws(MetricError) -> Value {
    do throws(ForeignError) {
      return try function([.list(places.map { items[$0] })])
    } catch {
      throw MetricError(error)
    }
  }
}
