public import Exchange
public import Runs
import Values

/// Answers as lines of a batch service, found by their `custom_id`.
public struct BatchResults: Sendable {
  private let requests: [Request]
  private let places: [String: Int]
  private var lines: [Int: Int] = [:]
  /// By the request's number.
  public private(set) var answers: [Int: KeptAnswer] = [:]
  public private(set) var failures: [FailedRequest] = []

  public init(requests: [Request]) {
    self.requests = requests
    places = Dictionary(requests.enumerated().map { ($1.contentHash, $0) }) { first, _ in first }
  }

  /// Takes a line.
  ///
  /// - Parameter number: its number in the file, from 1 on.
  public mutating func add(_ line: some Sequence<UInt8>, number: Int) throws(BatchTrouble) {
    let value: Value
    do { value = try Value(json: line) } catch {
      throw BatchTrouble("line \(number), byte \(error.offset + 1): is not JSON: \(error.message)")
    }
    guard let map = value.asMap, let id = map["custom_id"]?.asString else {
      throw BatchTrouble(
        "line \(number): is no object with a `custom_id`", help: "give the service's file of results")
    }
    guard let place = places[id] else {
      throw BatchTrouble(
        "line \(number): no request of these tasks has the `custom_id` `\(id)`",
        help: "give the tasks and flags that the requests were exported with")
    }
    if let earlier = lines[place] {
      throw BatchTrouble(
        "line \(number): `custom_id` `\(id)` is answered in line \(earlier) already",
        help: "keep one of the two lines")
    }
    lines[place] = number
    do throws(BackendError) { answers[place] = try Self.answer(map, to: requests[place]) } catch {
      failures.append(FailedRequest(request: place, error: error))
    }
  }

  private static func answer(_ map: OrderedMap, to request: Request) throws(BackendError) -> KeptAnswer {
    if let error = map["error"], !error.isNull {
      throw BackendError(.unanswerable, "the service says: \(error.asMap?["message"]?.text ?? error.text)")
    }
    let response = map["response"]?.asMap
    if let status = response?["status_code"]?.asInt, status != 200 {
      throw BackendError(.unanswerable, "the service answered with status \(status)")
    }
    guard let choices = response?["body"]?.asMap?["choices"]?.asList, choices.count == 1,
      let choice = choices[0].asMap
    else { throw BackendError(.broken, "the response has not exactly one choice") }
    switch request.ask {
    case .generate(_, let options): return try text(choice, options)
    case .loglikelihood(let context, let continuation):
      return KeptAnswer(try likelihood(choice, context.text, continuation))
    case .loglikelihoodRolling: throw BackendError(.broken, "texts are not read in windows by batch services")
    }
  }

  private static func text(_ choice: OrderedMap, _ options: GenerationOptions) throws(BackendError)
    -> KeptAnswer
  {
    let message = choice["message"]?.asMap
    if let refusal = message?["refusal"]?.asString, !refusal.isEmpty {
      return KeptAnswer(.text(refusal), note: .refused)
    }
    guard let whole = (message?["content"] ?? choice["text"])?.asString else {
      throw BackendError(.broken, "the choice has no text")
    }
    var text = whole[...]
    for stop in options.until where !stop.isEmpty {
      if let place = text.unicodeScalars.firstRange(of: stop.unicodeScalars) {
        text = text[..<place.lowerBound]
      }
    }
    let isCut = text.utf8.count < whole.utf8.count
    let note: AnswerNote? =
      text.isEmpty ? .empty : choice["finish_reason"] == "length" && !isCut ? .truncated : nil
    return KeptAnswer(.text(String(text)), note: note)
  }

  /// Adds up the tokens of the continuation; where one reaches over from the context no sum would be right.
  private static func likelihood(
    _ choice: OrderedMap, _ context: String, _ continuation: String
  ) throws(BackendError) -> Answer {
    let echo = choice["logprobs"]?.asMap
    guard let offsets = echo?["text_offset"]?.asList?.compactMap(\.asInt),
      let numbers = echo?["token_logprobs"]?.asList, numbers.count == offsets.count
    else { throw BackendError(.broken, "the prompt is not echoed with its log-probabilities") }
    let start = context.unicodeScalars.count
    let end = start + continuation.unicodeScalars.count
    guard offsets.contains(start) else {
      throw BackendError(.unanswerable, "no token begins where the continuation does")
    }
    let tops = echo?["top_logprobs"]?.asList ?? []
    var sum = 0.0
    var isGreedy = tops.count == offsets.count
    for index in offsets.indices where offsets[index] >= start && offsets[index] < end {
      guard let number = numbers[index].asDouble else {
        throw BackendError(.unanswerable, "a token of the continuation has no log-probability")
      }
      sum += number
      let best = isGreedy ? tops[index].asMap?.values.compactMap(\.asDouble).max() : nil
      if best.map({ $0 > number }) ?? true { isGreedy = false }
    }
    return .loglikelihood(sum, isGreedy: isGreedy)
  }
}
