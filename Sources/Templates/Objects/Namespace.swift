import Synchronization
import Values

/// Jinja's `namespace`: attributes that a loop may set and the outside still sees.
final class NamespaceObject: ValueObject {
  private let attributes: Mutex<OrderedMap>
  init(_ attributes: OrderedMap) { self.attributes = Mutex(attributes) }

  var typeName: String { "Namespace" }
  var text: String { "<Namespace \(Value.map(all).repr)>" }
  var all: OrderedMap { attributes.withLock { $0 } }

  subscript(_ name: Value) -> Value? {
    get { attributes.withLock { $0[name] } }
    set { attributes.withLock { $0[name] = newValue } }
  }

  /// Takes a value out, so that it can be changed without being copied; the caller puts one back.
  func take(_ name: String) -> Value? {
    attributes.withLock { map in
      guard let value = map[name] else { return nil }
      map[name] = .null
      return value
    }
  }
}

/// Jinja's `cycler`.
final class CyclerObject: ValueObject {
  let items: [Value]
  private let position = Mutex(0)
  init(_ items: [Value]) { self.items = items }

  var typeName: String { "Cycler" }
  var text: String { "<jinja2.utils.Cycler object at 0x7f0000000000>" }
  var current: Value { items[position.withLock { $0 }] }

  func next() -> Value {
    items[
      position.withLock { position in
        defer { position = (position + 1) % items.count }
        return position
      }]
  }

  func reset() { position.withLock { $0 = 0 } }
}

/// Jinja's `joiner`: nothing when first called, its separator from then on.
final class JoinerObject: ValueObject {
  let separator: Value
  private let isUsed = Mutex(false)
  init(_ separator: Value) { self.separator = separator }

  var typeName: String { "Joiner" }
  var text: String { "<jinja2.utils.Joiner object at 0x7f0000000000>" }

  func next() -> Value {
    isUsed.withLock { used in
      defer { used = true }
      return used ? separator : ""
    }
  }
}
