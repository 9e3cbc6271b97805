import Diagnostics
public import Metrics
import Templates
public import Values

/// A metric that is an expression in the task's own file.
public struct TemplateScore: Scorer {
  private let template: ValueTemplate
  /// What the aggregation takes.
  private let kind: ItemKind

  init(_ template: ValueTemplate, for kind: ItemKind) {
    self.template = template
    self.kind = kind
  }

  /// An expression reads more than outcomes and rows; whoever runs it asks for each document by itself.
  public func scores(_ outcomes: [Outcome], of rows: [OrderedMap]) throws(ScoringError) -> [Value?] {
    outcomes.map { _ in nil }
  }

  /// A document's score.
  ///
  /// - Parameter variables: what is known beside the columns, under the names that `names` gives.
  public func score(of row: OrderedMap, _ variables: OrderedMap) throws(MetricError) -> Value {
    let value: Value
    do throws(TemplateError) { value = try template.value(of: row, variables) } catch {
      throw MetricError(error.message, help: error.help, at: error.span ?? template.text.span)
    }
    let isFit =
      switch kind {
      case .number: value.asDouble != nil
      case .pair, .weighted, .spread: value.asList?.count == 2
      case .nothing: true
      }
    guard isFit else {
      let shown = String(value.repr.prefix(60))
      throw MetricError(
        "the score is \(Phrasing.kind(value)), \(shown), where \(Self.needed(kind)) is needed",
        help: kind == .number ? "compare, count, or turn it into a number with `|float`" : nil,
        at: template.text.span)
    }
    if case .bool(let isRight) = value { return .double(isRight ? 1 : 0) }
    return value
  }

  private static func needed(_ kind: ItemKind) -> String {
    switch kind {
    case .number, .nothing: "a number or a boolean"
    case .weighted: "a list of a number and its weight"
    case .pair: "a list of what is right and what was given"
    case .spread: "a list of the right choice's number and the list of all probabilities"
    }
  }

  /// The names of what an expression sees beside `doc` and the columns.
  public static func names(for type: OutputType, hasChoices: Bool) -> [String] {
    let choices = hasChoices ? ["choices"] : []
    return switch type {
    case .generateUntil: ["answer", "target"] + choices
    case .multipleChoice: ["answer", "target", "choices", "loglikelihoods", "greedy", "prediction"]
    case .loglikelihood: ["target", "loglikelihoods", "greedy"] + choices
    case .loglikelihoodRolling: ["target", "loglikelihoods"] + choices
    }
  }

  func check(_ columns: Columns, _ names: [String], _ findings: inout Findings) {
    template.check(columns, beside: names, &findings)
  }
}
