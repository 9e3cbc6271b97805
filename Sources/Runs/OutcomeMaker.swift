import Metrics
import TaskDSL
import Values

/// The filtered answers are not of the kind that the output type has.
struct OutcomeTrouble: Error {
  let message: String
}

/// Reads filtered answers as what the output type makes of them.
struct OutcomeMaker {
  let task: PlannedTask
  let document: PlannedDocument

  func outcome(of filtered: [Value]) throws(OutcomeTrouble) -> Outcome {
    switch task.outputType {
    case .loglikelihood:
      let (logProbability, isGreedy) = try pair(filtered[0])
      return .loglikelihood(logProbability: logProbability, isGreedy: isGreedy)
    case .loglikelihoodRolling:
      guard let logProbability = filtered[0].asDouble else { throw wrong(filtered[0], "a log-probability") }
      return .rolling(logProbability: logProbability, text: document.target.text)
    case .multipleChoice: return .choices(try choices(filtered))
    case .generateUntil: return .generation(try generation(filtered[0]))
    }
  }

  private func pair(_ value: Value) throws(OutcomeTrouble) -> (Double, Bool) {
    guard let parts = value.asList, parts.count == 2, let logProbability = parts[0].asDouble else {
      throw wrong(value, "one log-probability with its greedy mark")
    }
    return (logProbability, parts[1].isTruthy)
  }

  private func wrong(_ value: Value, _ expected: String) -> OutcomeTrouble {
    OutcomeTrouble(
      message:
        "the filters left \(value.repr.prefix(60)) where \(expected) is needed; end the pipeline with `take_first`"
    )
  }

  private func choices(_ filtered: [Value]) throws(OutcomeTrouble) -> ChoiceOutcome {
    var logProbabilities: [Double] = []
    var greedy: [Bool] = []
    for value in filtered {
      let (logProbability, isGreedy) = try pair(value)
      logProbabilities.append(logProbability)
      greedy.append(isGreedy)
    }
    let choices = document.choices ?? []
    // Behind the choices in their context stand those without, where a metric asked for them.
    var unconditional: [Double]?
    if logProbabilities.count == 2 * choices.count, !choices.isEmpty {
      unconditional = Array(logProbabilities.suffix(choices.count))
      logProbabilities.removeLast(choices.count)
      greedy.removeLast(choices.count)
    }
    let gold = task.hasManyInputs ? document.question : document.target
    return ChoiceOutcome(
      logProbabilities: logProbabilities, isGreedy: greedy, unconditional: unconditional, choices: choices,
      gold: Gold(gold, among: choices))
  }

  private func generation(_ result: Value) throws(OutcomeTrouble) -> GenerationOutcome {
    if let choice { return GenerationOutcome(result: result, golds: [choice], hasManyTargets: false) }
    if task.hasManyTargets, let golds = document.target.asList {
      return GenerationOutcome(result: result, golds: golds, hasManyTargets: true)
    }
    let gold = try cast(document.target, to: result)
    return GenerationOutcome(result: result, golds: [gold], hasManyTargets: false)
  }

  /// The right answer of a task that generates and lists its choices: the text of the one that the target numbers.
  private var choice: Value? {
    guard let choices = document.choices, let index = document.target.asInt else { return nil }
    let place = index < 0 ? index + choices.count : index
    return choices.indices.contains(place) ? .string(choices[place]) : document.target
  }

  /// A gold is compared as what the filters made of the answer: a number as the text that it prints, a text as
  /// the number that it reads.
  private func cast(_ gold: Value, to result: Value) throws(OutcomeTrouble) -> Value {
    switch result {
    case .string: return .string(gold.text)
    case .bool: return .bool(gold.isTruthy)
    case .int:
      if case .double(let number) = gold {
        return Int(exactly: number.rounded(.towardZero)).map { .int($0) } ?? gold
      }
      if let number = gold.asInt ?? Int(gold.text.pythonStripped) { return .int(number) }
    case .double:
      if let number = gold.asDouble ?? Double(gold.text.pythonStripped) { return .double(number) }
    case .null, .list, .tuple, .map, .object: return gold
    }
    throw OutcomeTrouble(
      message: "the filters left the number \(result.repr), but the right answer is \(gold.repr.prefix(60))")
  }
}

// MARK: - For expressions

extension OutcomeMaker {
  /// What an expression that scores the document sees beside its columns, under the names that `TemplateScore` gives.
  func scoreVariables(of filtered: [Value]) throws(MetricError) -> OrderedMap {
    do throws(OutcomeTrouble) {
      var variables = OrderedMap()
      if let choices = document.choices { variables["choices"] = .list(choices.map { .string($0) }) }
      switch task.outputType {
      case .generateUntil:
        variables["answer"] = filtered[0]
        variables["target"] = choice ?? document.target
      case .multipleChoice: add(try choices(filtered), to: &variables)
      case .loglikelihood:
        let (logProbability, isGreedy) = try pair(filtered[0])
        variables["loglikelihoods"] = [.double(logProbability)]
        variables["greedy"] = [.bool(isGreedy)]
        variables["target"] = document.target
      case .loglikelihoodRolling:
        variables["loglikelihoods"] = [filtered[0]]
        variables["target"] = document.target
      }
      return variables
    } catch {
      throw MetricError(error.message)
    }
  }

  private func add(_ outcome: ChoiceOutcome, to variables: inout OrderedMap) {
    let likelihoods = outcome.logProbabilities
    // Of equals the first counts, as for `acc`.
    let best = likelihoods.indices.reduce(0) { likelihoods[$1] > likelihoods[$0] ? $1 : $0 }
    variables["answer"] = outcome.choices.indices.contains(best) ? .string(outcome.choices[best]) : .null
    variables["prediction"] = .int(best)
    variables["loglikelihoods"] = .list(likelihoods.map { .double($0) })
    variables["greedy"] = .list(outcome.isGreedy.map { .bool($0) })
    switch outcome.gold {
    case .one(let place): variables["target"] = .int(place)
    case .anyOf(let places): variables["target"] = .list(places.map { .int($0) })
    case .missing: variables["target"] = .null
    }
  }
}
