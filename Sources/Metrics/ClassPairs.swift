import Values

/// Pairs of the right class and the given one, by numbers instead of names.
struct ClassPairs: Sendable {
  private(set) var classes: [Value] = []
  private(set) var golds: [Int] = []
  private(set) var given: [Int] = []

  init(_ items: [Value]) throws(MetricError) {
    var places: [Value: Int] = [:]
    for item in items {
      let (gold, answer) = try pair(item)
      golds.append(try place(of: gold, &places))
      given.append(try place(of: answer, &places))
    }
  }

  private mutating func place(of name: Value, _ places: inout [Value: Int]) throws(MetricError) -> Int {
    if let place = places[name] { return place }
    switch name {
    case .int, .bool, .double, .string: break
    default: throw MetricError("expected a class, found \(name.repr.prefix(60))")
    }
    classes.append(name)
    places[name] = classes.count - 1
    return classes.count - 1
  }
}
