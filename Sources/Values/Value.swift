import Glibc

/// A value as task files, rows, templates and answers know it, with Python's meaning of equality and truth.
public enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list([Value])
  case tuple([Value])
  case map(OrderedMap)
  /// A thing with behaviour that only its maker knows, such as a template's macro.
  case object(any ValueObject)
}

/// A value of another module's making; equal only to itself unless it says otherwise.
public protocol ValueObject: AnyObject, Sendable {
  /// What Python's `type(x).__name__` would say.
  var typeName: String { get }
  /// How it prints.
  var text: String { get }
  var isTruthy: Bool { get }
  /// How it prints inside a list.
  var repr: String { get }
  func isEqual(to other: any ValueObject) -> Bool
  func hash(into hasher: inout Hasher)
  /// Whether it comes before another; nil where the two have no order.
  func precedes(_ other: any ValueObject) -> Bool?
  func attribute(_ name: String) -> Value?
  /// Its methods with their parameters, of which those that end in `=` may be left out.
  var methods: [String: [String]] { get }
  /// What a method gives for its arguments in their places; nil where it does not take them.
  func call(_ method: String, _ arguments: [Value?]) -> Value?
}

extension ValueObject {
  public var isTruthy: Bool { true }
  public var repr: String { text }
  public func isEqual(to other: any ValueObject) -> Bool { self === other }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
  public func precedes(_ other: any ValueObject) -> Bool? { nil }
  public func attribute(_ name: String) -> Value? { nil }
  public var methods: [String: [String]] { [:] }
  public func call(_ method: String, _ arguments: [Value?]) -> Value? { nil }
}

extension Value {
  /// Python's truth: empty, zero, `None` and `False` are false.
  public var isTruthy: Bool {
    switch self {
    case .null: false
    case .bool(let it): it
    case .int(let it): it != 0
    case .double(let it): it != 0
    case .string(let it): !it.isEmpty
    case .list(let it), .tuple(let it): !it.isEmpty
    case .map(let it): !it.isEmpty
    case .object(let it): it.isTruthy
    }
  }

  /// What Python's `type(x).__name__` says.
  public var typeName: String {
    switch self {
    case .null: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .double: "float"
    case .string: "str"
    case .list: "list"
    case .tuple: "tuple"
    case .map: "dict"
    case .object(let it): it.typeName
    }
  }

  public var isNull: Bool { if case .null = self { true } else { false } }
  public var asString: String? { if case .string(let it) = self { it } else { nil } }
  public var asMap: OrderedMap? { if case .map(let it) = self { it } else { nil } }

  /// The integer it is; a bool counts as 0 or 1, as in Python.
  public var asInt: Int? {
    switch self {
    case .int(let it): it
    case .bool(let it): it ? 1 : 0
    default: nil
    }
  }

  /// The number it is, bools included.
  public var asDouble: Double? {
    switch self {
    case .double(let it): it
    case .int(let it): Double(it)
    case .bool(let it): it ? 1 : 0
    case .object(let it): (it as? BigInteger)?.number.double
    default: nil
    }
  }

  /// The elements of a list or tuple.
  public var asList: [Value]? {
    switch self {
    case .list(let it), .tuple(let it): it
    default: nil
    }
  }
}

extension Value: Hashable {
  /// Python's `==`: numbers by value whatever their type, texts by code points, a list never equals a tuple.
  public static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.string(let x), .string(let y)): sameBytes(x, y)
    case (.int(let x), .int(let y)): x == y
    case (.null, .null): true
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)): x == y
    case (.map(let x), .map(let y)): x == y
    case (.object(let x), .object(let y)): x.isEqual(to: y)
    case (.double(let x), .int(let y)), (.int(let y), .double(let x)): x == Double(y) && Int(exactly: x) == y
    case (.double(let x), .object(let it)), (.object(let it), .double(let x)):
      (it as? BigInteger).map { WholeNumber(x) == $0.number } ?? false
    case (.double(let x), _): b.asDouble.map { x == $0 } ?? false
    case (_, .double(let y)): a.asDouble.map { y == $0 } ?? false
    case (.bool, _), (.int, _): a.asInt != nil && a.asInt == b.asInt
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0 as UInt8)
    case .bool(let it): hasher.combine(it ? 1 : 0)
    case .int(let it): hasher.combine(it)
    case .double(let it):
      if let whole = Int(exactly: it) { hasher.combine(whole) } else { hasher.combine(it) }
    case .string(let it): hashBytes(of: it, into: &hasher)
    case .list(let it), .tuple(let it): hasher.combine(it)
    case .map(let it): hasher.combine(it.count)
    case .object(let it): it.hash(into: &hasher)
    }
  }
}

/// Whether two texts have the same code points; Swift's own `==` also equates composed and decomposed letters.
public func sameBytes(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
  a.utf8.elementsEqual(b.utf8)
}

/// The same for two whole texts, without looking at every byte in turn.
public func sameBytes(_ a: String, _ b: String) -> Bool {
  // Keys are looked for among others, nearly all of another length.
  guard a.utf8.count == b.utf8.count else { return false }
  let known = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in
      guard let first = a.baseAddress, let second = b.baseAddress else { return true }
      return memcmp(first, second, a.count) == 0
    }
  }
  return (known ?? nil) ?? a.utf8.elementsEqual(b.utf8)
}

/// Whether one text comes before the other by their bytes, which is the order of code points, and Python's.
public func bytesPrecede(_ a: String, _ b: String) -> Bool {
  let known = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in
      guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
      let order = memcmp(first, second, min(a.count, b.count))
      return order == 0 ? a.count < b.count : order < 0
    }
  }
  return (known ?? nil) ?? a.utf8.lexicographicallyPrecedes(b.utf8)
}

extension Sequence {
  /// The elements in the order of their texts' bytes.
  public func sortedByBytes(of text: (Element) -> String) -> [Element] {
    let all = Array(self)
    let texts = all.map(text)
    // Most texts differ in their first bytes, and numbers are quick to compare and to move.
    let order = texts.enumerated().map { (place: $0.offset, start: firstBytes(of: $0.element)) }.sorted {
      $0.start == $1.start ? bytesPrecede(texts[$0.place], texts[$1.place]) : $0.start < $1.start
    }
    return order.map { all[$0.place] }
  }
}

/// The first bytes of a text as a number of the same order; none count as zeros.
private func firstBytes(of text: String) -> UInt64 {
  var number: UInt64 = 0
  var shift: UInt64 = 64
  for byte in text.utf8.prefix(8) {
    shift -= 8
    number |= UInt64(byte) << shift
  }
  return number
}

/// Hashes a text by its bytes, in step with `sameBytes`.
public func hashBytes(of text: String, into hasher: inout Hasher) {
  let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
    hasher.combine(bytes: UnsafeRawBufferPointer($0))
  }
  if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
  hasher.combine(0xFF as UInt8)
}

/// A text as a key that is equal only to the same code points.
public struct ExactText: Hashable, Sendable {
  public let text: String
  public init(_ text: String) { self.text = text }
  public static func == (a: ExactText, b: ExactText) -> Bool { sameBytes(a.text, b.text) }
  public func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (Value, Value)...) { self = .map(OrderedMap(elements)) }
}
