import Diagnostics
import Values

extension LintReport {
  /// The Static Analysis Results Interchange Format, version 2.1.0.
  func sarif(_ registry: RuleRegistry) -> String {
    let codes = Set(findings.map(\.code.name)).sorted()
    let rules = codes.map { code -> Value in
      [
        "id": .string(code), "shortDescription": ["text": .string(registry[code]?.summary ?? code)],
        "fullDescription": ["text": .string(registry[code]?.about ?? code)],
        "help": ["text": .string("assay explain \(code)")],
        "properties": ["family": .string(registry[code]?.family.rawValue ?? "")],
      ]
    }
    let results = findings.map { finding -> Value in
      var text = finding.message
      if let help = finding.help { text += "\n\(help)" }
      var map: OrderedMap = [
        "ruleId": .string(finding.code.name), "ruleIndex": .int(codes.firstIndex(of: finding.code.name) ?? 0),
        "level": .string(finding.severity.rawValue), "message": ["text": .string(text)],
        "locations": [["physicalLocation": location(finding.span)]],
      ]
      if !finding.labels.isEmpty {
        map["relatedLocations"] = .list(
          finding.labels.map { label in
            ["message": ["text": .string(label.message)], "physicalLocation": location(label.span)]
          })
      }
      if let fix = finding.fix { map["fixes"] = [value(of: fix)] }
      return .map(map)
    }
    let tool: Value = ["driver": ["name": "assay", "rules": .list(rules)]]
    let log: Value = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [["tool": tool, "columnKind": "unicodeCodePoints", "results": .list(results)]],
    ]
    return log.json(indent: 2) + "\n"
  }

  private func location(_ span: SourceSpan) -> Value {
    ["artifactLocation": ["uri": .string(LintPlace(span, in: sources).file)], "region": region(span)]
  }

  private func region(_ span: SourceSpan) -> Value {
    let place = LintPlace(span, in: sources)
    return [
      "startLine": .int(place.line), "startColumn": .int(place.column), "endLine": .int(place.endLine),
      "endColumn": .int(place.endColumn),
    ]
  }

  private func value(of fix: Fix) -> Value {
    let files = Set(fix.edits.map(\.span.source)).sorted { $0.index < $1.index }
    let changes = files.map { file -> Value in
      let edits = fix.edits.filter { $0.span.source == file }
      return [
        "artifactLocation": ["uri": .string(sources[file]?.name ?? "")],
        "replacements": .list(
          edits.map {
            ["deletedRegion": region($0.span), "insertedContent": ["text": .string($0.replacement)]]
          }),
      ]
    }
    return ["description": ["text": .string(fix.title)], "artifactChanges": .list(changes)]
  }
}
