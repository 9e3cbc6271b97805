import Diagnostics
import Templates
import Values
import YAML

/// What a step sets a column to: a value as it is, or one with templates in it.
indirect enum StepValue: Sendable {
  case constant(Value)
  case template(ValueTemplate)
  case list([StepValue])
  case map([(key: Value, value: StepValue)])

  init?(_ node: Node, _ findings: inout Findings) {
    if let tag = node.tag {
      findings.add(
        .error(
          "unknown-tag", "`\(tag.value)` cannot stand here", at: tag.span, help: "write a template or a value"
        ))
      return nil
    }
    if let text = node.text {
      guard let template = ValueTemplate(text, &findings) else { return nil }
      let constant = template.template.isConstant ? try? template.template.render([:]) : nil
      self = constant.map { .constant(.string($0)) } ?? .template(template)
    } else if let items = node.items {
      let values = items.map { StepValue($0, &findings) }
      guard !values.contains(where: { $0 == nil }) else { return nil }
      self = Self.list(values.compactMap(\.self)).folded
    } else if let entries = node.entries {
      var values: [(key: Value, value: StepValue)] = []
      for entry in entries {
        guard let value = StepValue(entry.value, &findings) else { return nil }
        values.append((entry.keyValue, value))
      }
      self = Self.map(values).folded
    } else {
      self = .constant(node.value)
    }
  }

  func value(of row: OrderedMap) throws(TemplateError) -> Value {
    switch self {
    case .constant(let value): return value
    case .template(let template): return try template.value(of: row)
    case .list(let parts):
      var values: [Value] = []
      for part in parts { values.append(try part.value(of: row)) }
      return .list(values)
    case .map(let parts):
      var map = OrderedMap()
      for part in parts { map[part.key] = try part.value.value(of: row) }
      return .map(map)
    }
  }

  /// The templates in it.
  var templates: [ValueTemplate] {
    switch self {
    case .constant: []
    case .template(let template): [template]
    case .list(let parts): parts.flatMap(\.templates)
    case .map(let parts): parts.flatMap(\.value.templates)
    }
  }

  /// Itself as a constant where there is no template in it.
  private var folded: StepValue {
    guard templates.isEmpty, let value = try? value(of: [:]) else { return self }
    return .constant(value)
  }
}
