public import Exchange
import Filters
import Metrics
public import TaskDSL
import Values

/// Scores each document's right answer as if a model had given it: what does not score best then, never can.
///
/// The answer is tried as the row has it; where that fails also in the words of the task's examples, and in those
/// that a pipeline's regular expression looks for, since a task may ask for more words than the answer alone.
public struct SelfTest {
  let task: PlannedTask
  let gold: GoldAnswers
  /// The answers of some examples, for how answers are worded.
  private let examples: () -> [String]

  /// How many failures are shown in full.
  private static let shownCount = 3

  /// - Parameter examples: asked for only where an answer by itself does not score best.
  public init(_ task: PlannedTask, requests: [Request], examples: @escaping () -> [String] = { [] }) {
    self.task = task
    gold = GoldAnswers(task: task, requests: requests)
    self.examples = examples
  }

  public func run() -> SelfTestResult {
    var result = SelfTestResult(task: task.name)
    if let reason = reasonToLeaveOut {
      result.leftOut = reason
      return result
    }
    let given = task.documents.compactMap { self.given(to: $0) }
    result.documentCount = given.count
    result.withoutGold = task.documents.count - given.count
    guard !given.isEmpty else {
      result.leftOut = "no row has a right answer"
      return result
    }
    var measured = Set<String>()
    for place in task.pipelines.indices {
      var trial = PipelineTrial(task: task, pipeline: place)
      result.pipelines.append(test(given, &trial))
      measured.formUnion(trial.measured)
    }
    result.unmeasured = task.metrics.map(\.name).filter { !measured.contains($0) }
    if measured.isEmpty, result.isSound {
      result.leftOut = "no metric of it has a best score"
      result.pipelines = []
    }
    return result
  }

  private var reasonToLeaveOut: String? {
    if task.outputType == .loglikelihoodRolling { return "a perplexity has no best score" }
    if task.metrics.isEmpty, task.results == nil { return "nothing scores it" }
    if task.results != nil, isTargetConstant {
      return "a function scores it, and `doc_to_target` is the same for all rows"
    }
    return nil
  }

  /// Where a function scores, the right answer may stand elsewhere than in the target.
  private var isTargetConstant: Bool {
    guard task.outputType == .generateUntil, let first = task.documents.first else { return false }
    switch task.configuration["doc_to_target"] {
    case .string(let text):
      return !text.contains("{{") && !text.contains("{%") && first.row[text] == nil
        && task.documents.allSatisfy { $0.target == first.target }
    case .int, .null, nil: return true
    default: return false
    }
  }

  // MARK: - Answers

  /// A document with its right answer.
  struct Given {
    let document: PlannedDocument
    let text: String
    let answers: [[Answer]]
  }

  private func given(to document: PlannedDocument) -> Given? {
    guard task.outputType == .generateUntil else {
      // A right answer that is no choice is a mistake of the row, which a rule of its own tells.
      if task.outputType == .multipleChoice, gold.gold(of: document) == .missing { return nil }
      return Given(document: document, text: label(document), answers: gold.likelihoods(for: document))
    }
    return gold.text(of: document).map { given($0, to: document) }
  }

  private func given(_ text: String, to document: PlannedDocument) -> Given {
    let text = gold.cut(text, for: document)
    return Given(document: document, text: text, answers: gold.written(text, for: document))
  }

  /// How a likelihood's right answer is shown.
  private func label(_ document: PlannedDocument) -> String {
    guard let choices = document.choices else { return document.target.text }
    switch gold.gold(of: document) {
    case .one(let place): return choices[place]
    case .anyOf(let places): return places.map { choices[$0] }.joined(separator: " or ")
    case .missing: return "none of the choices"
    }
  }

  // MARK: - Pipelines

  private func test(_ given: [Given], _ trial: inout PipelineTrial) -> SelfTestResult.PipelineResult {
    var result = SelfTestResult.PipelineResult(name: trial.name)
    let verdicts = trial.verdicts(on: given)
    var failing: [Given] = []
    var sound: [Given] = []
    for one in given {
      if verdicts[one.document.id]?.isFailing == true { failing.append(one) } else { sound.append(one) }
    }
    if task.outputType == .generateUntil {
      if !failing.isEmpty { reword(&failing, &trial, &result) }
      testDelimiter(sound, &trial, &result)
    }
    result.failureCount = failing.count
    result.failures = failing.prefix(Self.shownCount).map { trial.failure(of: $0, verdicts) }
    return result
  }

  /// Takes out of `failing` what scores best in other words.
  private func reword(
    _ failing: inout [Given], _ trial: inout PipelineTrial, _ result: inout SelfTestResult.PipelineResult
  ) {
    for example in examples() where !failing.isEmpty {
      let before = failing.count
      retry(&failing, &trial, &result) { given, trial in
        trial.reworded(example, with: gold.text(of: given.document) ?? "", given.document)
      }
      result.countAsInExamples += before - failing.count
    }
    for pattern in trial.patterns {
      for core in cores(besides: trial.name) where !failing.isEmpty {
        let before = failing.count
        retry(&failing, &trial, &result) { given, _ in
          gold.text(of: given.document).flatMap { core($0, given.document) }.flatMap {
            PatternSample.text(for: pattern, answer: $0)
          }
        }
        result.countAsInPattern += before - failing.count
      }
    }
  }

  /// What a right answer that holds more than its result may be reduced to: all of it, what another pipeline keeps of
  /// it, or its last number.
  private func cores(besides name: String) -> [(String, PlannedDocument) -> String?] {
    let others = task.pipelines.filter { $0.name != name }
    let kept = others.map { other in
      { (text: String, document: PlannedDocument) in other.kept(of: text, document) }
    }
    return [{ text, _ in text }] + kept + [{ text, _ in text.lastNumber }]
  }

  private func retry(
    _ failing: inout [Given], _ trial: inout PipelineTrial, _ result: inout SelfTestResult.PipelineResult,
    _ wording: (Given, PipelineTrial) -> String?
  ) {
    let current = trial
    let again = failing.compactMap { one in
      wording(one, current).map { given($0, to: one.document) }
    }
    if again.isEmpty { return }
    let verdicts = trial.verdicts(on: again)
    let mended = again.filter { verdicts[$0.document.id]?.isFailing == false }
    if result.wording == nil, let first = mended.first { result.wording = trial.failure(of: first, verdicts) }
    let ids = Set(mended.map(\.document.id))
    failing.removeAll { ids.contains($0.document.id) }
  }

  /// A model that goes on from examples writes what stands between question and answer, too.
  private func testDelimiter(
    _ sound: [Given], _ trial: inout PipelineTrial, _ result: inout SelfTestResult.PipelineResult
  ) {
    let delimiter = task.configuration["target_delimiter"]?.asString ?? " "
    let prefix = task.configuration["gen_prefix"]?.asString ?? ""
    guard !delimiter.isEmpty, prefix.isEmpty, !sound.isEmpty else { return }
    let again = sound.compactMap { one in
      gold.text(of: one.document).map { given(delimiter + $0, to: one.document) }
    }
    let verdicts = trial.verdicts(on: again)
    let lost = again.filter { verdicts[$0.document.id]?.isFailing == true }
    result.countLostBehindDelimiter = lost.count
    result.lostBehindDelimiter = lost.first.map { trial.failure(of: $0, verdicts) }
  }
}
