public import Exchange
import Testing
import Values

/// What every backend promises, each a test case of its own.
public enum BackendLaw: String, CaseIterable, Sendable {
  case `an empty batch is empty`
  case `each request gets one answer of its kind`
  case `a batch equals its requests one by one`
  case `the same requests get the same answers`
  case `equal requests get equal answers`
  case `stop texts are not in the answer`
  case `likelihoods are at most one`

  /// Checks the law on a few requests, or on those a backend can be asked.
  public func check(_ backend: some Backend, on requests: [Request] = BackendLaw.requests) async throws {
    let asked = requests.filter { backend.abilities.contains(.needed(for: $0.type)) }
    switch self {
    case .`an empty batch is empty`: #expect(try await backend.answer([]).isEmpty)
    case .`each request gets one answer of its kind`:
      for (request, answer) in zip(asked, try await backend.answer(asked)) {
        #expect(answer.isAnswer(to: request.type))
      }
    case .`a batch equals its requests one by one`:
      let together = try await backend.answer(asked)
      for (request, answer) in zip(asked, together) {
        #expect(try await backend.answer([request])[0].isNear(answer), "\(request)")
      }
    case .`the same requests get the same answers`:
      #expect(try await backend.answer(asked) == backend.answer(asked))
    case .`equal requests get equal answers`:
      let answers = try await backend.answer(asked + asked)
      #expect(zip(answers, answers.dropFirst(asked.count)).allSatisfy { $0.isNear($1) })
    case .`stop texts are not in the answer`:
      for (request, answer) in zip(asked, try await backend.answer(asked)) {
        guard case .generate(_, let options) = request.ask, case .text(let text) = answer else { continue }
        #expect(options.until.allSatisfy { $0.isEmpty || !text.contains($0) })
      }
    case .`likelihoods are at most one`:
      for answer in try await backend.answer(asked) {
        switch answer {
        case .loglikelihood(let number, _), .rolling(let number): #expect(number <= 1e-6)
        case .text: break
        }
      }
    }
  }

  /// A few requests of every kind.
  public static let requests: [Request] = [
    Request(.loglikelihood(context: "The sky is", continuation: " blue")),
    Request(.loglikelihood(context: "The sky is", continuation: " green and wide")),
    Request(.loglikelihood(context: "", continuation: "alone")),
    Request(.loglikelihoodRolling(text: "it was hot, and all the other words were there")),
    Request(
      .generate(context: "one two", options: GenerationOptions(["until": ["a", "\n"], "max_gen_toks": 12]))),
    Request(
      .generate(context: "one two three", options: GenerationOptions(["until": [" "], "max_gen_toks": 5]))),
  ]
}

extension Answer {
  fileprivate func isAnswer(to type: RequestType) -> Bool {
    switch (self, type) {
    case (.loglikelihood, .loglikelihood), (.rolling, .loglikelihoodRolling), (.text, .generateUntil): true
    default: false
    }
  }

  /// The same up to what another order of additions may change.
  fileprivate func isNear(_ other: Answer) -> Bool {
    switch (self, other) {
    case (.loglikelihood(let a, let x), .loglikelihood(let b, let y)): abs(a - b) < 1e-4 && x == y
    case (.rolling(let a), .rolling(let b)): abs(a - b) < 1e-4
    default: self == other
    }
  }
}
