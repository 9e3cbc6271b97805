public import Exchange
import Synchronization
public import Values

/// Python functions as a test has them: closures by name, and a record of what was called.
public final class ScriptedFunctions: ForeignFunctions {
  /// What a function makes of one row, or of all its arguments.
  public typealias Body = @Sendable (Value) throws(ForeignError) -> Value

  private let bodies: [String: Body]
  private let log = Mutex<[String]>([])

  public init(_ bodies: [String: Body]) { self.bodies = bodies }

  /// `method name` of every call so far, with the number of rows where there are some.
  public var calls: [String] { log.withLock { $0 } }

  public func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback?
  ) throws(ForeignError) -> Value {
    // What a function looks like is asked only for results files, and is no call of it.
    if method == .sources { return [] }
    let name = parameters["function"]?.asMap?["name"]?.asString ?? ""
    var table = parameters["table"]
    if let named = table?.asMap?["name"] { table = (try? callback?("table.rows", ["name": named])) ?? nil }
    let rows = try table.map { table throws(ForeignError) in try ForeignTable(table).rows }
    log.withLock { $0.append("\(method.rawValue) \(name)" + (rows.map { " \($0.count)" } ?? "")) }
    if method == .isRegistered { return false }
    guard let body = bodies[name] else {
      throw ForeignError(.missingFunction, "`\(name)` is not there")
    }
    switch method {
    case .load: return ["kind": "function", "name": .string(String(name.split(separator: ".").last ?? ""))]
    case .mapRows: return .list((rows ?? []).map { outcome(body, .map($0)) })
    case .processResults:
      let answers = parameters["answers"]?.asList ?? []
      return .list(zip(rows ?? [], answers).map { outcome(body, .tuple([.map($0), $1])) })
    case .scorePairs:
      let pairs = zip(parameters["golds"]?.asList ?? [], parameters["results"]?.asList ?? [])
      return .list(pairs.map { outcome(body, .tuple([$0, $1])) })
    case .processRows: return try body(table ?? .null)
    case .loadRows: return try body(parameters["keywords"] ?? .null)
    case .invoke: return try body(parameters["arguments"] ?? .null)
    case .filterAnswers: return try body(parameters["answers"] ?? .null)
    case .sample: return try body(.map(parameters))
    case .isRegistered, .sources: return false
    case .makeTask, .buildRequests, .scoreTask, .aggregateTask: return try body(.map(parameters))
    }
  }

  private func outcome(_ body: Body, _ argument: Value) -> Value {
    do throws(ForeignError) { return ["value": try body(argument)] } catch {
      return ["error": ["kind": .string(error.kind.rawValue), "message": .string(error.message)]]
    }
  }
}
