public import Diagnostics
public import Schema
public import Values

/// What scores a task's documents.
public protocol Scorer: Sendable {
  /// For each outcome a number, a mapping of several, or nil where there is none.
  ///
  /// - Parameter rows: for each outcome the row of its document.
  func scores(_ outcomes: [Outcome], of rows: [OrderedMap]) throws(ScoringError) -> [Value?]
}

extension Scorer {
  /// The score of one document by itself.
  public func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    do throws(ScoringError) { return try scores([outcome], of: [[:]])[0] } catch { throw error.cause }
  }
}

/// Which document could not be scored, and why.
public struct ScoringError: Error, Equatable {
  /// Nil where it was all of them.
  public let document: Int?
  public let cause: MetricError

  public init(document: Int?, _ cause: MetricError) {
    self.document = document
    self.cause = cause
  }
}

/// A number for one document, and how the numbers of all documents become one.
public protocol Metric: Scorer {
  /// The name a task file uses.
  static var name: String { get }
  /// Its page: what it measures, with examples that are run as tests.
  static var about: String { get }
  /// The output types it scores.
  static var outputTypes: Set<OutputType> { get }
  /// The output types for which its options have an effect.
  static var outputTypesWithOptions: Set<OutputType> { get }
  static var defaultAggregation: String { get }
  static var itemKind: ItemKind { get }
  static var isHigherBetter: Bool { get }
  /// What a document's score is at its best; nil where none is defined.
  static var bestScore: BestScore? { get }
  /// Whether the *evaluate* library has it too, with the same numbers.
  static var isInEvaluate: Bool { get }
  /// The keys it accepts beside those of every entry.
  static var schema: Schema<Self> { get }

  /// A document's number; nil if the metric has none for such an outcome.
  func score(_ outcome: Outcome) throws(MetricError) -> Value?
}

extension Metric {
  public func scores(_ outcomes: [Outcome], of rows: [OrderedMap]) throws(ScoringError) -> [Value?] {
    var scores: [Value?] = []
    scores.reserveCapacity(outcomes.count)
    for (index, outcome) in outcomes.enumerated() {
      do throws(MetricError) { scores.append(try score(outcome)) } catch {
        throw ScoringError(document: index, error)
      }
    }
    return scores
  }

  public static var outputTypesWithOptions: Set<OutputType> { [] }
  public static var itemKind: ItemKind { .number }
  public static var isInEvaluate: Bool { false }
}

/// What a metric gives for each document, and an aggregation takes.
public enum ItemKind: Sendable {
  case number
  /// A log-probability and the number of words or bytes it is for.
  case weighted
  /// What is right and what was given: numbers of choices, or texts.
  case pair
  /// The number of the right choice and a number for each choice.
  case spread
  /// Nothing at all.
  case nothing
}

/// Why a metric has no number where it should have one.
public struct MetricError: Error, Equatable {
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

/// A metric as a task uses it.
public struct MetricUse: Sendable {
  public let name: String
  public let metric: any Scorer
  public let aggregation: any Aggregation
  /// Nil if the task says that neither is better.
  public let isHigherBetter: Bool?

  public init(name: String, metric: any Scorer, aggregation: any Aggregation, isHigherBetter: Bool?) {
    self.name = name
    self.metric = metric
    self.aggregation = aggregation
    self.isHigherBetter = isHigherBetter
  }
}
