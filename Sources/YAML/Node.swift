public import Diagnostics
public import Values

/// A piece of a YAML tree, with the place of every key and value kept.
public struct Node: Sendable {
  public enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
  }

  /// A key and its value; an object, because includes hand the same entries on to thousands of tasks.
  public final class Entry: Sendable {
    public let key: Located<String>
    /// The key as YAML resolves it: `1:` is a number.
    public let keyValue: Value
    public let value: Node

    public init(key: Located<String>, keyValue: Value, value: Node) {
      self.key = key
      self.keyValue = keyValue
      self.value = value
    }
  }

  public var content: Content
  public var span: SourceSpan
  /// A tag that YAML itself does not know, such as `!function`.
  public var tag: Located<String>?

  public init(_ content: Content, at span: SourceSpan, tag: Located<String>? = nil) {
    self.content = content
    self.span = span
    self.tag = tag
  }
}

/// A scalar: its text and place, and the value it stands for.
public struct Scalar: Sendable {
  public enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

  public let text: EmbeddedText
  public let style: Style
  /// What YAML 1.1 makes of it: quoted and block scalars are texts, plain ones may be numbers, booleans or null.
  public let value: Value

  public init(_ text: EmbeddedText, style: Style, value: Value) {
    self.text = text
    self.style = style
    self.value = value
  }
}

extension Node {
  public var scalar: Scalar? { if case .scalar(let it) = content { it } else { nil } }
  public var items: [Node]? { if case .sequence(let it) = content { it } else { nil } }
  public var entries: [Entry]? { if case .mapping(let it) = content { it } else { nil } }

  /// The value of a key in a mapping.
  public subscript(_ key: String) -> Node? { entry(key)?.value }

  public func entry(_ key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    for entry in entries where sameBytes(entry.key.value, key) { return entry }
    return nil
  }

  /// The tree without its places; a tagged scalar is its text.
  public var value: Value {
    switch content {
    case .scalar(let it): tag == nil ? it.value : .string(it.text.text)
    case .sequence(let it): .list(it.map(\.value))
    case .mapping(let it): .map(OrderedMap(it.map { ($0.keyValue, $0.value.value) }))
    }
  }

  /// The text, if it is a text and not a number, boolean or null.
  public var text: EmbeddedText? {
    guard let scalar, case .string = scalar.value else { return nil }
    return scalar.text
  }

  public var isNull: Bool { scalar?.value.isNull ?? false }

  /// What it is, in words for a message: "a number", "a list".
  public var kind: String {
    if let tag { return "a `\(tag.value)`" }
    return switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let it):
      switch it.value {
      case .null: "nothing (null)"
      case .bool: "a boolean"
      case .int, .double: "a number"
      default: "text"
      }
    }
  }
}

extension [Node.Entry] {
  /// So many comparisons of keys cost less than an index of them.
  private static let fewPairs = 1_000

  /// Later keys win, in the place of the first, as Python's `dict.update` does.
  public func overlaid(with others: [Node.Entry]) -> [Node.Entry] {
    var result = self
    if Swift.max(count, others.count) * others.count <= Self.fewPairs {
      for entry in others {
        if let place = result.firstIndex(where: { $0.keyValue == entry.keyValue }) {
          result[place] = entry
        } else {
          result.append(entry)
        }
      }
      return result
    }
    var places: [Value: Int] = [:]
    for (index, entry) in result.enumerated() { places[entry.keyValue] = index }
    for entry in others {
      if let place = places[entry.keyValue] {
        result[place] = entry
      } else {
        places[entry.keyValue] = result.count
        result.append(entry)
      }
    }
    return result
  }
}
