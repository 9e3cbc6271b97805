public import Values

/// One function of a task's author, ready to be called.
public struct ForeignFunction: Sendable {
  public let reference: FunctionReference
  let host: any ForeignFunctions

  public init(_ reference: FunctionReference, in host: any ForeignFunctions) {
    self.reference = reference
    self.host = host
  }

  /// What the name stands for, after importing it.
  public enum Thing: Sendable {
    case function(name: String)
    case type(name: String)
    case value(Value)
  }

  public func load() throws(ForeignError) -> Thing {
    let answer = try call(.load, [:]).asMap ?? [:]
    let name = answer["name"]?.asString ?? reference.name
    return switch answer["kind"]?.asString {
    case "value": .value(answer["value"] ?? .null)
    case "class": .type(name: name)
    default: .function(name: name)
    }
  }

  /// For each function its text as the author wrote it, or the value where the name stands for no function; nil for
  /// what has no text.
  public static func sources(of functions: [ForeignFunction]) throws(ForeignError) -> [Value?] {
    guard let host = functions.first?.host else { return [] }
    let references = functions.map { Value.map($0.reference.parameters) }
    let answer = try host.call(.sources, ["functions": .list(references)]).asList ?? []
    return functions.indices.map { index in
      let found = answer.indices.contains(index) ? answer[index].asMap : nil
      return found?["source"] ?? found?["value"]
    }
  }

  /// What the function returns.
  public func callAsFunction(
    _ arguments: [Value] = [], keywords: OrderedMap = [:]
  ) throws(ForeignError) -> Value {
    try call(.invoke, ["arguments": .list(arguments), "keywords": .map(keywords)])
  }

  /// What the function makes of each row.
  public func mapped(_ rows: [OrderedMap]) throws(ForeignError) -> [Result<Value, ForeignError>] {
    let outcomes = try call(.mapRows, ["table": ForeignTable(rows).value])
    return try self.outcomes(outcomes, count: rows.count)
  }

  /// What a function on whole data sets makes of these rows.
  public func processed(_ table: ForeignTable) throws(ForeignError) -> ForeignTable {
    guard let name = table.name else {
      return try ForeignTable(try call(.processRows, ["table": table.value]))
    }
    // The process asks for the rows the first time that it hears of the name.
    let answer = try call(.processRows, ["table": ["name": .string(name)]]) { question, parameters in
      question == "table.rows" && parameters["name"] == .string(name) ? table.value : nil
    }
    return try ForeignTable(answer)
  }

  /// The splits that a function without rows comes up with.
  public func splits(_ keywords: OrderedMap) throws(ForeignError) -> [(name: String, table: ForeignTable)] {
    let splits = try call(.loadRows, ["keywords": .map(keywords)]).asMap ?? [:]
    var tables: [(name: String, table: ForeignTable)] = []
    for (name, table) in splits { tables.append((name.text, try ForeignTable(table))) }
    return tables
  }

  /// For each row the numbers that the function gives for its answers.
  public func results(
    of rows: [OrderedMap], _ answers: [[Value]]
  ) throws(ForeignError) -> [Result<Value, ForeignError>] {
    let outcomes = try call(
      .processResults, ["table": ForeignTable(rows).value, "answers": .list(answers.map { .list($0) })])
    return try self.outcomes(outcomes, count: rows.count)
  }

  /// For each pair of a right answer and a given one what the metric gives.
  public func scores(
    golds: [Value], results: [Value], keywords: OrderedMap
  ) throws(ForeignError) -> [Result<Value, ForeignError>] {
    let outcomes = try call(
      .scorePairs, ["golds": .list(golds), "results": .list(results), "keywords": .map(keywords)])
    return try self.outcomes(outcomes, count: golds.count)
  }

  /// The examples that a sampler's class chooses from a pool for one document after another.
  ///
  /// - Parameter excluded: for each document the row that may not be among its examples, or nil.
  public func examples(
    from pool: [OrderedMap], count: Int, seed: Int, excluding excluded: [OrderedMap?]
  ) throws(ForeignError) -> [[OrderedMap]] {
    let chosen = try call(
      .sample,
      [
        "table": ForeignTable(pool).value, "count": .int(count), "seed": .int(seed),
        "excluded": .list(excluded.map { row in row.map { .map($0) } ?? .null }),
      ])
    let lists = chosen.asList?.compactMap { $0.asList?.compactMap(\.asMap) }
    guard let lists, lists.count == excluded.count else {
      throw ForeignError(
        .unusableResult, "`\(reference.name)` chose no examples for each of \(excluded.count) documents")
    }
    return lists
  }

  /// What a filter's class, made with these options, or a filter's function leaves of each request's answers.
  public func filtered(
    _ answers: [Value], of rows: [OrderedMap], options: OrderedMap
  ) throws(ForeignError) -> [Value] {
    let left = try call(
      .filterAnswers,
      ["keywords": .map(options), "answers": .list(answers), "table": ForeignTable(rows).value])
    guard let left = left.asList, left.count == answers.count else {
      throw ForeignError(
        .unusableResult, "`\(reference.name)` left no answer for each of \(answers.count) requests")
    }
    return left
  }

  private func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback? = nil
  ) throws(ForeignError) -> Value {
    var all: OrderedMap = ["function": .map(reference.parameters)]
    all.update(with: parameters)
    return try host.call(method, all, callback: callback)
  }

  private func outcomes(
    _ answer: Value, count: Int
  ) throws(ForeignError) -> [Result<Value, ForeignError>] {
    guard let outcomes = answer.asList, outcomes.count == count else {
      throw ForeignError(.unusableResult, "`\(reference.name)` gave no outcome for each of \(count) rows")
    }
    return outcomes.map { outcome in
      if let error = outcome.asMap?["error"] { return .failure(ForeignError(error)) }
      return .success(outcome.asMap?["value"] ?? .null)
    }
  }
}

/// Rows on their way to or from functions of task authors.
public struct ForeignTable: Sendable {
  public let columns: [String]
  public let rows: [OrderedMap]
  /// What stands for exactly these rows, so that they cross only once; nil for rows that come but once.
  public let name: String?

  public init(columns: [String], rows: [OrderedMap], name: String? = nil) {
    self.columns = columns
    self.rows = rows
    self.name = name
  }

  /// Rows that have the columns of the first.
  public init(_ rows: [OrderedMap]) {
    self.init(columns: rows.first?.keys.map(\.text) ?? [], rows: rows)
  }

  public init(_ value: Value) throws(ForeignError) {
    guard let map = value.asMap, let columns = map["columns"]?.asList, let rows = map["rows"]?.asList else {
      throw ForeignError(.unusableResult, "the function gave no data set")
    }
    self.init(
      columns: columns.map(\.text),
      rows: rows.map { row in OrderedMap(Array(zip(columns, row.asList ?? []))) })
  }

  public var value: Value {
    let rows: [Value] = rows.map { row in .list(columns.map { row[$0] ?? .null }) }
    return ["columns": .list(columns.map { .string($0) }), "rows": .list(rows)]
  }
}

extension ForeignError {
  /// Reads what the process says of an error: `kind`, `message`, `traceback`, `help`.
  public init(_ value: Value) {
    let map = value.asMap ?? [:]
    self.init(
      map["kind"]?.asString.flatMap(Kind.init(rawValue:)) ?? .raised, map["message"]?.asString ?? value.text,
      traceback: map["traceback"]?.asString, help: map["help"]?.asString)
  }
}
