import Exchange
import Filters
import Metrics
import TaskDSL
import Values

/// One pipeline with the metrics behind it, to which answers are given.
struct PipelineTrial {
  let task: PlannedTask
  let pipeline: FilterPipeline
  /// The names of the filters, one a step.
  private let steps: [String]
  /// The regular expressions of its steps.
  let patterns: [String]
  /// The metrics of which it could be said whether a score is best.
  private(set) var measured = Set<String>()

  var name: String { pipeline.name }

  /// What a document came to.
  struct Verdict {
    var numbers = OrderedMap()
    /// The metrics that do not score best.
    var worse: [String] = []
    var error: String?

    var isFailing: Bool { error != nil || !worse.isEmpty }
  }

  init(task: PlannedTask, pipeline place: Int) {
    self.task = task
    let pipeline = task.pipelines[place]
    self.pipeline = pipeline
    let written = task.configuration["filter_list"]?.asList?.first {
      $0.asMap?["name"]?.text == pipeline.name
    }
    let items = written?.asMap?["filter"]?.asList?.compactMap(\.asMap) ?? []
    let names = items.map { $0["function"]?.text ?? "" }
    steps =
      names.count == pipeline.steps.count
      ? names : pipeline.steps.indices.map { written == nil ? "take_first" : "step \($0 + 1)" }
    patterns = items.compactMap { item in
      guard item["function"]?.text == "regex" else { return nil }
      return item["regex_pattern"]?.asString ?? #"#### (\-?[0-9\.\,]+)"#
    }
  }

  // MARK: - Scores

  /// What each document comes to, by its number, when it is answered so.
  mutating func verdicts(on given: [SelfTest.Given]) -> [Int: Verdict] {
    var verdicts: [Int: Verdict] = [:]
    var rest = given
    // One that cannot be scored takes none of the others with it; each round takes one out.
    while !rest.isEmpty {
      do throws(ScoringFailure) {
        let samples = try scoring(rest).samples(of: pipeline)
        for (one, sample) in zip(rest, samples) { verdicts[one.document.id] = verdict(sample) }
        return verdicts
      } catch {
        guard let number = error.document, rest.contains(where: { $0.document.id == number }) else {
          for one in rest { verdicts[one.document.id] = Verdict(error: error.message) }
          return verdicts
        }
        verdicts[number] = Verdict(error: error.message)
        rest.removeAll { $0.document.id == number }
      }
    }
    return verdicts
  }

  private func scoring(_ given: [SelfTest.Given]) -> TaskScoring {
    var answers: [Answer] = []
    let documents = given.map { one in
      let numbers = one.answers.map { repeats in
        repeats.map { answer in
          answers.append(answer)
          return answers.count - 1
        }
      }
      return one.document.asking(numbers)
    }
    return TaskScoring(task: task.with(documents), answers: answers, bootstrapIterations: 0)
  }

  private mutating func verdict(_ sample: Sample) -> Verdict {
    var verdict = Verdict(numbers: sample.metrics)
    for use in task.metrics {
      guard let value = sample.metrics[use.name], let isBest = use.isBest(value) else { continue }
      measured.insert(use.name)
      if !isBest { verdict.worse.append(use.name) }
    }
    return verdict
  }

  // MARK: - What is shown

  /// The way of one answer through the filters, and what it scores.
  func failure(of given: SelfTest.Given, _ verdicts: [Int: Verdict]) -> SelfTestResult.Failure {
    let verdict = verdicts[given.document.id] ?? Verdict()
    let scores = task.metrics.compactMap { use in
      verdict.numbers[use.name].map { value in
        (metric: use.name, value: value.repr, best: Self.words(for: use.bestScore))
      }
    }
    return SelfTestResult.Failure(
      document: given.document.id, answer: given.text, gold: given.document.target.repr,
      steps: trace(given), scores: scores, error: verdict.error)
  }

  private static func words(for best: BestScore?) -> String {
    switch best {
    case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
    case .agreement: "twice the same"
    case .likeliest: "the right one the largest"
    case nil: "1"
    }
  }

  private func trace(_ given: SelfTest.Given) -> [(name: String, left: String)] {
    let rows = given.answers.map { _ in given.document.row }
    var values = given.answers.map { Value.list($0.map(\.value)) }
    var trace: [(name: String, left: String)] = []
    for (name, step) in zip(steps, pipeline.steps) {
      do throws(StepError) { values = try step.apply(toAll: values, of: rows) } catch {
        trace.append((name, "fails: \(error.cause.message)"))
        return trace
      }
      trace.append((name, values.count == 1 ? values[0].repr : Value.list(values).repr))
    }
    return trace
  }

  /// An example's answer with the right answer of a document where the pipeline finds the example's own.
  func reworded(_ example: String, with answer: String, _ document: PlannedDocument) -> String? {
    guard let text = pipeline.kept(of: example, document) else { return nil }
    let bytes = Array(example.utf8)
    let wanted = Array(text.utf8)
    guard let place = bytes.lastRange(of: wanted) else { return nil }
    return String(decoding: bytes[..<place], as: UTF8.self) + answer
      + String(decoding: bytes[(place + wanted.count)...], as: UTF8.self)
  }
}

extension FilterPipeline {
  /// What is left of an answer, if that is less than the whole.
  func kept(of answer: String, _ document: PlannedDocument) -> String? {
    guard let left = try? apply(toAll: [.list([.string(answer)])], of: [document.row]) else { return nil }
    var found = left.first ?? .null
    if let list = found.asList { found = list.first ?? .null }
    guard case .string(let text) = found, !text.isEmpty, !sameBytes(text, answer) else { return nil }
    return text
  }
}

extension String {
  /// The last run of digits, with a sign before it and points and commas inside.
  var lastNumber: String? {
    let bytes = Array(utf8)
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    guard let last = bytes.lastIndex(where: isDigit) else { return nil }
    var first = last
    while first > 0, isDigit(bytes[first - 1]) || bytes[first - 1] == 0x2E || bytes[first - 1] == 0x2C {
      first -= 1
    }
    while first < last, !isDigit(bytes[first]) { first += 1 }
    if first > 0, bytes[first - 1] == 0x2D { first -= 1 }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}

extension [UInt8] {
  /// Where some bytes stand for the last time.
  fileprivate func lastRange(of wanted: [UInt8]) -> Int? {
    guard wanted.count <= count else { return nil }
    return (0...(count - wanted.count)).last { self[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }
}
