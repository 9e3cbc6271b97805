import Diagnostics
import Values

extension LintReport {
  /// The Static Analysis Results Interchange Format, version 2.1.0.
  func sarif(_ registry: RuleRegistry) -> String {
    let codes = Set(findings.map(\.code.name)).sorted()
    let rules = codes.map { code -> Value in
      let page = registry[code]
      let summary: Value = ["text": .string(page?.summary ?? code)]
      return [
        "id": .string(code), "shortDescription": summary, "fullDescription": summary,
        "defaultConfiguration": ["level": .string((page?.severity ?? .error).rawValue)],
        "help": [
          "text": .string("assay explain \(code)"),
          "markdown": .string(page?.about ?? "`assay explain \(code)`"),
        ],
        "properties": ["tags": [.string(page?.family.rawValue ?? "syntax")]],
      ]
    }
    let results = zip(findings, fingerprints).map { finding, fingerprint -> Value in
      var text = finding.message
      if let help = finding.help { text += "\n\(help)" }
      var map: OrderedMap = [
        "ruleId": .string(finding.code.name), "ruleIndex": .int(codes.firstIndex(of: finding.code.name) ?? 0),
        "level": .string(finding.severity.rawValue), "message": ["text": .string(text)],
        "partialFingerprints": ["assay/v1": .string(fingerprint)],
      ]
      // What was named on the command line stands in no file.
      if isInFile(finding) { map["locations"] = [["physicalLocation": location(finding.span)]] }
      if !finding.labels.isEmpty {
        map["relatedLocations"] = .list(
          finding.labels.map { label in
            ["message": ["text": .string(label.message)], "physicalLocation": location(label.span)]
          })
      }
      if let fix = finding.fix, !fix.edits.isEmpty { map["fixes"] = [value(of: fix)] }
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
    ["artifactLocation": artifact(LintPlace(span, in: sources).file), "region": region(span)]
  }

  /// A path as an address; one that is relative starts from the top of what was checked out.
  private func artifact(_ path: String) -> Value {
    let address = Self.address(path)
    return path.hasPrefix("/")
      ? ["uri": .string("file://" + address)]
      : ["uri": .string(address), "uriBaseId": "%SRCROOT%"]
  }

  private static func address(_ path: String) -> String {
    var out = ""
    let plain = Set("/-._~!$&'()*+,;=@".utf8)
    for byte in path.utf8 {
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      if isLetter || byte >= 0x30 && byte <= 0x39 || plain.contains(byte) {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        out += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return out
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
        "artifactLocation": artifact(sources[file]?.name ?? ""),
        "replacements": .list(
          edits.map {
            ["deletedRegion": region($0.span), "insertedContent": ["text": .string($0.replacement)]]
          }),
      ]
    }
    return ["description": ["text": .string(fix.title)], "artifactChanges": .list(changes)]
  }
}
