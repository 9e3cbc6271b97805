import Synchronization
import Values

/// What a filter such as `map` gives: its elements can be taken once.
///
/// Python makes them one by one when they are asked for. Here they are made at once, but what goes wrong is
/// kept until they are asked for.
final class Generator: ValueObject {
  let typeName: String
  let text: String
  private let elements: Mutex<ArraySlice<Value>>
  private let trouble: TemplateError?

  init(name: String, _ fill: (inout [Value]) throws(TemplateError) -> Void) {
    var elements: [Value] = []
    var trouble: TemplateError?
    do { try fill(&elements) } catch { trouble = error }
    self.elements = Mutex(elements[...])
    self.trouble = trouble
    typeName = "generator"
    text = "<generator object \(name) at 0x7f0000000000>"
  }

  /// An iterator of Python's own, such as `list_reverseiterator`.
  init(_ elements: [Value], iterator: String) {
    self.elements = Mutex(elements[...])
    trouble = nil
    typeName = iterator
    text = "<\(iterator) object at 0x7f0000000000>"
  }

  /// All that is left, which then is gone.
  func takeAll() throws(TemplateError) -> [Value] {
    if let trouble { throw trouble }
    return elements.withLock { left in
      defer { left = [] }
      return Array(left)
    }
  }

  func takeFirst() throws(TemplateError) -> Value? {
    if let first = elements.withLock({ $0.popFirst() }) { return first }
    if let trouble { throw trouble }
    return nil
  }
}

/// Python's `range`.
final class RangeObject: ValueObject {
  let start: Int
  let stop: Int
  let step: Int
  let count: Int

  init(start: Int, stop: Int, step: Int) throws(TemplateError) {
    self.start = start
    self.stop = stop
    self.step = step
    let (distance, overflow) =
      step > 0 ? stop.subtractingReportingOverflow(start) : start.subtractingReportingOverflow(stop)
    guard !overflow, step != .min else { throw TemplateError(.arithmetic, "the range is too large") }
    count = distance <= 0 ? 0 : (distance - 1) / abs(step) + 1
  }

  var typeName: String { "range" }
  var text: String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }
  var isTruthy: Bool { count > 0 }

  func element(_ index: Int) -> Value { .int(start + index * step) }

  func elements() throws(TemplateError) -> [Value] {
    guard count <= Limits.elements else {
      throw TemplateError(
        .limit, "the range has \(count) elements, more than the \(Limits.elements) that a template may walk")
    }
    return (0..<count).map(element)
  }
}

/// What a dict's `keys`, `values` and `items` give.
final class ViewObject: ValueObject {
  let typeName: String
  let elements: [Value]

  init(_ typeName: String, _ elements: [Value]) {
    self.typeName = typeName
    self.elements = elements
  }

  var text: String { "\(typeName)(\(Value.list(elements).repr))" }
  var isTruthy: Bool { !elements.isEmpty }
}

/// One group of the filter `groupby`: a pair that also knows its parts by name.
final class GroupObject: ValueObject {
  let grouper: Value
  let list: Value

  init(_ grouper: Value, _ list: [Value]) {
    self.grouper = grouper
    self.list = .list(list)
  }

  var typeName: String { "_GroupTuple" }
  var text: String { Value.tuple([grouper, list]).repr }
}
