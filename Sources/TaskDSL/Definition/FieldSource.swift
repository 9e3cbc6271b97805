public import Diagnostics
import Schema
import Values
public import YAML

/// What a task writes for a prompt part: a column's name or template, a constant, a list, or a function.
public enum FieldSource: Sendable {
  case number(Int, SourceSpan)
  /// The name of a column, or a template; which of them shows when the columns are known.
  case text(EmbeddedText)
  case list([Node], SourceSpan)
  /// A mapping, of which the values count.
  case map([Node], SourceSpan)
  /// `!function module.name`.
  case function(Located<String>)

  public var span: SourceSpan {
    switch self {
    case .number(_, let span), .list(_, let span), .map(_, let span): span
    case .text(let text): text.span
    case .function(let name): name.span
    }
  }
}

/// A setting of the few-shot part: the task's own unless it says otherwise; null takes it away.
public enum Override<Value: Sendable>: Sendable {
  case inherited
  case none
  case value(Value)

  /// The setting in force where the task itself has `own`.
  func over(_ own: Value?) -> Value? {
    switch self {
    case .inherited: own
    case .none: nil
    case .value(let value): value
    }
  }
}

extension Shape where Value == FieldSource {
  static var field: Self {
    Shape(
      "text, number, list or function",
      .either([.text, .integer, .list(.anything), .mapping([], others: .anything), .function])
    ) { node, findings in
      if node.tag?.value == "!function" {
        return .function(Located(node.scalar?.text.text ?? "", at: node.span))
      }
      if let tag = node.tag {
        findings.add(
          .error("unknown-tag", "there is no tag `\(tag.value)`; `!function` is the only one", at: tag.span))
        return nil
      }
      if let text = node.text { return .text(text) }
      if let items = node.items { return .list(items, node.span) }
      if let entries = node.entries { return .map(entries.map(\.value), node.span) }
      if case .some(Values.Value.int(let number)) = node.scalar?.value { return .number(number, node.span) }
      findings.add(.wrongType(node, expected: "a column's name, a template, a whole number or a list"))
      return nil
    }
  }

  /// A value that only a function can be.
  static var function: Self {
    Shape("function", .function) { node, findings in
      if let field = Shape.field.read(node, &findings), case .function = field { return field }
      findings.add(.wrongType(node, expected: "`!function module.name`"))
      return nil
    }
  }
}

extension Shape {
  /// The same value where null and absence differ.
  static func overriding<Wrapped: Sendable>(_ shape: Shape<Wrapped>) -> Shape
  where Value == Override<Wrapped> {
    Shape(shape.summary, shape.form.orNull) { node, findings in
      if node.isNull { return Override<Wrapped>.none }
      return shape.read(node, &findings).map { .value($0) }
    }
  }
}
