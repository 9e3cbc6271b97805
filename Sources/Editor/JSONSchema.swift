public import Lint
import Metrics
import Schema
public import TaskDSL
public import Values

/// JSON Schemas of the files that people write, for editors that know no language server.
///
/// They are of draft 7, which every editor understands. What they can tell is form; what a task means, and whether its
/// names fit each other, only validation knows.
public enum JSONSchema {
  /// A file of a task, of a group, or one that others include.
  public static func task(_ parts: Parts = Parts()) -> Value {
    let form = TaskForm(parts)
    var writer = Writer()
    let group = writer.schema(of: .mapping(form.group, others: nil), isWhole: false)
    let task = writer.schema(of: .mapping(form.task, others: nil), isWhole: false)
    var top = heading(
      "A task file of Assay or lm-evaluation-harness", "A task, a group of tasks, or a base for others.")
    top["type"] = "object"
    top["if"] = ["required": ["group"]]
    top["then"] = group
    top["else"] = [
      // All other keys of such a file are the class's own.
      "if": ["required": ["class"]], "then": true,
      "else": ["allOf": [task, alone(parts)]],
    ]
    top["definitions"] = .map(writer.definitions)
    return .map(top)
  }

  /// An `assay.yaml`.
  public static func settings(_ registry: RuleRegistry = .builtin) -> Value {
    var writer = Writer()
    var top = heading(
      "Settings of Assay", "Which rules `assay lint` minds for the tasks in and below this folder.")
    if let schema = writer.schema(of: LintSettings.form(registry)).asMap { top.update(with: schema) }
    return .map(top)
  }

  private static func heading(_ title: String, _ about: String) -> OrderedMap {
    [
      "$schema": "http://json-schema.org/draft-07/schema#", "title": .string(title),
      "description": .string(about),
    ]
  }

  /// Only where nothing is included and no function scores the documents is it sure that a metric must be a known one.
  private static func alone(_ parts: Parts) -> Value {
    let names = (parts.metrics.names + ["rouge"]).map { Value.string($0) }
    let known: Value = [
      "anyOf": [["enum": .list(names)], ["pattern": .string(Writer.functionPattern)]]
    ]
    return [
      "if": ["not": ["anyOf": [["required": ["include"]], ["required": ["process_results"]]]]],
      "then": [
        "properties": [
          "metric_list": [
            "items": [
              "if": ["required": ["score"]], "then": true,
              "else": ["properties": ["metric": known]],
            ]
          ]
        ]
      ],
    ]
  }
}

/// Turns forms into schemas.
private struct Writer {
  private(set) var definitions: OrderedMap = [:]

  /// What stands behind `!function`; to a schema a tagged text is a text.
  static let functionPattern = #"^\S+\.\S+$"#

  mutating func schema(of key: KeyPage) -> Value {
    var schema: OrderedMap = ["description": .string(about(key))]
    let value = self.schema(of: key.form)
    // Beside a reference nothing else counts in this draft.
    if let map = value.asMap, map["$ref"] == nil {
      schema.update(with: map)
    } else if value != true {
      schema["allOf"] = [value]
    }
    return .map(schema)
  }

  private func about(_ key: KeyPage) -> String {
    let fallback = key.fallback.flatMap { $0 == "none" ? nil : $0 }
    let end = fallback.map { "; by default \(Value.string($0).json())" } ?? ""
    return "\(key.about)\(end). Value: \(key.shape)."
  }

  /// - Parameter isWhole: whether keys that must be there are asked for; a file may have them from one it includes.
  mutating func schema(of form: Form, isWhole: Bool = true) -> Value {
    switch form {
    case .anything: return true
    case .text: return ["type": "string"]
    case .integer: return ["type": "integer"]
    case .number: return ["type": "number"]
    case .boolean: return ["type": "boolean"]
    case .null: return ["type": "null"]
    case .function: return ["type": "string", "pattern": .string(Self.functionPattern)]
    case .name(let names, let isOpen): return name(names, isOpen)
    case .list(let item): return ["type": "array", "items": schema(of: item)]
    case .mapping(let keys, let others):
      return mapping(keys, others: others.map { schema(of: $0) } ?? false, isWhole: isWhole)
    case .variants(let variants): return self.variants(variants)
    case .either(let forms):
      let schemas = forms.map { schema(of: $0) }
      return ["anyOf": .list(schemas)]
    case .named(let name, let form):
      if definitions[.string(name)] == nil {
        // The name is taken before its form is looked at, which may lead back here.
        definitions[.string(name)] = true
        definitions[.string(name)] = schema(of: form())
      }
      return ["$ref": .string("#/definitions/\(name)")]
    }
  }

  private func name(_ names: [Form.Name], _ isOpen: Bool) -> Value {
    var known: OrderedMap = ["enum": .list(names.map { .string($0.name) })]
    if names.contains(where: { !$0.summary.isEmpty }) {
      // Editors show it beside each name; validators pass over it.
      known["enumDescriptions"] = .list(names.map { .string($0.summary) })
    }
    return isOpen ? ["anyOf": [.map(known), ["type": "string"]]] : .map(known)
  }

  private mutating func mapping(_ keys: [KeyPage], others: Value, isWhole: Bool) -> Value {
    var schema: OrderedMap = ["type": "object", "properties": properties(keys)]
    let required = keys.filter { $0.fallback == nil }
    if isWhole, !required.isEmpty { schema["required"] = .list(required.map { .string($0.name) }) }
    if others != true { schema["additionalProperties"] = others }
    return .map(schema)
  }

  private mutating func properties(_ keys: [KeyPage]) -> Value {
    .map(OrderedMap(keys.map { (Value.string($0.name), schema(of: $0)) }))
  }

  private mutating func variants(_ variants: Form.Variants) -> Value {
    var cases: [Value] = []
    for variant in variants.all {
      let keys =
        variants.common + variant.keys.filter { key in !variants.common.contains { $0.name == key.name } }
      cases.append([
        "if": ["properties": [.string(variants.key): ["const": .string(variant.name)]]],
        "then": mapping(
          variant.isOpen ? variant.keys : keys, others: .bool(variant.isOpen), isWhole: true),
      ])
    }
    return [
      "type": "object", "required": [.string(variants.key)], "properties": properties(variants.common),
      "allOf": .list(cases),
    ]
  }
}
