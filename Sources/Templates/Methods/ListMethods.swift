import Values

/// The methods of Python's `list` and `tuple`.
enum ListMethods {
  static let names: Set<String> = [
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort",
  ]
  static let tupleNames: Set<String> = ["count", "index"]
  static let changing: Set<String> = [
    "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort",
  ]

  static func call(_ name: String, _ receiver: inout Value, _ given: TemplateArguments) throws(TemplateError)
    -> Value
  {
    switch name {
    case "index": return .int(try index(receiver.asList ?? [], receiver.typeName, given))
    case "count":
      let sought = try given.take("count", ["value"], required: 1, byPlaceOnly: true)[0] ?? .null
      var count = 0
      for item in receiver.asList ?? [] where try equal(item, sought) { count += 1 }
      return .int(count)
    case "copy": return receiver
    default: break
    }
    guard case .list(var items) = receiver else { return .null }
    // Nobody else may hold the array while it changes, or it is copied.
    receiver = .null
    defer { receiver = .list(items) }
    return try change(name, &items, given)
  }

  private static func index(_ items: [Value], _ type: String, _ given: TemplateArguments)
    throws(TemplateError) -> Int
  {
    let arguments = try given.take("index", ["value", "start", "stop"], required: 1, byPlaceOnly: true)
    let sought = arguments[0] ?? .null
    func bound(_ value: Value?, _ other: Int) throws(TemplateError) -> Int {
      guard let place = try value?.index() else { return other }
      return max(0, min(items.count, place < 0 ? items.count + max(place, -items.count) : place))
    }
    let start = try bound(arguments[1], 0)
    let stop = try bound(arguments[2], items.count)
    if start < stop { for place in start..<stop where try equal(items[place], sought) { return place } }
    throw TemplateError(
      .value, type == "list" ? "\(try sought.quoted()) is not in list" : "tuple.index(x): x not in tuple")
  }

  private static func change(_ name: String, _ items: inout [Value], _ given: TemplateArguments)
    throws(TemplateError) -> Value
  {
    switch name {
    case "append":
      guard given.rest.count == 1, given.named.isEmpty else {
        throw TemplateError(.type, "list.append() takes exactly one argument (\(given.rest.count) given)")
      }
      items.append(given.rest[0])
    case "extend":
      guard given.rest.count == 1 else {
        throw TemplateError(.type, "list.extend() takes exactly one argument (\(given.rest.count) given)")
      }
      items += try given.rest[0].elements()
      guard items.count <= Limits.elements else { throw Limits.tooLong }
    case "insert":
      guard given.rest.count == 2 else {
        throw TemplateError(.type, "insert expected 2 arguments, got \(given.rest.count)")
      }
      let place = try given.rest[0].index()
      items.insert(
        given.rest[1],
        at: max(0, min(items.count, place < 0 ? items.count + max(place, -items.count) : place)))
    case "pop": return try pop(&items, given)
    case "remove":
      let sought = try given.take("remove", ["value"], required: 1, byPlaceOnly: true)[0] ?? .null
      for place in items.indices where try equal(items[place], sought) {
        items.remove(at: place)
        return .null
      }
      throw TemplateError(.value, "list.remove(x): x not in list")
    case "reverse": items.reverse()
    case "clear": items = []
    default:
      if let key = given.named["key"], !key.isNull {
        throw TemplateError(
          .unsupported, "list.sort() with a key is not supported", help: "use the filter `sort`")
      }
      try sortInPlace(&items, descending: given.named["reverse"]?.isTruthy ?? false)
    }
    return .null
  }

  private static func pop(_ items: inout [Value], _ given: TemplateArguments) throws(TemplateError) -> Value {
    let place = try given.take("pop", ["index"], byPlaceOnly: true)[0]?.index() ?? -1
    guard !items.isEmpty else { throw TemplateError(.lookup, "pop from empty list") }
    let index = place < 0 ? items.count + max(place, -items.count - 1) : place
    guard items.indices.contains(index) else { throw TemplateError(.lookup, "pop index out of range") }
    return items.remove(at: index)
  }
}

extension Value {
  /// Its `repr`, within limits.
  func quoted() throws(TemplateError) -> String {
    var out = ""
    try writeRepr(to: &out, 0)
    return out
  }
}

/// Python's stable sort by `<`; with `keys`, by those.
func sortInPlace(_ items: inout [Value], keys: [Value]? = nil, descending: Bool) throws(TemplateError) {
  let keys = keys ?? items
  var order = Array(items.indices)
  try mergeSort(&order) { (a, b) throws(TemplateError) in
    descending ? try precedes(keys[b], keys[a]) : try precedes(keys[a], keys[b])
  }
  items = order.map { items[$0] }
}

/// The standard library's sort cannot throw a typed error, nor does it promise to be stable.
private func mergeSort(_ order: inout [Int], _ isBefore: (Int, Int) throws(TemplateError) -> Bool)
  throws(TemplateError)
{
  guard order.count > 1 else { return }
  var width = 1
  while width < order.count {
    var merged: [Int] = []
    merged.reserveCapacity(order.count)
    for start in stride(from: 0, to: order.count, by: width * 2) {
      let middle = min(start + width, order.count)
      let end = min(middle + width, order.count)
      var (left, right) = (start, middle)
      while left < middle, right < end {
        if try isBefore(order[right], order[left]) {
          merged.append(order[right])
          right += 1
        } else {
          merged.append(order[left])
          left += 1
        }
      }
      merged += order[left..<middle]
      merged += order[right..<end]
    }
    order = merged
    width *= 2
  }
}
