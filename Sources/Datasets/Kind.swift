import Values

/// What a column holds, as the `datasets` library (5.2, over Arrow) infers it from JSON.
indirect enum Kind: Equatable {
  case null, bool, int, double
  /// Texts; Arrow takes a column in which every text is a point in time for times.
  case text(isTimes: Bool)
  case list(Kind)
  case record(keys: [String], kinds: [Kind])
  /// Values that no one type holds; the library then keeps each as it was written.
  case mixed
}

/// How a column's kind is found.
struct Inference {
  /// False for a mirror, which stands for data whose types the hub declares: texts there stay texts.
  var readsTimes = true
  /// How records inside a column that differ in their keys are read: kept as they are, or filled up with null.
  ///
  /// The library looks for such records only where every line is one JSON text.
  var keepsUnlikeRecords = true

  /// Whether any value must be changed to fit its column.
  private(set) var isWorkNeeded = false

  init(readsTimes: Bool, keepsUnlikeRecords: Bool) {
    self.readsTimes = readsTimes
    self.keepsUnlikeRecords = keepsUnlikeRecords
  }

  mutating func widen(_ kind: inout Kind, by value: Value) {
    switch (kind, value) {
    case (_, .null), (.mixed, _), (.bool, .bool), (.int, .int), (.double, .double),
      (.text(isTimes: false), .string):
      return
    case (.null, _): kind = self.kind(of: value)
    case (.int, .double), (.double, .int):
      kind = .double
      isWorkNeeded = true
    case (.text, .string(let text)): if timestamp(text) == nil { kind = .text(isTimes: false) }
    case (.list(var element), .list(let items)):
      kind = .null
      for item in items { widen(&element, by: item) }
      kind = .list(element)
    case (.record(let keys, let kinds), .map(let map)):
      kind = .null
      kind = widened(keys, kinds, by: map)
    default:
      kind = .mixed
      isWorkNeeded = true
    }
  }

  private mutating func kind(of value: Value) -> Kind {
    switch value {
    case .bool: return .bool
    case .int: return .int
    case .double: return .double
    case .string(let text):
      let isTimes = readsTimes && timestamp(text) != nil
      if isTimes { isWorkNeeded = true }
      return .text(isTimes: isTimes)
    case .list(let items):
      var element = Kind.null
      for item in items { widen(&element, by: item) }
      return .list(element)
    case .map(let map):
      if map.isEmpty, keepsUnlikeRecords { return .mixed }
      return .record(
        keys: map.keys.map(\.text),
        kinds: map.values.map { value in
          var kind = Kind.null
          widen(&kind, by: value)
          return kind
        })
    case .null, .tuple, .object: return .null
    }
  }

  private mutating func widened(_ keys: [String], _ kinds: [Kind], by map: OrderedMap) -> Kind {
    var (keys, kinds) = (keys, kinds)
    let isAlike = map.count == keys.count && keys.allSatisfy { map[$0] != nil }
    if !isAlike, keepsUnlikeRecords {
      isWorkNeeded = true
      return .mixed
    }
    for (index, (key, value)) in map.enumerated() {
      if index < keys.count, sameBytes(keys[index], key.text) {
        widen(&kinds[index], by: value)
        continue
      }
      isWorkNeeded = true
      if let place = keys.firstIndex(where: { sameBytes($0, key.text) }) {
        widen(&kinds[place], by: value)
      } else {
        keys.append(key.text)
        kinds.append(.null)
        widen(&kinds[keys.count - 1], by: value)
      }
    }
    if !isAlike { isWorkNeeded = true }
    return .record(keys: keys, kinds: kinds)
  }
}

extension Kind {
  /// A value of the column as the library gives it.
  func fit(_ value: Value, readsTimes: Bool) -> Value {
    switch (self, value) {
    case (.double, .int(let number)): return .double(Double(number))
    case (.text(isTimes: true), .string(let text)): return timestamp(text).map { .object($0) } ?? value
    case (.list(let element), .list(let items)):
      return .list(items.map { element.fit($0, readsTimes: readsTimes) })
    case (.record(let keys, let kinds), .map(let map)):
      return .map(
        OrderedMap(
          zip(keys, kinds).map { key, kind in
            (.string(key), kind.fit(map[key] ?? .null, readsTimes: readsTimes))
          }))
    case (.mixed, .string(let text)) where readsTimes:
      // The library stores such a column as JSON texts and takes a text that is JSON already for stored JSON.
      return (try? Value(json: text)) ?? value
    default: return value
    }
  }

  /// Whether two columns of this name can be one.
  func isLike(_ other: Kind) -> Bool {
    switch (self, other) {
    case (.null, _), (_, .null), (.mixed, _), (_, .mixed): true
    case (.bool, .bool), (.int, .int), (.double, .double), (.text, .text), (.list, .list), (.record, .record):
      true
    default: false
    }
  }

  /// What it is, in words for a message.
  var words: String {
    switch self {
    case .null: "nothing"
    case .bool: "booleans"
    case .int: "whole numbers"
    case .double: "numbers with a point"
    case .text: "texts"
    case .list: "lists"
    case .record: "objects"
    case .mixed: "values of several kinds"
    }
  }
}
