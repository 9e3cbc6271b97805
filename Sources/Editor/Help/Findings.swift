import Diagnostics
import Lint
import TaskDSL
import Values
import YAML

extension Workspace {
  /// The findings as an editor shows them in a document.
  func shown(_ report: LintReport, in document: OpenDocument) -> [Value] {
    let positions = positions(document)
    let path = Paths.normal(document.path)
    return report.findings.map { finding in
      let file = report.file(of: finding)
      if file == path { return diagnostic(finding, positions.range(finding.span), report) }
      // What is wrong in another file is told where this one brings it in.
      let place = includePlace(document) ?? 0..<0
      return diagnostic(finding, positions.range(place), report, elsewhere: file)
    }
  }

  private func includePlace(_ document: OpenDocument) -> Range<Int>? {
    let key = OpenDocument.tree(document.text)?.entry("include")
    return key.map { Int($0.key.span.start)..<Int(max($0.value.span.end, $0.key.span.end)) }
  }

  private func diagnostic(
    _ finding: Diagnostic, _ range: Value, _ report: LintReport, elsewhere: String? = nil
  ) -> Value {
    var message = finding.message
    if let elsewhere {
      let line = report.sources[finding.span.source]?.position(of: finding.span.start).line ?? 1
      message = "\(elsewhere):\(line): \(message)"
    }
    if let help = finding.help { message += "\nhelp: \(help)" }
    var shown: OrderedMap = [
      "range": range, "severity": .int(Self.severity(finding.severity)), "code": .string(finding.code.name),
      "source": "assay", "message": .string(message),
    ]
    var related = finding.labels.compactMap { label in
      location(label.span, report).map { Value.map(["location": $0, "message": .string(label.message)]) }
    }
    if elsewhere != nil, let place = location(finding.span, report) {
      related.insert(["location": place, "message": "here"], at: 0)
    }
    if !related.isEmpty { shown["relatedInformation"] = .list(related) }
    return .map(shown)
  }

  private func location(_ span: SourceSpan, _ report: LintReport) -> Value? {
    guard let source = report.sources[span.source] else { return nil }
    let range = Positions(source.text, encoding).range(span)
    return ["uri": .string(FileURI.uri(source.name)), "range": range]
  }

  private static func severity(_ severity: Diagnostic.Severity) -> Int {
    switch severity {
    case .error: 1
    case .warning: 2
    case .note: 3
    }
  }
}
