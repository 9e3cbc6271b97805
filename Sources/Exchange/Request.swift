public import Values

/// One question for a model.
///
/// It knows nothing of the task it came from.
public struct Request: Hashable, Sendable {
  /// What is asked.
  public enum Ask: Hashable, Sendable {
    /// How likely is `continuation` after `context`, and would it be chosen greedily?
    case loglikelihood(context: Prompt, continuation: String)
    /// How likely is the whole text, read in windows?
    case loglikelihoodRolling(text: String)
    /// Write on from `context`.
    case generate(context: Prompt, options: GenerationOptions)
  }

  public var ask: Ask
  /// Which of several samples of the same question this is; 0 unless answers are drawn at random.
  public var repetition: Int

  public init(_ ask: Ask, repetition: Int = 0) {
    self.ask = ask
    self.repetition = repetition
  }
}

extension Request.Ask {
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.loglikelihood(let x, let s), .loglikelihood(let y, let t)): sameBytes(s, t) && x == y
    case (.loglikelihoodRolling(let s), .loglikelihoodRolling(let t)): sameBytes(s, t)
    case (.generate(let x, let s), .generate(let y, let t)): s == t && x == y
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .loglikelihood(let context, let continuation):
      hasher.combine(context)
      hashBytes(of: continuation, into: &hasher)
    case .loglikelihoodRolling(let text): hashBytes(of: text, into: &hasher)
    case .generate(let context, let options):
      hasher.combine(context)
      hasher.combine(options)
    }
  }
}

/// The kinds of request, by the names that task files and results use.
public enum RequestType: String, Sendable, CaseIterable {
  case loglikelihood
  case loglikelihoodRolling = "loglikelihood_rolling"
  case generateUntil = "generate_until"
}

extension Request {
  public var type: RequestType {
    switch ask {
    case .loglikelihood: .loglikelihood
    case .loglikelihoodRolling: .loglikelihoodRolling
    case .generate: .generateUntil
    }
  }

  /// The arguments as the harness's instances have them: texts, and a mapping for generation.
  public var arguments: Value {
    switch ask {
    case .loglikelihood(let context, let continuation): .list([.string(context.text), .string(continuation)])
    case .loglikelihoodRolling(let text): .list([.string(text)])
    case .generate(let context, let options): .list([.string(context.text), .map(options.values)])
    }
  }
}

/// How to generate: the task's `generation_kwargs` as they stand, with the readings every backend needs.
public struct GenerationOptions: Sendable {
  /// All keys, also those that only some backends know.
  public var values: OrderedMap

  public init(_ values: OrderedMap = OrderedMap()) { self.values = values }

  /// Texts at which the answer ends; they are not part of it.
  public var until: [String] {
    switch values["until"] {
    case .string(let one): [one]
    case .list(let many), .tuple(let many): many.map(\.text)
    default: []
    }
  }

  private static let limits = ["max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens"]

  /// Whether one of the names in use says how many tokens to write.
  public var hasLimit: Bool { Self.limits.contains { values[$0].map { !$0.isNull } ?? false } }

  /// The most tokens to write: the first present of the names in use, else 256.
  public var maxTokens: Int {
    for key in Self.limits {
      if let number = values[key]?.asDouble, number.isFinite { return max(0, Int(number)) }
    }
    return 256
  }

  public var temperature: Double { isSampled ? values["temperature"]?.asDouble ?? 0 : 0 }

  /// Whether answers are drawn at random rather than greedily.
  public var isSampled: Bool {
    let temperature = values["temperature"]?.asDouble ?? 0
    guard let doSample = values["do_sample"], !doSample.isNull else { return temperature > 0 }
    return doSample.isTruthy && temperature > 0
  }
}

extension GenerationOptions: Hashable {
  public static func == (a: GenerationOptions, b: GenerationOptions) -> Bool { a.values == b.values }
  public func hash(into hasher: inout Hasher) { hasher.combine(values.count) }
}

/// What a model said to a request.
public enum Answer: Hashable, Sendable {
  case loglikelihood(Double, isGreedy: Bool)
  case rolling(Double)
  case text(String)

  /// The form that filters and metrics take: a (log-probability, greedy) pair, a number or a text.
  public var value: Value {
    switch self {
    case .loglikelihood(let logProbability, let isGreedy): .tuple([.double(logProbability), .bool(isGreedy)])
    case .rolling(let logProbability): .double(logProbability)
    case .text(let text): .string(text)
    }
  }
}
