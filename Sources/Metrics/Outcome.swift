public import Values

/// What a document's answers came to, by output type.
public enum Outcome: Sendable {
  case loglikelihood(logProbability: Double, isGreedy: Bool)
  case rolling(logProbability: Double, text: String)
  case choices(ChoiceOutcome)
  case generation(GenerationOutcome)
}

/// How likely each choice was, and which is right.
public struct ChoiceOutcome: Sendable {
  public var logProbabilities: [Double]
  public var isGreedy: [Bool]
  /// Without the context, where a metric asked for it.
  public var unconditional: [Double]?
  public var choices: [String]
  public var gold: Gold

  public init(
    logProbabilities: [Double], isGreedy: [Bool], unconditional: [Double]? = nil, choices: [String],
    gold: Gold
  ) {
    self.logProbabilities = logProbabilities
    self.isGreedy = isGreedy
    self.unconditional = unconditional
    self.choices = choices
    self.gold = gold
  }
}

/// What was written, and what is right.
public struct GenerationOutcome: Sendable {
  /// A text; a list if the filters left several answers.
  public var result: Value
  public var golds: [Value]
  /// Whether the task has several right answers, of which one is enough.
  public var hasManyTargets: Bool

  public init(result: Value, golds: [Value], hasManyTargets: Bool) {
    self.result = result
    self.golds = golds
    self.hasManyTargets = hasManyTargets
  }
}

/// Which choices are right.
public enum Gold: Hashable, Sendable {
  case one(Int)
  /// Any of several; those that are no choice are left out.
  case anyOf([Int])
  /// None of the choices: the document scores 0.
  case missing

  /// Reads a target: the number of a choice, its text, or a list of numbers.
  ///
  /// A number that no choice has is missing. So is a negative one (the mark of hidden labels), where the
  /// harness counts from the end for some metrics and not for others.
  public init(_ target: Value, among choices: [String]) {
    func place(_ value: Value) -> Int? {
      guard let place = value.asInt ?? value.asDouble.flatMap({ Int(exactly: $0) }) else { return nil }
      return choices.indices.contains(place) ? place : nil
    }
    switch target {
    case .list(let items), .tuple(let items): self = .anyOf(items.compactMap(place))
    case .string(let text):
      self = choices.firstIndex { sameBytes($0, text) }.map { .one($0) } ?? .missing
    default: self = place(target).map { .one($0) } ?? .missing
    }
  }

  func contains(_ place: Int) -> Bool {
    switch self {
    case .one(let it): it == place
    case .anyOf(let all): all.contains(place)
    case .missing: false
    }
  }
}
