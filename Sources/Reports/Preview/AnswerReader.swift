import Exchange
import Metrics
import TaskDSL
import Values

/// Why something is no answer to a task.
struct AnswerTrouble: Error {
  let message: String
}

/// Takes what a person gives for an answer as what a model would have said.
struct AnswerReader {
  let task: PlannedTask
  let document: PlannedDocument
  let requests: [Request]

  /// What stands for "not at all likely" beside the certain one.
  private static let unlikely = -1000.0

  /// For each request its answers, one for each repeat.
  ///
  /// - Parameter given: a text, a choice, a number, or a sample of a run with its `resps`.
  func answers(_ given: Value) throws(AnswerTrouble) -> [[Answer]] {
    if let recorded = given.asMap?["resps"]?.asList { return try self.recorded(recorded) }
    switch task.outputType {
    case .generateUntil:
      let texts = given.asList ?? Array(repeating: given, count: max(1, task.repeats))
      guard texts.count == max(1, task.repeats) else {
        throw AnswerTrouble(
          message: "the task asks \(task.repeats) times, and \(texts.count) answers are given")
      }
      return [texts.map { .text($0.text) }]
    case .multipleChoice: return try choosing(given)
    case .loglikelihood: return [repeated(try likelihood(given))]
    case .loglikelihoodRolling:
      guard let number = number(given) else {
        throw AnswerTrouble(message: "the answer is the text's log-probability, a number")
      }
      return [repeated(.rolling(number))]
    }
  }

  private func repeated(_ answer: Answer) -> [Answer] {
    Array(repeating: answer, count: max(1, task.repeats))
  }

  private func number(_ given: Value) -> Double? {
    if case .bool = given { return nil }
    return given.asDouble ?? given.asString.flatMap { Double($0.pythonStripped) }
  }

  // MARK: - Choices

  /// The choice as the model would have chosen it: certain, and all others not likely at all.
  private func choosing(_ given: Value) throws(AnswerTrouble) -> [[Answer]] {
    guard let choice = choice(given) else {
      let count = document.choices?.count ?? 0
      throw AnswerTrouble(
        message:
          "\(given.repr.prefix(60)) is none of the \(count) choices: give a number from 0, a letter or the "
          + "text of a choice")
    }
    let count = document.choices?.count ?? 0
    return requests.indices.map { index in
      // Behind the choices in their context stand those without, which say nothing here.
      let isChosen = index == choice || index >= count
      return repeated(.loglikelihood(isChosen ? 0 : Self.unlikely, isGreedy: isChosen))
    }
  }

  /// The choice that a number, a letter or a choice's text means.
  func choice(_ given: Value) -> Int? {
    guard task.outputType == .multipleChoice, let choices = document.choices else { return nil }
    if case .bool = given { return nil }
    if let number = given.asInt { return choices.indices.contains(number) ? number : nil }
    guard let text = given.asString?.pythonStripped else { return nil }
    if let number = Int(text), choices.indices.contains(number) { return number }
    if let place = choices.firstIndex(where: { sameBytes($0.pythonStripped, text) }) { return place }
    let letter = text.drop { $0 == "(" }.prefix { $0 != ")" && $0 != "." }
    guard letter.utf8.count == 1, let code = letter.uppercased().utf8.first, (65...90).contains(code) else {
      return nil
    }
    let place = Int(code) - 65
    return choices.indices.contains(place) ? place : nil
  }

  // MARK: - Likelihoods

  private func likelihood(_ given: Value) throws(AnswerTrouble) -> Answer {
    if case .bool(let isGreedy) = given {
      return .loglikelihood(isGreedy ? 0 : Self.unlikely, isGreedy: isGreedy)
    }
    if let number = number(given) { return .loglikelihood(number, isGreedy: number == 0) }
    guard let text = given.asString, case .loglikelihood(_, let continuation)? = requests.first?.ask else {
      throw AnswerTrouble(message: "the answer is a log-probability, `true`, `false` or a text")
    }
    let isRight = sameBytes(text.pythonStripped, continuation.pythonStripped)
    return .loglikelihood(isRight ? 0 : Self.unlikely, isGreedy: isRight)
  }

  // MARK: - Samples of a run

  private func recorded(_ resps: [Value]) throws(AnswerTrouble) -> [[Answer]] {
    guard resps.count == requests.count else {
      throw AnswerTrouble(
        message: "the sample has answers to \(resps.count) requests, and the document makes \(requests.count)"
      )
    }
    var answers: [[Answer]] = []
    for (request, several) in zip(requests, resps) {
      var own: [Answer] = []
      for value in several.asList ?? [several] { own.append(try answer(value, to: request)) }
      guard own.count == max(1, task.repeats) else {
        throw AnswerTrouble(
          message: "the task asks \(task.repeats) times, and the sample has \(own.count) answers")
      }
      answers.append(own)
    }
    return answers
  }

  private func answer(_ value: Value, to request: Request) throws(AnswerTrouble) -> Answer {
    switch request.type {
    case .generateUntil:
      if let text = value.asString { return .text(text) }
    case .loglikelihoodRolling:
      if let number = number(value.asList?.first ?? value) { return .rolling(number) }
    case .loglikelihood:
      if let pair = value.asList, pair.count == 2, let number = number(pair[0]) {
        return .loglikelihood(number, isGreedy: pair[1] == true || pair[1] == "True")
      }
    }
    throw AnswerTrouble(
      message: "\(value.repr.prefix(60)) in `resps` is no answer to a \(request.type.rawValue) request")
  }
}
