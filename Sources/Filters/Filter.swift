public import Diagnostics
public import Schema
public import Values

/// A step of a pipeline, which sees the answers to all of a task's requests.
public protocol FilterStep: Sendable {
  /// Changes each request's answers: at first a list of as many as there are repeats, later what the step
  /// before left (`take_first` leaves a single value).
  ///
  /// - Parameter documents: for each request the row that it was made from.
  func apply(toAll answers: [Value], of documents: [OrderedMap]) throws(StepError) -> [Value]
}

/// Which request a step failed at, and why.
public struct StepError: Error, Equatable {
  /// Nil where it was all of them.
  public let request: Int?
  public let cause: FilterError

  public init(request: Int?, _ cause: FilterError) {
    self.request = request
    self.cause = cause
  }
}

/// A pure step between what a model said and what a metric scores, for each request by itself.
public protocol Filter: FilterStep {
  /// The name a task file uses.
  static var name: String { get }
  /// Its page: what it does, with examples that are run as tests.
  static var about: String { get }
  /// The keys it accepts beside `function`.
  static var schema: Schema<Self> { get }

  /// Changes one request's answers.
  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value
}

extension Filter {
  public func apply(toAll answers: [Value], of documents: [OrderedMap]) throws(StepError) -> [Value] {
    var left: [Value] = []
    left.reserveCapacity(answers.count)
    for (index, answer) in answers.enumerated() {
      do throws(FilterError) {
        left.append(try apply(to: answer, of: .map(documents[index])))
      } catch {
        throw StepError(request: index, error)
      }
    }
    return left
  }
}

/// Why a filter could do nothing with an answer.
public struct FilterError: Error, Equatable {
  /// One line, lower case, no full stop.
  public let message: String
  public let help: String?
  /// A traceback.
  public let note: String?
  /// The place in the task's file, where there is one.
  public let span: SourceSpan?

  public init(_ message: String, help: String? = nil, note: String? = nil, at span: SourceSpan? = nil) {
    self.message = message
    self.help = help
    self.note = note
    self.span = span
  }
}

/// Steps one after the other, under the name by which their results are reported.
public struct FilterPipeline: Sendable {
  public let name: String
  public let steps: [any FilterStep]

  public init(name: String, steps: [any FilterStep]) {
    self.name = name
    self.steps = steps
  }

  /// Takes the answers to all requests through all steps.
  public func apply(toAll answers: [Value], of documents: [OrderedMap]) throws(StepError) -> [Value] {
    var answers = answers
    for step in steps { answers = try step.apply(toAll: answers, of: documents) }
    return answers
  }
}

// MARK: - What Python does with an answer

extension Value {
  /// What a loop over the answer goes through: the items of a list, the characters of a text, the keys of a
  /// mapping.
  func items() throws(FilterError) -> [Value] {
    switch self {
    case .list(let it), .tuple(let it): return it
    case .string(let it): return it.unicodeScalars.map { .string(String($0)) }
    case .map(let it): return it.keys
    case .null, .bool, .int, .double, .object:
      throw FilterError(
        "there are no answers in \(repr)", help: "a step before this one has left something else than a list")
    }
  }

  /// The same without mappings, whose keys have no order to count by.
  func sequence() throws(FilterError) -> [Value] {
    if case .map = self { throw FilterError("expected a list of answers, found \(repr)") }
    return try items()
  }

  /// The answer as a text, which some filters need.
  func needText() throws(FilterError) -> String {
    if case .string(let it) = self { return it }
    throw FilterError("expected text, found \(repr)")
  }

  /// Refuses what Python cannot look up: lists and mappings.
  func needKey() throws(FilterError) -> Value {
    switch self {
    case .list, .map: throw FilterError("\(repr) cannot be looked up", help: "use `take_first` before")
    case .tuple(let items):
      for item in items { _ = try item.needKey() }
      return self
    case .null, .bool, .int, .double, .string, .object: return self
    }
  }
}

extension Array<Value> {
  /// A list with each answer changed.
  func mapped(_ change: (Value) throws(FilterError) -> Value) throws(FilterError) -> Value {
    var out: [Value] = []
    out.reserveCapacity(count)
    for answer in self { out.append(try change(answer)) }
    return .list(out)
  }
}

extension Array {
  /// Python's index: from the end if negative; nil where Python raises.
  func element(_ index: Int) -> Element? {
    let place = index < 0 ? count + index : index
    return indices.contains(place) ? self[place] : nil
  }
}
