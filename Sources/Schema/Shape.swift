public import Diagnostics
public import Values
public import YAML

/// How one scalar, list or mapping becomes a Swift value, and how documentation names it.
public struct Shape<Value: Sendable>: Sendable {
  public let summary: String
  /// The same for programs.
  public let form: Form
  public let read: @Sendable (Node, inout Findings) -> Value?

  public init(
    _ summary: String, _ form: Form = .anything, read: @escaping @Sendable (Node, inout Findings) -> Value?
  ) {
    self.summary = summary
    self.form = form
    self.read = read
  }

  /// The same text with a further step that may refuse it and say why.
  public func map<Other: Sendable>(
    _ summary: String? = nil, _ step: @escaping @Sendable (Value, Node, inout Findings) -> Other?
  ) -> Shape<Other> {
    Shape<Other>(summary ?? self.summary, form) { node, findings in
      read(node, &findings).flatMap { step($0, node, &findings) }
    }
  }
}

extension Shape where Value == String {
  /// A text; numbers and booleans are refused, since YAML has already changed how they are written.
  public static var string: Self { Shape<EmbeddedText>.text.map("text") { text, _, _ in text.text } }
}

extension Shape where Value == EmbeddedText {
  /// A text with its place, for languages inside YAML.
  public static var text: Self {
    Shape("text", .text) { node, findings in
      if let text = node.text, node.tag == nil { return text }
      findings.add(.wrongType(node, expected: "text"))
      return nil
    }
  }
}

extension Shape where Value == Int {
  public static var int: Self {
    Shape("whole number", .integer) { node, findings in
      if case .int(let number) = node.scalar?.value { return number }
      var finding = Diagnostic.wrongType(node, expected: "a whole number")
      if case .double(let number) = node.scalar?.value {
        finding.message = "expected a whole number, found \(number)"
      }
      findings.add(finding)
      return nil
    }
  }
}

extension Shape where Value == Double {
  public static var double: Self {
    Shape("number", .number) { node, findings in
      if let number = node.scalar?.value.asDouble, node.kind == "a number" { return number }
      findings.add(.wrongType(node, expected: "a number"))
      return nil
    }
  }
}

extension Shape where Value == Bool {
  /// A boolean; anything else counts by Python's truth, with a warning, because existing files rely on it.
  public static var bool: Self {
    Shape("true or false", .boolean) { node, findings in
      let value = node.value
      if case .bool(let it) = value { return it }
      findings.add(
        .warning(
          "not-a-boolean", "expected true or false, found \(node.kind); it counts as \(value.isTruthy)",
          at: node.span))
      return value.isTruthy
    }
  }
}

extension Shape where Value == Node {
  /// Whatever stands there, with its places.
  public static var node: Self { Shape("anything") { node, _ in node } }
}

extension Shape where Value == OrderedMap {
  /// A mapping without its places.
  public static var map: Self {
    Shape("mapping", .mapping([], others: .anything)) { node, findings in
      if case .map(let map) = node.value { return map }
      findings.add(.wrongType(node, expected: "a mapping"))
      return nil
    }
  }
}

extension Shape where Value == Values.Value {
  /// Whatever stands there, without its places.
  public static var value: Self { Shape<Node>.node.map { node, _, _ in node.value } }
}

extension Shape {
  /// A list of one shape.
  public static func list<Element: Sendable>(of element: Shape<Element>) -> Shape where Value == [Element] {
    Shape("list of \(element.summary)", .list(element.form)) { node, findings in
      guard let items = node.items else {
        findings.add(.wrongType(node, expected: "a list"))
        return nil
      }
      let read = items.map { element.read($0, &findings) }
      return read.contains { $0 == nil } ? nil : read.compactMap(\.self)
    }
  }

  /// A list, or one element standing for a list of one.
  public static func oneOrMore<Element: Sendable>(of element: Shape<Element>) -> Shape
  where Value == [Element] {
    Shape("\(element.summary), or a list of it", element.form.oneOrMore) { node, findings in
      if node.items != nil { return Shape.list(of: element).read(node, &findings) }
      return element.read(node, &findings).map { [$0] }
    }
  }
}

extension Shape where Value: CaseIterable & RawRepresentable<String> {
  /// One of a few names.
  public static var choice: Self {
    let names = Value.allCases.map(\.rawValue)
    let form = Form.name(names.map { Form.Name($0) }, isOpen: false)
    return Shape(names.map { "`\($0)`" }.joined(separator: " or "), form) { node, findings in
      guard let text = Shape<String>.string.read(node, &findings) else { return nil }
      if let choice = Value(rawValue: text) { return choice }
      let near = names.nearest(to: text)
      findings.add(
        .error(
          "unknown-choice", "`\(text)` is not one of \(names.joined(separator: ", "))", at: node.span,
          help: near.map { "did you mean `\($0)`?" }, fix: near.map { .replace(node.span, with: $0) }))
      return nil
    }
  }
}
