import Runs
import Values

extension LintReport {
  /// What became of the right answers of all tasks, for people.
  public var selfTestSummary: String {
    let tested = selfTests.filter { $0.leftOut == nil }
    let sound = tested.count(where: \.isSound)
    var lines = [
      "right answers of \(tested.count) task\(tested.count == 1 ? "" : "s") scored: \(sound) sound, "
        + "\(tested.count - sound) not"
    ]
    var reasons: [(reason: String, tasks: [String])] = []
    func note(_ reason: String, _ task: String) {
      if let place = reasons.firstIndex(where: { $0.reason == reason }) {
        reasons[place].tasks.append(task)
      } else {
        reasons.append((reason, [task]))
      }
    }
    for test in selfTests {
      if let reason = test.leftOut { note("left out, since \(reason)", test.task) }
      if test.leftOut == nil, !test.unmeasured.isEmpty {
        let names = test.unmeasured.map { "`\($0)`" }.joined(separator: ", ")
        note("\(names) left out, without a best score", test.task)
      }
      if test.leftOut == nil, test.withoutGold > 0 {
        note("rows without a right answer left out", "\(test.task) (\(test.withoutGold))")
      }
    }
    for (reason, tasks) in reasons {
      lines.append("  \(reason): \(tasks.prefix(5).joined(separator: ", "))\(tasks.count > 5 ? ", …" : "")")
    }
    return lines.joined(separator: "\n")
  }

  /// The same for programs.
  var selfTestValue: Value { .list(selfTests.map(\.value)) }
}

extension SelfTestResult {
  fileprivate var value: Value {
    [
      "task": .string(task), "rows": .int(documentCount), "rows_without_answer": .int(withoutGold),
      "left_out": leftOut.map { .string($0) } ?? .null,
      "metrics_left_out": .list(unmeasured.map { .string($0) }),
      "pipelines": .list(
        pipelines.map { result in
          [
            "name": .string(result.name), "failed": .int(result.failureCount),
            "as_in_examples": .int(result.countAsInExamples), "as_in_pattern": .int(result.countAsInPattern),
            "lost_behind_delimiter": .int(result.countLostBehindDelimiter),
            "failures": .list(result.failures.map(\.value)),
          ]
        }),
    ]
  }
}

extension SelfTestResult.Failure {
  fileprivate var value: Value {
    [
      "row": .int(document), "answer": .string(answer), "gold": .string(gold),
      "filters": .list(steps.map { ["filter": .string($0.name), "left": .string($0.left)] }),
      "scores": .list(
        scores.map { ["metric": .string($0.metric), "value": .string($0.value), "best": .string($0.best)] }),
      "error": error.map { .string($0) } ?? .null,
    ]
  }
}
