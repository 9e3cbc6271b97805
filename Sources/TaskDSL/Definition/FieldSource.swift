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

  /// A question, which is one text or the number of a choice.
  static var question: Self {
    Shape("text, number or function", .either([.text, .integer, .function])) { node, findings in
      let field = node.tag != nil || node.text != nil ? Shape.field.read(node, &findings) : nil
      if let field { return field }
      if case .int(let number)? = node.scalar?.value { return .number(number, node.span) }
      if node.tag == nil {
        findings.add(.wrongType(node, expected: "a column's name, a template or a whole number"))
      }
      return nil
    }
  }

  /// An answer, or several right ones.
  static var answer: Self {
    Shape("text, number, list or function", .either([.text, .integer, .list(.anything), .function])) {
      node, findings in
      if node.tag == nil, node.entries != nil {
        findings.add(.wrongType(node, expected: "a column's name, a template, a whole number or a list"))
        return nil
      }
      return Shape.field.read(node, &findings)
    }
  }

  /// Choices; those that are written out are texts.
  static var choices: Self {
    Shape(
      "text, list, mapping or function",
      .either([.text, .list(.text), .mapping([], others: .text), .function])
    ) { node, findings in
      guard node.tag == nil else { return Shape.field.read(node, &findings) }
      if case .int? = node.scalar?.value {
        findings.add(.wrongType(node, expected: "a list of texts, a column's name or a template"))
        return nil
      }
      for choice in node.items ?? node.entries?.map(\.value) ?? [] where choice.plainChoice == nil {
        findings.add(
          .error(
            "wrong-type", "a choice is text, found \(choice.kind)", at: choice.span,
            help: choice.scalar == nil ? "write each choice as one text" : "put it in quotes"))
      }
      return Shape.field.read(node, &findings)
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

extension Node {
  fileprivate var plainChoice: EmbeddedText? { tag == nil ? text : nil }
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
