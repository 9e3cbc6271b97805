public import Exchange
import Foundation
public import Schema
public import Values

/// Answers that a closure gives, or a small table.
public struct Scripted: BackendPlugin {
  public static let name = "scripted"

  public static let about = """
    Answers without a model, for dry runs and tests. A text is always `text`. A continuation is the likelier the shorter
    it is, minus one for each character, never greedy; so is a whole text. Programs in Swift give a closure instead.

    With `answers`, a file of JSON lines, requests are answered by what stands in them: the first line whose `contains`
    occurs in the prompt (context and continuation together) and whose `answer` fits the request.

    ```
    {"contains": "2 + 2", "answer": " 4"}
    {"contains": "sky is blue", "answer": [-0.5, true]}
    {"contains": "", "answer": -20.0}
    ```

    A line with `error` in the place of `answer` lets the request fail, as a server may do. `delay` is how many milliseconds
    pass before each answer.
    """

  public struct Settings: Sendable {
    let text: String
    let answers: String?
    let delay: Int
  }

  public static let schema = Schema<Settings>(
    Field("text", .string, default: "", "the answer to every request for a text"),
    .optional("answers", .string, "a file of answers by what the prompt contains"),
    Field("delay", .int, default: 0, "milliseconds before each answer"),
    make: Settings.init)

  public let abilities = Abilities.all
  public let identity: OrderedMap
  private let delay: Int
  private let script: @Sendable (Request) throws(BackendError) -> Answer

  /// Answers each request by a closure.
  ///
  /// - Parameter identity: tells the closure from others where answers are kept.
  public init(
    identity: OrderedMap = OrderedMap(),
    _ script: @escaping @Sendable (Request) throws(BackendError) -> Answer
  ) {
    self.identity = identity
    delay = 0
    self.script = script
  }

  public init(_ settings: Settings, _ context: BackendContext) throws(BackendError) {
    let table = try settings.answers.map { path throws(BackendError) in try Rule.data(path) }
    let rules = if let path = settings.answers, let table { try Rule.read(table, path) } else { [Rule]() }
    delay = max(0, settings.delay)
    identity = [
      "text": .string(settings.text),
      "answers": table.map { .string(sha256(String(decoding: $0, as: UTF8.self))) } ?? .null,
    ]
    script = { request throws(BackendError) in
      try rules.firstAnswer(to: request) ?? Self.plain(request, text: settings.text)
    }
  }

  public func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    for (index, request) in requests.enumerated() {
      if delay > 0 { try? await Task.sleep(for: .milliseconds(delay)) }
      if Task.isCancelled { throw BackendError(.cancelled, "the run was cancelled") }
      let answer: Answer
      do throws(BackendError) { answer = try script(request) } catch {
        guard error.kind == .unreachable else { throw error }
        delivery.failed(index, error)
        continue
      }
      delivery.answer(index, answer)
    }
  }

  private static func plain(_ request: Request, text: String) -> Answer {
    switch request.ask {
    case .loglikelihood(_, let continuation):
      .loglikelihood(-Double(continuation.unicodeScalars.count), isGreedy: false)
    case .loglikelihoodRolling(let whole): .rolling(-Double(whole.unicodeScalars.count))
    case .generate(_, let options): .text(cut(text, at: options.until))
    }
  }

  /// A model would have stopped there.
  private static func cut(_ text: String, at stops: [String]) -> String {
    stops.filter { !$0.isEmpty }.reduce(text) { text, stop in
      text.range(of: stop, options: .literal).map { String(text[..<$0.lowerBound]) } ?? text
    }
  }
}

/// One line of the table.
private struct Rule: Sendable {
  let contains: String
  let answer: Value
  /// What the request fails with.
  let error: String?

  static func data(_ path: String) throws(BackendError) -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BackendError(unreadable: path, help: "`answers` names a file of JSON lines")
    }
    return data
  }

  static func read(_ data: Data, _ path: String) throws(BackendError) -> [Rule] {
    var rules: [Rule] = []
    var number = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty { continue }
      let value: Value
      do { value = try Value(json: line) } catch {
        throw BackendError(
          .unusable, "\(path):\(number):\(error.offset + 1): is not JSON: \(error.message)",
          help: "one JSON object a line")
      }
      guard let map = value.asMap, let contains = map["contains"]?.asString,
        let answer = map["answer"] ?? map["error"].map({ _ in .null })
      else {
        throw BackendError(
          .unusable, "\(path):\(number): is not an object with `contains` and `answer`",
          help: "a line is {\"contains\": \"2 + 2\", \"answer\": \" 4\"}")
      }
      rules.append(Rule(contains: contains, answer: answer, error: map["error"]?.text))
    }
    return rules
  }
}

extension [Rule] {
  fileprivate func firstAnswer(to request: Request) throws(BackendError) -> Answer? {
    let prompt =
      switch request.ask {
      case .loglikelihood(let context, let continuation): context.text + continuation
      case .loglikelihoodRolling(let text): text
      case .generate(let context, _): context.text
      }
    for rule in self where rule.contains.isEmpty || prompt.range(of: rule.contains, options: .literal) != nil
    {
      if let error = rule.error { throw BackendError(.unreachable, error) }
      if let answer = Answer(rule.answer, to: request.type) { return answer }
    }
    return nil
  }
}
