import Exchange
import Foundation
import Schema
import Values

/// Answers that were given before, read from a file.
struct Replay: BackendPlugin {
  static let name = "replay"

  static let about = """
    Answers from a file of JSON lines, one answer each:

    ```
    {"request_type": "loglikelihood", "arguments": ["2 + 2 =", " 4"], "response": [-0.25, true]}
    {"request_type": "loglikelihood_rolling", "arguments": ["A text."], "response": -12.5}
    {"request_type": "generate_until", "arguments": ["Q: 2 + 2?\\nA:", {"until": ["\\n"]}], "response": " 4"}
    ```

    Arguments are compared by value. A request that the file does not answer is an error. If it answers a request
    several times, repetitions of the request get the answers in turn.
    """

  struct Settings: Sendable {
    let path: String
  }

  static let schema = Schema<Settings>(
    Field("path", .string, "the file of answers"),
    make: Settings.init)

  let abilities = Abilities.all
  let facts: OrderedMap
  let identity: OrderedMap
  private let path: String
  private let answers: [Key: [Answer]]

  init(_ settings: Settings, _ context: BackendContext) throws(BackendError) {
    path = settings.path
    let data = try Recording.data(path)
    answers = try Recording.read(data, path)
    identity = ["answers": .string(sha256(String(decoding: data, as: UTF8.self)))]
    facts = ["replayed_from": .string(path)]
  }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    var missing: [Request] = []
    for (index, request) in requests.enumerated() {
      if let known = answers[Key(request)] {
        delivery.answer(index, known[min(request.repetition, known.count - 1)])
      } else {
        missing.append(request)
      }
    }
    if let first = missing.first { throw failure(first, missing.count, of: requests.count) }
  }
}

extension Replay {
  /// What answers are found by.
  struct Key: Hashable, Sendable {
    let type: RequestType
    let arguments: Value

    init(type: RequestType, arguments: Value) {
      self.type = type
      self.arguments = arguments
    }

    init(_ request: Request) { self.init(type: request.type, arguments: request.arguments) }

    var texts: [String] { arguments.asList?.compactMap(\.asString) ?? [] }
  }

  private func failure(_ request: Request, _ count: Int, of all: Int) -> BackendError {
    let key = Key(request)
    let most = count > 1 ? "\(count) of \(all) requests are not there; the first is" : "it does not answer"
    return BackendError(
      .unanswerable,
      "\(path): \(most) \(key.type.rawValue) \(key.arguments.repr(upTo: 160))",
      help: nearest(to: key) ?? "record it, or check that the file belongs to these tasks")
  }

  /// Where the request differs from the recorded one that begins most like it.
  private func nearest(to key: Key) -> String? {
    let prompt = Array((key.texts.first ?? "").unicodeScalars)
    var best: (same: Int, key: Key)?
    for other in answers.keys where other.type == key.type {
      let same = zip((other.texts.first ?? "").unicodeScalars, prompt).prefix { $0 == $1 }.count
      if same > best?.same ?? 0 { best = (same, other) }
    }
    guard let best else { return nil }
    let recorded = Array((best.key.texts.first ?? "").unicodeScalars)
    guard recorded != prompt else {
      return
        "the prompt is recorded, but with \(best.key.arguments.asList?.last?.repr(upTo: 160) ?? "nothing")"
    }
    func from(_ text: [Unicode.Scalar]) -> String {
      var part = ""
      part.unicodeScalars.append(contentsOf: text[best.same...].prefix(40))
      return Value.string(part).repr
    }
    return
      "the nearest recorded prompt differs from character \(best.same + 1) on: recorded \(from(recorded)), asked"
      + " \(from(prompt))"
  }
}

/// The file of answers.
private enum Recording {
  static func data(_ path: String) throws(BackendError) -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BackendError(unreadable: path, help: "`path` names a file of JSON lines")
    }
    return data
  }

  static func read(_ data: Data, _ path: String) throws(BackendError) -> [Replay.Key: [Answer]] {
    var answers: [Replay.Key: [Answer]] = [:]
    var number = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      let (key, answer) = try entry(line, "\(path):\(number)")
      answers[key, default: []].append(answer)
    }
    return answers
  }

  private static func entry(_ line: Data, _ place: String) throws(BackendError) -> (Replay.Key, Answer) {
    func failure(_ message: String) -> BackendError {
      BackendError(
        .unusable, "\(place): \(message)",
        help: "a line is {\"request_type\": …, \"arguments\": […], \"response\": …}")
    }
    let value: Value
    do { value = try Value(json: line) } catch {
      throw BackendError(
        .unusable, "\(place):\(error.offset + 1): is not JSON: \(error.message)",
        help: "one JSON object a line")
    }
    guard let map = value.asMap else { throw failure("is not a JSON object") }
    guard let name = map["request_type"]?.asString, let type = RequestType(rawValue: name) else {
      let known = RequestType.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure("`request_type` should be one of \(known)")
    }
    guard let arguments = map["arguments"]?.asList else { throw failure("`arguments` should be a list") }
    guard let response = map["response"], let answer = Answer(response, to: type) else {
      throw failure("`response` should be \(Answer.form(of: type))")
    }
    return (Replay.Key(type: type, arguments: .list(arguments)), answer)
  }
}
