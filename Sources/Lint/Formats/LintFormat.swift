public import Diagnostics
import Values

/// A form in which findings are given out.
public enum LintFormat: String, Sendable, CaseIterable {
  case text, concise, json, jsonl, sarif, github, gitlab, junit

  /// What is printed, with a line break at its end, or nothing at all.
  public func text(_ report: LintReport, _ registry: RuleRegistry, _ paint: Diagnostic.Paint = .plain)
    -> String
  {
    switch self {
    case .text:
      report.findings.map { $0.terminal(in: report.sources, paint) + "\n" }.joined()
    case .concise: report.concise
    case .json: report.json(registry)
    case .jsonl: report.jsonLines(registry)
    case .sarif: report.sarif(registry)
    case .github: report.github
    case .gitlab: report.gitlab
    case .junit: report.junit
    }
  }
}

/// Lines and columns, from 1, of where a finding stands.
struct LintPlace {
  let file: String
  let line, column, endLine, endColumn: Int

  init(_ span: SourceSpan, in sources: Sources) {
    let source = sources[span.source]
    file = source?.name ?? ""
    (line, column) = source?.position(of: span.start) ?? (1, 1)
    (endLine, endColumn) = source?.position(of: span.end) ?? (1, 1)
  }
}

extension LintReport {
  func place(of finding: Diagnostic) -> LintPlace { LintPlace(finding.span, in: sources) }

  /// One line for each finding.
  var concise: String {
    findings.map { finding in
      let place = place(of: finding)
      let mark = finding.fix.map { $0.safety == .safe ? " [fixable]" : " [fixable, to be looked at]" } ?? ""
      return "\(place.file):\(place.line):\(place.column): "
        + "\(finding.severity.rawValue)[\(finding.code.name)] \(finding.message)\(mark)\n"
    }.joined()
  }

  /// How often each code was found, the most frequent first.
  public var statistics: String {
    let counts = counts
    let width = counts.map { "\($0.count)".count }.max() ?? 0
    return counts.map { entry in
      let number = String(repeating: " ", count: width - "\(entry.count)".count) + "\(entry.count)"
      let fixable = entry.fixable > 0 ? " (\(entry.fixable) fixable)" : ""
      return "\(number)  \(entry.severity.rawValue)[\(entry.code)]\(fixable)\n"
    }.joined()
  }

  /// The same for programs.
  public var statisticsJSON: String {
    let all = counts.map { entry -> Value in
      [
        "code": .string(entry.code), "severity": .string(entry.severity.rawValue), "count": .int(entry.count),
        "fixable": .int(entry.fixable),
      ]
    }
    return Value.map(["statistics": .list(all)]).json(indent: 2) + "\n"
  }

  private typealias Count = (code: String, count: Int, severity: Diagnostic.Severity, fixable: Int)

  private var counts: [Count] {
    var counts: [String: Count] = [:]
    for finding in findings {
      var entry = counts[finding.code.name] ?? (finding.code.name, 0, finding.severity, 0)
      entry.count += 1
      entry.severity = max(entry.severity, finding.severity)
      if finding.fix != nil { entry.fixable += 1 }
      counts[finding.code.name] = entry
    }
    return counts.values.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
  }
}
