import Diagnostics
import Schema
import Templates
import Values
import YAML

/// A template of the keys that are our own: it gives a value as it is where it is one expression, else its text.
struct ValueTemplate: Sendable {
  let text: EmbeddedText
  let template: Template
  private let readsDocument: Bool

  /// The name under which a template sees the whole row.
  static let document = "doc"

  init?(_ text: EmbeddedText, _ findings: inout Findings) {
    guard let template = Self.compiled(text, &findings) else { return nil }
    self.text = text
    self.template = template
    readsDocument = template.variables.contains { $0.name == Self.document }
  }

  /// White space around a single expression, such as the line's end in a block, does not make a text of it.
  private static func compiled(_ text: EmbeddedText, _ findings: inout Findings) -> Template? {
    let leading = text.text.utf8.count - text.text.pythonLeftStripped.utf8.count
    let length = text.text.pythonStripped.utf8.count
    if length < text.text.utf8.count, length > 0 {
      var unused = Findings()
      let inner = text.part(leading..<(leading + length))
      if let template = Template(inner, in: .expressions, &unused), template.isSingleExpression {
        return Template(inner, in: .expressions, &findings)
      }
    }
    return Template(text, in: .expressions, &findings)
  }

  var isSingleExpression: Bool { template.isSingleExpression }

  /// Its value for a row; `more` stands before columns of the same names.
  func value(of row: OrderedMap, _ more: OrderedMap = [:]) throws(TemplateError) -> Value {
    if more.isEmpty, !readsDocument { return try template.plainValue(row) }
    var variables = row
    if readsDocument { variables[Self.document] = .map(row) }
    variables.update(with: more)
    return try template.plainValue(variables)
  }

  /// Says which of its variables are no columns.
  func check(_ columns: Columns, beside more: [String] = [], _ findings: inout Findings) {
    checkVariables(of: template, columns.adding([Self.document] + more), &findings)
  }
}

extension Shape where Value == ValueTemplate {
  static var template: Self {
    Shape<EmbeddedText>.text.map("template") { text, _, findings in ValueTemplate(text, &findings) }
  }

  /// A template that gives a value, because it is nothing but `{{ … }}`.
  static var expression: Self {
    Shape<EmbeddedText>.text.map("`{{ expression }}`") { text, node, findings in
      guard let template = ValueTemplate(text, &findings) else { return nil }
      if template.isSingleExpression { return template }
      let isBare = !text.text.contains("{{") && !text.text.contains("{%")
      findings.add(
        .error(
          "not-an-expression", "a single expression `{{ … }}` is needed here, found text", at: text.span,
          help: isBare
            ? "write \"{{ \(text.text.pythonStripped) }}\"" : "let one `{{ … }}` be all there is"))
      return nil
    }
  }
}
