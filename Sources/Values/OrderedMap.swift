/// A mapping that keeps the order in which its keys came, as Python's `dict` does.
///
/// Rows and options are small, so keys are searched one by one; from nine keys on an index is kept.
public struct OrderedMap: Sendable {
  public private(set) var keys: [Value] = []
  public private(set) var values: [Value] = []
  private var places: [Value: Int] = [:]

  private static let smallest = 9

  public init() {}

  /// Later pairs with the same key win, in the place of the first.
  public init(_ pairs: some Sequence<(Value, Value)>) {
    for (key, value) in pairs { self[key] = value }
  }

  public var count: Int { keys.count }
  public var isEmpty: Bool { keys.isEmpty }

  public subscript(_ key: Value) -> Value? {
    get { place(of: key).map { values[$0] } }
    set {
      guard let newValue else { return remove(key) }
      if let place = place(of: key) {
        values[place] = newValue
      } else {
        keys.append(key)
        values.append(newValue)
        if keys.count > Self.smallest {
          places[key] = keys.count - 1
        } else if keys.count == Self.smallest {
          reindex()
        }
      }
    }
  }

  public subscript(_ key: String) -> Value? {
    get {
      guard keys.count < Self.smallest else { return self[.string(key)] }
      for index in keys.indices {
        if case .string(let it) = keys[index], sameBytes(it, key) { return values[index] }
      }
      return nil
    }
    set { self[.string(key)] = newValue }
  }

  private func place(of key: Value) -> Int? {
    keys.count < Self.smallest ? keys.firstIndex(of: key) : places[key]
  }

  private mutating func remove(_ key: Value) {
    guard let place = place(of: key) else { return }
    keys.remove(at: place)
    values.remove(at: place)
    reindex()
  }

  private mutating func reindex() {
    places = [:]
    if keys.count >= Self.smallest { for (index, key) in keys.enumerated() { places[key] = index } }
  }

  /// The same keys with other values, in step; the rows of a table share their keys so.
  public func withValues(_ values: [Value]) -> OrderedMap {
    precondition(values.count == keys.count, "every key has one value")
    var copy = self
    copy.values = values
    return copy
  }

  /// Lays another mapping over this one, as `dict.update` does.
  public mutating func update(with other: OrderedMap) {
    for (key, value) in other { self[key] = value }
  }
}

extension OrderedMap: Sequence {
  public func makeIterator() -> Zip2Sequence<[Value], [Value]>.Iterator { zip(keys, values).makeIterator() }
}

extension OrderedMap: Equatable {
  /// The same keys with the same values, in any order.
  public static func == (a: OrderedMap, b: OrderedMap) -> Bool {
    a.count == b.count && a.allSatisfy { b[$0] == $1 }
  }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (Value, Value)...) { self.init(elements) }
}
