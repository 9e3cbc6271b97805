import Values

/// Filters that compare elements with one another.
let orderFilters: [Callable] = [
  Callable("sort", ["reverse=", "case_sensitive=", "attribute="], sorted),
  Callable("dictsort", ["case_sensitive=", "by=", "reverse="], dictSorted),
  Callable("unique", ["case_sensitive=", "attribute="], unique),
  Callable("min", ["case_sensitive=", "attribute="]) { (value, given) throws(TemplateError) in
    try extreme(value, given) { (new, best) throws(TemplateError) in try precedes(new, best) }
  },
  Callable("max", ["case_sensitive=", "attribute="]) { (value, given) throws(TemplateError) in
    try extreme(value, given) { (new, best) throws(TemplateError) in
      try precedes(best, new, .greater, swapped: true)
    }
  },
  Callable("groupby", ["attribute", "default=", "case_sensitive="], grouped),
]

private func sorted(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let caseCounts = given[1]?.isTruthy ?? false
  var paths = [AttributePath(given[2], given)]
  if let text = given[2]?.anyString {
    paths = text.split(separator: ",", omittingEmptySubsequences: false).map {
      AttributePath(.string(String($0)), given)
    }
  }
  var items = try value.elements()
  var keys: [Value] = []
  for item in items {
    var parts: [Value] = []
    for path in paths { parts.append(try path.key(in: item, caseCounts: caseCounts)) }
    keys.append(.list(parts))
  }
  try sortInPlace(&items, keys: keys, descending: try given[0]?.index() ?? 0 != 0)
  return .list(items)
}

private func dictSorted(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let by = try given[1]?.string() ?? "key"
  guard by == "key" || by == "value" else {
    throw TemplateError(.argument, "You can only sort by either \"key\" or \"value\"")
  }
  guard case .map(let map) = try value.defined() else {
    throw .noAttribute("items", of: value)
  }
  let caseCounts = given[0]?.isTruthy ?? false
  var pairs = map.map { Value.tuple([$0.0, $0.1]) }
  let keys = map.map { entry in
    let part = by == "key" ? entry.0 : entry.1
    return caseCounts ? part : part.caseIgnored
  }
  try sortInPlace(&pairs, keys: keys, descending: try given[2]?.index() ?? 0 != 0)
  return .list(pairs)
}

private func unique(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let path = AttributePath(given[1], given)
  let caseCounts = given[0]?.isTruthy ?? false
  return .object(
    Generator(name: "sync_do_unique") { (kept) throws(TemplateError) in
      var seen: Set<Value> = []
      for item in try value.elements() {
        let key = try path.key(in: item, caseCounts: caseCounts).hashable()
        if seen.insert(key).inserted { kept.append(item) }
      }
    })
}

private func extreme(
  _ value: Value, _ given: TemplateArguments, _ isBetter: (Value, Value) throws(TemplateError) -> Bool
) throws(TemplateError) -> Value {
  let path = AttributePath(given[1], given)
  let caseCounts = given[0]?.isTruthy ?? false
  let items = try value.elements()
  guard var best = items.first else {
    return given.undefined("No aggregated item, sequence was empty.")
  }
  var bestKey = try path.key(in: best, caseCounts: caseCounts)
  for item in items.dropFirst() {
    let key = try path.key(in: item, caseCounts: caseCounts)
    if try isBetter(key, bestKey) { (best, bestKey) = (item, key) }
  }
  return best
}

private func grouped(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let path = AttributePath(given[0], given, substitute: given[1])
  let caseCounts = given[2]?.isTruthy ?? false
  var items = try value.elements()
  var keys: [Value] = []
  for item in items { keys.append(try path.key(in: item, caseCounts: caseCounts)) }
  var order = items.indices.map { Value.int($0) }
  try sortInPlace(&order, keys: keys, descending: false)
  items = order.compactMap { $0.asInt.map { items[$0] } }
  keys = order.compactMap { $0.asInt.map { keys[$0] } }
  var groups: [Value] = []
  var start = 0
  for end in 1...max(1, items.count) where !items.isEmpty {
    if end < items.count, try equal(keys[end], keys[start]) { continue }
    let members = Array(items[start..<end])
    let name = caseCounts ? keys[start] : try path.value(in: members[0])
    groups.append(.object(GroupObject(name, members)))
    start = end
  }
  return .list(groups)
}
