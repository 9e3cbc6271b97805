import Diagnostics
import Filters
import Metrics
import Schema
import YAML

extension Binder {
  private static let scoreKeys = ["metric", "score", "aggregation", "higher_is_better"]

  /// A metric that is an expression.
  func score(
    _ score: Node, named name: Located<String>, _ entry: Node, _ aggregation: (any Aggregation)?,
    _ findings: inout Findings
  ) -> MetricUse? {
    findings.add(
      .beyondStandard(
        "`score` makes a metric of an expression", at: score.span,
        others: "the harness passes over `score`: it takes a metric of its own of this name, or fails when "
          + "answers are scored"))
    for option in entry.entries ?? [] where !Self.scoreKeys.contains(option.key.value) {
      findings.add(.unknownKey(option.key, among: Self.scoreKeys))
    }
    if definition.scoring.process != nil {
      findings.add(
        .warning(
          "argument-has-no-effect", "`score` has no effect beside `process_results`, which gives all numbers",
          at: score.span, help: "remove one of them"))
    }
    let template = Shape<ValueTemplate>.expression.read(score, &findings)
    let use = parts.metrics.given(name: name, options: entry, aggregation: aggregation, &findings)
    guard let template, let use else { return nil }
    if definition.scoring.process != nil { return use }
    return MetricUse(
      name: use.name, metric: TemplateScore(template, for: type(of: use.aggregation).itemKind),
      aggregation: use.aggregation, isHigherBetter: use.isHigherBetter)
  }
}

extension BoundTask {
  /// Says which variables of the templates that run after the model are neither columns nor otherwise known.
  func checkAnswerTemplates(_ columns: Columns, _ findings: inout Findings) {
    for step in pipelines.flatMap(\.steps) {
      (step as? TemplateFilter)?.template.check(columns, beside: [TemplateFilter.answer], &findings)
    }
    let names = TemplateScore.names(for: outputType, hasChoices: choice != nil)
    for use in metrics { (use.metric as? TemplateScore)?.check(columns, names, &findings) }
  }
}
