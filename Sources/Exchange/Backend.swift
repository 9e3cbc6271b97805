public import Values

/// Something that answers requests.
public protocol Backend: Sendable {
  /// What it can be asked.
  var abilities: Abilities { get }

  /// Facts for the results file: number of parameters, tokenizer tokens, context length.
  var facts: OrderedMap { get }

  /// Everything that shapes an answer beside the request: model and revision, dialect, way of scoring, settings.
  ///
  /// Answers are kept and used again under it, on other machines too, so it holds neither secrets nor what may differ
  /// between two places that answer alike, such as paths and addresses of copies.
  var identity: OrderedMap { get }

  /// Whether an answer depends on the request alone, and not on what else is asked; only such answers are kept.
  var isRepeatable: Bool { get }

  /// Learns what `facts` and `identity` must say and only another machine knows; to be called before they are read.
  func prepare() async throws(BackendError)

  /// What would work for requests of a kind that it cannot answer, in half a sentence.
  func advice(for type: RequestType) -> String?

  /// Answers every request, in any order, each once, handing each answer over as soon as it is there.
  ///
  /// It sees all requests of a run at once, so that it may sort, batch and share prefixes as suits it. A request that
  /// cannot be answered, however often it is tried, is delivered as failed, and the others go on; what it throws ends
  /// the run. It stops soon when the surrounding task is cancelled.
  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError)
}

extension Backend {
  public var facts: OrderedMap { OrderedMap() }
  public var identity: OrderedMap { facts }
  public var isRepeatable: Bool { true }
  public func prepare() async throws(BackendError) {}
  public func advice(for type: RequestType) -> String? { nil }

  /// Answers in the order asked: `answers[i]` belongs to `requests[i]`; throws where one failed.
  public func answer(_ requests: [Request]) async throws(BackendError) -> [Answer] {
    let collected = Collected(count: requests.count)
    try await answer(
      requests,
      to: Delivery(answer: { collected.put($1, at: $0) }, failed: { collected.fail($1, at: $0) }))
    if let failure = collected.firstFailure { throw failure }
    let answers = collected.all
    guard answers.count == requests.count else {
      throw BackendError(
        .broken, "\(requests.count - answers.count) of \(requests.count) requests were not answered")
    }
    return answers
  }
}

/// What a backend can be asked; a task that needs more is refused before it starts.
public struct Abilities: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let loglikelihood = Abilities(rawValue: 1)
  public static let loglikelihoodRolling = Abilities(rawValue: 2)
  public static let generation = Abilities(rawValue: 4)
  /// Images and sounds beside the text.
  public static let media = Abilities(rawValue: 8)
  /// Every kind of request, in text.
  public static let all: Abilities = [.loglikelihood, .loglikelihoodRolling, .generation]

  /// The ability that a kind of request needs.
  public static func needed(for type: RequestType) -> Abilities {
    switch type {
    case .loglikelihood: .loglikelihood
    case .loglikelihoodRolling: .loglikelihoodRolling
    case .generateUntil: .generation
    }
  }
}

/// Where a backend puts its answers, and what it has to say meanwhile.
///
/// Each request ends in one call, of `answer` or of `failed`.
public struct Delivery: Sendable {
  /// The answer to the request of this index.
  public let answer: @Sendable (Int, Answer) -> Void
  /// The request of this index was tried as often as is sensible and has no answer.
  public let failed: @Sendable (Int, BackendError) -> Void
  /// Something about the answer to this index that its score should be read with; said before the answer.
  public let noted: @Sendable (Int, AnswerNote) -> Void
  /// A remark for the user, such as a prompt that was cut; said once per kind however often it is made.
  public let remark: @Sendable (Remark) -> Void
  /// How far the work is, from backends that know it; said often.
  public let advanced: @Sendable (Workload) -> Void

  /// Whoever takes no failures finds fewer answers than requests.
  public init(
    answer: @escaping @Sendable (Int, Answer) -> Void,
    failed: @escaping @Sendable (Int, BackendError) -> Void = { _, _ in },
    noted: @escaping @Sendable (Int, AnswerNote) -> Void = { _, _ in },
    remark: @escaping @Sendable (Remark) -> Void = { _ in },
    advanced: @escaping @Sendable (Workload) -> Void = { _ in }
  ) {
    self.answer = answer
    self.failed = failed
    self.noted = noted
    self.remark = remark
    self.advanced = advanced
  }
}

/// What is odd about an answer; counted and shown beside the scores.
public enum AnswerNote: String, Sendable, Hashable, CaseIterable {
  /// It ended at the limit of tokens, not where the model or a stop text would end it.
  case truncated
  /// There was no text in it.
  case empty
  /// The model or its provider declined.
  case refused
}

/// Something a user should know about how the answers came about.
public struct Remark: Sendable, Hashable {
  /// What remarks are counted by, such as `truncated-prompt`.
  public let kind: String
  public let message: String

  public init(_ kind: String, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

/// Why a backend could not be made or could not answer.
public struct BackendError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    /// The user's settings or files: a missing argument, a truncated checkpoint.
    case unusable
    /// A request this backend cannot answer, such as one missing from a replay file.
    case unanswerable
    /// The prompt does not fit.
    case tooLong
    case unreachable
    case cancelled
    /// The backend broke its promise.
    case broken
  }

  public let kind: Kind
  /// What happened and where, in one line.
  public let message: String
  /// What to do about it.
  public let help: String?

  public init(_ kind: Kind, _ message: String, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.help = help
  }

  public var description: String { help.map { "\(message)\n  help: \($0)" } ?? message }
}
