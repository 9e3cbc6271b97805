import Diagnostics
import Schema
import Templates
import Values
import YAML

/// One change of a row, or a reason to leave it out.
enum RowStep: Sendable {
  case set(Located<String>, StepValue)
  case keep(ValueTemplate)
  case drop(Located<String>)
  case rename(Located<String>, to: Located<String>)

  static let keys = ["set", "keep", "drop", "rename"]

  /// What a mapping says, in the order in which it is written.
  static func read(_ node: Node, _ findings: inout Findings) -> [RowStep] {
    guard let entries = node.entries, node.tag == nil else {
      findings.add(.wrongType(node, expected: "a step: a mapping with \(RowStep.list)"))
      return []
    }
    return entries.flatMap { entry in
      switch entry.key.value {
      case "set": return sets(entry.value, &findings)
      case "keep":
        return Shape<ValueTemplate>.expression.read(entry.value, &findings).map { [.keep($0)] } ?? []
      case "drop":
        return Shape.oneOrMore(of: .locatedText).read(entry.value, &findings)?.map { .drop($0) } ?? []
      case "rename": return renames(entry.value, &findings)
      default:
        findings.add(.unknownKey(entry.key, among: keys))
        return []
      }
    }
  }

  private static let list = keys.map { "`\($0)`" }.joined(separator: ", ")

  private static func sets(_ node: Node, _ findings: inout Findings) -> [RowStep] {
    guard let entries = node.entries else {
      findings.add(.wrongType(node, expected: "a mapping of columns and their values"))
      return []
    }
    return entries.compactMap { entry in
      StepValue(entry.value, &findings).map { .set(entry.key, $0) }
    }
  }

  private static func renames(_ node: Node, _ findings: inout Findings) -> [RowStep] {
    guard let entries = node.entries else {
      findings.add(.wrongType(node, expected: "a mapping of columns and their new names"))
      return []
    }
    return entries.compactMap { entry in
      Shape<Located<String>>.locatedText.read(entry.value, &findings).map { .rename(entry.key, to: $0) }
    }
  }

  // MARK: - Columns

  /// Says what it misses among the columns, and which there are after it.
  func check(_ columns: [String], _ findings: inout Findings) -> [String] {
    let known = Columns(columns)
    switch self {
    case .set(let name, let value):
      for template in value.templates { template.check(known, &findings) }
      if case .constant(.string(let text)) = value, known.contains(text), !sameBytes(text, name.value) {
        findings.add(
          .warning(
            "column-as-text",
            "this sets `\(name.value)` to the text `\(text)`, not to the column of that name",
            at: name.span, help: "write \"{{ \(text) }}\" for the column's value"))
      }
      return known.contains(name.value) ? columns : columns + [name.value]
    case .keep(let template):
      template.check(known, &findings)
      return columns
    case .drop(let name):
      guard known.contains(name.value) else {
        findings.add(.unknownColumn(name.value, at: name.span, among: columns))
        return columns
      }
      return columns.filter { !sameBytes($0, name.value) }
    case .rename(let old, let new):
      guard known.contains(old.value) else {
        findings.add(.unknownColumn(old.value, at: old.span, among: columns))
        return columns
      }
      if known.contains(new.value), !sameBytes(old.value, new.value) {
        findings.add(
          .error(
            "taken-column", "there is a column `\(new.value)` already", at: new.span,
            help: "drop it before, or choose another name"))
      }
      return columns.map { sameBytes($0, old.value) ? new.value : $0 }
    }
  }

  // MARK: - Rows

  /// Changes a row; false where it is to be left out.
  func apply(to row: inout OrderedMap) throws(RowTrouble) -> Bool {
    do {
      switch self {
      case .set(let name, let value): row[name.value] = try value.value(of: row)
      case .keep(let template): return try template.value(of: row).isTruthy
      case .drop(let name): row[name.value] = nil
      case .rename(let old, let new):
        row = OrderedMap(
          row.map { key, value in (key == .string(old.value) ? .string(new.value) : key, value) })
      }
      return true
    } catch {
      throw RowTrouble(error, span)
    }
  }

  private var span: SourceSpan {
    switch self {
    case .set(let name, let value): value.templates.first?.text.span ?? name.span
    case .keep(let template): template.text.span
    case .drop(let name), .rename(let name, to: _): name.span
    }
  }
}
