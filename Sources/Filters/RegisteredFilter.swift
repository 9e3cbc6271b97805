public import Exchange
public import Values

/// A filter that a module of a task's author has registered with the harness by a name.
public struct RegisteredFilter: FilterStep {
  let givenName: String
  private let options: OrderedMap
  private let host: any ForeignFunctions

  public init(name: String, options: OrderedMap, host: any ForeignFunctions) {
    givenName = name
    self.options = options
    self.host = host
  }

  /// Whether a module that was imported has registered the name.
  public var isThere: Bool {
    let answer = try? host.call(.isRegistered, ["kind": "filter", "name": .string(givenName)])
    return answer?.isTruthy ?? false
  }

  public func apply(toAll answers: [Value], of documents: [OrderedMap]) throws(StepError) -> [Value] {
    do throws(ForeignError) {
      let left = try host.call(
        .filterAnswers,
        [
          "registered": .string(givenName), "keywords": .map(options), "answers": .list(answers),
          "table": ForeignTable(documents).value,
        ])
      if let left = left.asList, left.count == answers.count { return left }
      throw ForeignError(
        .unusableResult, "the filter `\(givenName)` left no answer for each of \(answers.count) requests")
    } catch {
      throw StepError(request: nil, FilterError(error.message, help: error.help, note: error.traceback))
    }
  }
}
