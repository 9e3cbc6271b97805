import Diagnostics
import Templates
import Values
import YAML

/// A prompt part that can be worked out for a row.
struct BoundField: Sendable {
  let source: FieldSource
  /// What works it out for many rows at once, in the place of a template.
  let function: BoundFunction?
  /// The text as a template; nil for what is no text or holds nothing to fill in.
  private let template: Template?

  init?(
    _ source: FieldSource, _ key: String, _ environment: TemplateEnvironment, _ functions: FunctionBinder,
    _ findings: inout Findings
  ) {
    self.source = source
    switch source {
    case .function(let name):
      guard let function = functions.function(key, name, &findings) else { return nil }
      self.function = function
      template = nil
    case .text(let text):
      guard let template = Template(text, in: environment, &findings) else { return nil }
      template.checkCalls(&findings)
      self.template = template.isConstant ? nil : template
      function = nil
    default:
      template = nil
      function = nil
    }
  }

  var span: SourceSpan { source.span }

  /// Whether a row fills something in, unless it has a column of that name.
  var isTemplate: Bool { template != nil }

  /// The variables of its template.
  var variables: [String] { template?.variables.map(\.name) ?? [] }

  /// What it comes to: the raw value of a column, the rendered text, or the constant.
  func value(in row: OrderedMap, _ columns: Columns) throws(RowTrouble) -> Value {
    switch source {
    case .number(let number, _): return .int(number)
    case .list(let items, _), .map(let items, _): return .list(items.map(\.value))
    case .function: return .null
    case .text(let text):
      if columns.contains(text.text) {
        guard let value = row[text.text] else { throw .missingColumn(text) }
        return value
      }
      guard let template else { return .string(text.text) }
      return .string(try rendered(template, row))
    }
  }

  /// The value of a template that is one expression, unprinted; nil for anything else.
  func unprinted(in row: OrderedMap, _ columns: Columns) throws(RowTrouble) -> Value? {
    guard case .text(let text) = source, !columns.contains(text.text), let template,
      template.isSingleExpression
    else { return nil }
    do throws(TemplateError) { return try template.evaluate(row) } catch {
      throw RowTrouble(error, text.span)
    }
  }

  /// Whether it is a value as it is, a column's or a function's, rather than a template's output.
  func isRaw(_ columns: Columns) -> Bool {
    if case .text(let text) = source { columns.contains(text.text) } else { function != nil }
  }

  /// Says which variables of the template are no columns.
  func check(_ columns: Columns, _ findings: inout Findings) {
    guard case .text(let text) = source, let template, !columns.contains(text.text) else { return }
    checkVariables(of: template, columns, &findings)
  }
}

/// A text that may hold a template, such as a description.
struct BoundText: Sendable {
  let text: EmbeddedText
  private let template: Template?

  init?(_ text: EmbeddedText, _ environment: TemplateEnvironment, _ findings: inout Findings) {
    guard let template = Template(text, in: environment, &findings) else { return nil }
    template.checkCalls(&findings)
    self.text = text
    self.template = template.isConstant ? nil : template
  }

  /// A column's value if it names one, nothing where that is null, else the rendered text.
  func string(in row: OrderedMap, isColumn: Bool) throws(RowTrouble) -> String {
    if isColumn, let value = row[text.text] { return value.isNull ? "" : value.text }
    guard let template else { return text.text }
    return try rendered(template, row)
  }

  /// The variables of its template.
  var readColumns: [String] { template?.variables.map(\.name) ?? [] }

  func check(_ columns: Columns, _ findings: inout Findings) {
    guard let template, !columns.contains(text.text) else { return }
    checkVariables(of: template, columns, &findings)
  }
}

/// The names of a data set's columns.
struct Columns: Sendable {
  let names: [String]
  private let set: Set<ExactText>

  init(_ names: [String]) {
    self.names = names
    set = Set(names.map(ExactText.init))
  }

  func contains(_ name: String) -> Bool { set.contains(ExactText(name)) }

  /// With names that are known beside them; those of columns come first.
  func adding(_ more: [String]) -> Columns { Columns(names + more.filter { !contains($0) }) }
}

private func rendered(_ template: Template, _ row: OrderedMap) throws(RowTrouble) -> String {
  do throws(TemplateError) { return try template.render(row) } catch { throw RowTrouble(error, nil) }
}

func checkVariables(of template: Template, _ columns: Columns, _ findings: inout Findings) {
  var said = Set<String>()
  for variable in template.variables where !variable.isGuarded && !columns.contains(variable.name) {
    guard said.insert(variable.name).inserted else { continue }
    findings.add(.unknownColumn(variable.name, at: variable.span, among: columns.names))
  }
}

extension Diagnostic {
  static func unknownColumn(_ name: String, at span: SourceSpan, among names: [String]) -> Diagnostic {
    let near = names.nearest(to: name)
    return .error(
      "undefined-column", "the data has no column `\(name)`", at: span,
      help: near.map { "did you mean `\($0)`?" } ?? "columns: \(names.joined(separator: ", "))",
      fix: near.map { .replace(span, with: $0, safety: .needsReview) })
  }
}

/// Why a row could not be turned into a prompt; the row is added by who knows it.
struct RowTrouble: Error {
  let code: Diagnostic.Code
  let message: String
  let span: SourceSpan?
  let help: String?
  /// A traceback.
  let note: String?

  init(
    _ code: Diagnostic.Code, _ message: String, at span: SourceSpan?, help: String? = nil,
    note: String? = nil
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.help = help
    self.note = note
  }

  /// The same with what row it was.
  func adding(_ place: String) -> RowTrouble {
    RowTrouble(code, "\(message) (\(place))", at: span, help: help, note: note)
  }

  /// As a finding, at `place` where the trouble has none of its own.
  func finding(at place: SourceSpan) -> Diagnostic {
    var finding = Diagnostic.error(code, message, at: span ?? place, help: help)
    finding.note = note
    return finding
  }

  init(_ error: TemplateError, _ span: SourceSpan?) {
    self.init("template-failed", error.message, at: error.span ?? span, help: error.help)
  }

  static func missingColumn(_ text: EmbeddedText) -> RowTrouble {
    RowTrouble("undefined-column", "the row has no column `\(text.text)`", at: text.span)
  }
}
