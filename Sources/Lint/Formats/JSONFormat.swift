import Diagnostics
import Values

extension LintReport {
  /// One object with all findings.
  func json(_ registry: RuleRegistry) -> String {
    var all: OrderedMap = ["findings": .list(values(registry))]
    if !selfTests.isEmpty { all["self_test"] = selfTestValue }
    return Value.map(all).json(indent: 2) + "\n"
  }

  fileprivate func values(_ registry: RuleRegistry) -> [Value] { findings.map { value(of: $0, registry) } }

  /// An object a line.
  func jsonLines(_ registry: RuleRegistry) -> String {
    findings.map { value(of: $0, registry).json() + "\n" }.joined()
  }

  private func value(of finding: Diagnostic, _ registry: RuleRegistry) -> Value {
    var map: OrderedMap = [
      "code": .string(finding.code.name), "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message), "help": finding.help.map { .string($0) } ?? .null,
    ]
    map.update(with: span(finding.span))
    map["fix"] = finding.fix.map(value) ?? .null
    map["labels"] = .list(
      finding.labels.map { label in
        var map: OrderedMap = ["message": .string(label.message)]
        map.update(with: span(label.span))
        return .map(map)
      })
    map["note"] = finding.note.map { .string($0) } ?? .null
    map["family"] = .string(registry.family(of: finding.code)?.rawValue ?? "")
    map["tier"] = .string(registry.tier(of: finding.code).rawValue)
    return .map(map)
  }

  private func span(_ span: SourceSpan) -> OrderedMap {
    let place = LintPlace(span, in: sources)
    return [
      "file": .string(place.file), "line": .int(place.line), "column": .int(place.column),
      "end_line": .int(place.endLine), "end_column": .int(place.endColumn),
    ]
  }

  private func value(of fix: Fix) -> Value {
    let edits = fix.edits.map { edit in
      var map = span(edit.span)
      map["replacement"] = .string(edit.replacement)
      return Value.map(map)
    }
    return [
      "title": .string(fix.title), "safety": fix.safety == .safe ? "safe" : "unsafe", "edits": .list(edits),
    ]
  }
}

extension BreakingReport {
  /// One object with all findings, and what became of each task.
  public func json(_ registry: RuleRegistry) -> String {
    var all: OrderedMap = ["findings": .list(asLintReport.values(registry))]
    all["tasks"] = .list(
      entries.map { entry in
        [
          "name": .string(entry.name), "kind": entry.isGroup ? "group" : "task", "file": .string(entry.file),
          "state": .string(entry.state.rawValue), "old_name": entry.oldName.map { .string($0) } ?? .null,
          "old_version": entry.oldVersion.map { .string($0) } ?? .null,
          "version": entry.version.map { .string($0) } ?? .null, "unversioned": .bool(entry.isUnversioned),
          "compared_by": .string(entry.basis.rawValue), "changes": .list(entry.aspects.map { .string($0) }),
        ]
      })
    all["breaking"] = .bool(isBreaking)
    return Value.map(all).json(indent: 2) + "\n"
  }
}
