import Synchronization
import Values

/// The `loop` of a loop's body.
final class LoopObject: ValueObject {
  let items: [Value]
  let isLenient: Bool
  let plan: Int32
  let depth: Int
  let isRecursive: Bool
  /// The slots its outer functions had, for calling a recursive loop again.
  let display: [Int]
  private let state = Mutex(State())

  private struct State {
    var index = 0
    var lastChanged: [Value]?
  }

  init(_ items: [Value], isLenient: Bool, plan: Int32, depth: Int, isRecursive: Bool, display: [Int]) {
    self.items = items
    self.isLenient = isLenient
    self.plan = plan
    self.depth = depth
    self.isRecursive = isRecursive
    self.display = display
  }

  var typeName: String { "LoopContext" }
  var text: String { "<LoopContext \(index + 1)/\(items.count)>" }

  var index: Int {
    get { state.withLock { $0.index } }
    set { state.withLock { $0.index = newValue } }
  }

  func attribute(_ name: String) -> Value? {
    let index = index
    return switch name {
    case "index": .int(index + 1)
    case "index0": .int(index)
    case "revindex": .int(items.count - index)
    case "revindex0": .int(items.count - index - 1)
    case "first": .bool(index == 0)
    case "last": .bool(index + 1 == items.count)
    case "length": .int(items.count)
    case "depth": .int(depth + 1)
    case "depth0": .int(depth)
    case "previtem":
      index > 0 ? items[index - 1] : undefined("there is no previous item")
    case "nextitem":
      index + 1 < items.count ? items[index + 1] : undefined("there is no next item")
    case "cycle", "changed": .object(MethodObject(.object(self), name))
    default: nil
    }
  }

  private func undefined(_ hint: String) -> Value { .object(Undefined(.hint(hint), isLenient: isLenient)) }

  func cycle(_ arguments: [Value]) throws(TemplateError) -> Value {
    guard !arguments.isEmpty else { throw TemplateError(.type, "no items for cycling given") }
    return arguments[index % arguments.count]
  }

  /// Whether the values differ from those of the call before.
  func changed(_ values: [Value]) -> Bool {
    state.withLock { state in
      defer { state.lastChanged = values }
      return state.lastChanged != values
    }
  }
}
