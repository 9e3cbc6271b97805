public import Values

/// A process that holds functions of task authors, written in another language, and calls them.
///
/// Calls go out one at a time and block; values cross the border with their Python types (see `ForeignMethod`).
public protocol ForeignFunctions: Sendable {
  /// Carries out one method, after starting the process where that has not happened yet.
  ///
  /// - Parameter callback: answers what the process asks meanwhile, by name, or gives nil for what others answer; its
  ///   error is raised over there.
  func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback?
  ) throws(ForeignError) -> Value
}

/// Answers a question of the process, a name and its parameters; nil for one that it does not know.
public typealias ForeignCallback = @Sendable (String, OrderedMap) throws -> Value?

extension ForeignFunctions {
  public func call(_ method: ForeignMethod, _ parameters: OrderedMap) throws(ForeignError) -> Value {
    try call(method, parameters, callback: nil)
  }
}

/// Where a function of a task's author is found.
public struct FunctionReference: Hashable, Sendable {
  /// The folder of the file that says `!function`.
  public let folder: String
  /// What it says: modules and the function's name, with dots between.
  public let name: String

  public init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }

  var parameters: OrderedMap { ["folder": .string(folder), "name": .string(name)] }
}

/// What the process can be asked to do.
///
/// A *table* is a mapping of `columns`, a list of names, and `rows`, a list with a list of values for each row. An
/// *outcome* is a mapping with `value`, or with `error`, itself a mapping as `ForeignError` reads it.
/// A *function* is a mapping of `folder` and `name`.
public enum ForeignMethod: String, Sendable, CaseIterable {
  /// `function` → `kind` (`function`, `class` or `value`), `name` (its `__name__`), and `value` where it is one.
  case load = "function.load"
  /// `functions` → for each a mapping: `source` (its text) where it has one, `value` where it is no function.
  case sources = "function.sources"
  /// `function`, `arguments` (a list), `keywords` (a mapping) → what the function returns.
  case invoke = "function.call"
  /// `function`, `table` → a list with an outcome for each row, to which the function was applied.
  case mapRows = "rows.map"
  /// `function`, `table` → a table: what the function makes of a `datasets.Dataset` of these rows. The table may be a
  /// mapping of `name` alone; the process then asks for it with `table.rows`, and keeps it under its name.
  case processRows = "rows.process"
  /// `function`, `keywords` → a mapping from the names of splits to tables.
  case loadRows = "rows.load"
  /// `function`, `table`, `answers` (a list for each row) → an outcome for each row: a mapping of numbers' names.
  case processResults = "results.process"
  /// `function`, `golds`, `results`, `keywords` → an outcome for each pair, as the harness calls a metric.
  case scorePairs = "metric.score"
  /// `function` or `registered` (a name), `keywords`, `answers`, `table` → a list with what is left of each answer.
  case filterAnswers = "filter.apply"
  /// `function` (a sampler's class), `table` (the pool), `count`, `seed`, `excluded` (for each document the row that
  /// may not be among its examples, or null) → for each document a list of rows.
  case sample = "examples.sample"
  /// `kind` (`filter`, `metric` or `aggregation`), `name` → whether a task's module has registered it.
  case isRegistered = "registry.has"
  /// `function` (a task's class), `config` (its file's mapping), `functions` (for each that the mapping names its
  /// `path` and `function`), `generation`, `shots`, `seed` → `task` (the object), `count`, `unsafe`, `media`.
  case makeTask = "task.make"
  /// `task`, `limit`, `samples`, `system`, `chat`, `multiturn` → `documents` (each `number`, `doc`, `target` and
  /// `requests`, lists of number, type, arguments and repeats), `configuration`, `version`, `output_type`.
  case buildRequests = "task.requests"
  /// `task`, `answers` (for each document and request a list) → `pipelines` (each `name` and `samples`, mappings of
  /// `number`, `filtered` and `metrics`), `aggregations` and `directions` by metric.
  case scoreTask = "task.score"
  /// `task`, `metric`, `pipeline` → `value` and `error`, numbers.
  case aggregateTask = "task.aggregate"
}

/// Why a function of a task's author gave nothing.
public struct ForeignError: Error, Hashable, Sendable {
  public enum Kind: String, Sendable, Hashable {
    /// No interpreter, or it could not start.
    case unavailable
    /// The module or a package that it imports is missing.
    case missingModule = "missing-module"
    /// The module has no such function.
    case missingFunction = "missing-function"
    /// The function raised an exception, at import or when called.
    case raised
    /// It returned what cannot be used.
    case unusableResult = "unusable-result"
    /// It took longer than allowed.
    case timedOut = "timed-out"
    /// The process ended.
    case died
  }

  public let kind: Kind
  /// What happened, in one line.
  public let message: String
  /// Where it happened, as Python prints it; without the frames of this program.
  public let traceback: String?
  /// What to do about it.
  public let help: String?

  public init(_ kind: Kind, _ message: String, traceback: String? = nil, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.traceback = traceback
    self.help = help
  }
}
