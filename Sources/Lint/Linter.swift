import Diagnostics
public import TaskDSL

/// Finds what is wrong or unwise in task files: what the compiler has to say, and what the rules have.
public struct Linter: Sendable {
  public var registry: RuleRegistry
  public var parts: Parts

  public init(registry: RuleRegistry = .builtin, parts: Parts = Parts()) {
    self.registry = registry
    self.parts = parts
    // No code of a task's author runs to find out whether its file is right.
    self.parts.functions = .noted
  }

  /// Everything in one pass; nothing is written, and no model or network is asked.
  public func check(_ request: LintRequest) -> LintReport {
    var survey = Survey(request)
    let settings = SettingsTable(for: survey.contributing, request, registry, in: &survey)
    let inspection = Inspection(
      rules: rules(settings, request.leastSeverity), parts: parts, request: request, index: survey.index)
    let files = survey.files
    let tree = TreeContext(index: survey.index, files: files, yml: survey.ymlFiles)
    let outcome = inspection.run(survey.units, in: tree)
    survey.findings.add(contentsOf: outcome.findings)

    var report = LintReport()
    report.files = survey.linted.count
    (report.tasks, report.groups) = (survey.taskCount, survey.groupCount)
    report.sources = survey.index.sources
    report.tiers =
      [.static] + (request.datasets == nil ? [] : [.data]) + (request.model == nil ? [] : [.backend])
    (report.withoutData, report.withPython) = (outcome.withoutData, outcome.withPython)
    report.withUnsafeCode = outcome.withUnsafeCode
    if request.isSelfTesting { report.selfTests = outcome.selfTests }
    report.readFiles = survey.index.readFiles.map(\.path)
    survey.findings.settleBeyondStandard(areErrors: request.options.areExtensionsErrors)
    let kept = best(unique(survey.findings.all)).filter { finding in
      finding.severity >= request.leastSeverity && settings.isOn(finding, survey.index, registry)
        && survey.isAbout(finding)
    }
    var suppressions = SuppressionTable(files, registry)
    let told = kept.filter { !suppressions.suppress($0) }
    report.suppressedCount = kept.count - told.count
    let own = suppressions.findings(tiers: report.tiers) { code, source in
      settings.isOn(code, in: source, survey.index, registry)
    }
    let severe = (told + own).filter { $0.severity >= request.leastSeverity }
    let helpful = severe.map { FurtherHelp.added(to: $0, report.sources) }
    report.findings = sorted(helpful, report.sources)
    return report
  }

  /// The rules that any file's settings turn on.
  private func rules(_ settings: SettingsTable, _ least: Diagnostic.Severity) -> [any Rule] {
    registry.rules.filter { rule in
      rule.greatestSeverity >= least && settings.all.contains { $0.isOn(rule.code.name, in: registry) }
    }
    .map { $0.init() }
  }

  private func unique(_ findings: [Diagnostic]) -> [Diagnostic] {
    struct Key: Hashable {
      let code, message: String
      let span: SourceSpan
    }
    var seen = Set<Key>()
    return findings.filter {
      seen.insert(Key(code: $0.code.name, message: $0.message, span: $0.span)).inserted
    }
  }

  /// Without what another finding in the same place says better.
  private func best(_ findings: [Diagnostic]) -> [Diagnostic] {
    var better: [SourceSpan: Set<String>] = [:]
    for finding in findings {
      guard let codes = registry.rule(finding.code.name)?.supersedes, !codes.isEmpty else { continue }
      better[finding.span, default: []].formUnion(codes)
    }
    return findings.filter { !(better[$0.span]?.contains($0.code.name) ?? false) }
  }

  private func sorted(_ findings: [Diagnostic], _ sources: Sources) -> [Diagnostic] {
    findings.sorted { a, b in
      let (first, second) = (sources[a.span.source]?.name ?? "", sources[b.span.source]?.name ?? "")
      if first != second { return first.utf8.lexicographicallyPrecedes(second.utf8) }
      return (a.span.start, a.span.end, a.code.name, a.message)
        < (b.span.start, b.span.end, b.code.name, b.message)
    }
  }
}
