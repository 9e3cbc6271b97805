import Exchange
import Transport
import Values

/// Why a call came to nothing, and what that means for the others.
struct CallFailure: Error {
  let error: BackendError
  /// Nothing that is asked will fare better.
  var isFatal = false
  /// The server knows no such address, or not for this model.
  var isUnknownPlace = false
}

/// A reply that cannot be the answer to what was asked.
struct ReplyTrouble: Error {
  let message: String
  let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// What to do about a reply or its absence.
enum Verdict {
  case good(Value)
  /// Seconds that the server wants to be left alone, if it said so.
  case again(BackendError, after: Double?, isPushingBack: Bool)
  case failed(BackendError)
  case fatal(BackendError)
  case unknownPlace(BackendError)

  init(_ reply: Reply, from url: String) {
    let text = String(decoding: reply.body.prefix(2000), as: UTF8.self)
    let said = Self.message(in: reply.body) ?? Self.excerpt(text)
    let words = said.isEmpty ? "" : ": \(said)"
    switch reply.status {
    case 200..<300: self = Self.read(reply, url)
    case 300..<400:
      let place = reply.header("location").map { " to \($0)" } ?? ""
      self = .fatal(
        BackendError(
          .unusable, "\(url) sends elsewhere\(place) (status \(reply.status))",
          help: "give that address as `base_url`, if you trust it"))
    case 401, 403:
      self = .fatal(
        BackendError(
          .unusable, "\(url) does not accept the key (status \(reply.status))\(words)",
          help: "put the right key into the environment, or name its file with `auth_token_file`"))
    case 404, 405:
      self = .unknownPlace(
        BackendError(
          .unusable, "\(url) does not know this address or model (status \(reply.status))\(words)",
          help: "check `base_url` and `model`"))
    case 408, 425, 429, 500, 502, 503, 504, 520...529:
      let isPushingBack = [408, 429, 503, 504, 529].contains(reply.status)
      // An account without money does not fill up by waiting.
      if reply.status == 429,
        said.contains("insufficient_quota") || said.contains("exceeded your current quota")
      {
        self = .fatal(
          BackendError(
            .unusable, "\(url) refuses: the account is used up\(words)", help: "look at your account there"))
        return
      }
      self = .again(
        BackendError(
          .unreachable, "\(url) answered with status \(reply.status)\(words)",
          help: isPushingBack
            ? "ask less at once with `num_concurrent`, or try more often with `max_retries`" : nil),
        after: Self.wait(reply), isPushingBack: isPushingBack)
    default:
      self = .failed(
        Self.speaksOfLength(said)
          ? BackendError(
            .tooLong, "a prompt is too long for the server\(words)",
            help:
              "set `max_length` to what it takes, so that prompts are cut from the left, or give it more room"
          )
          : BackendError(.unanswerable, "\(url) refuses the request (status \(reply.status))\(words)"))
    }
  }

  init(_ error: TransportError) {
    switch error.kind {
    case .badAddress, .insecure: self = .fatal(BackendError(.unusable, error.message, help: error.help))
    case .cancelled: self = .fatal(BackendError(.cancelled, "the run was cancelled"))
    case .tooLarge: self = .failed(BackendError(.broken, error.message, help: error.help))
    case .timedOut, .unreachable, .cutOff:
      self = .again(
        BackendError(.unreachable, error.message, help: error.help), after: nil,
        isPushingBack: error.kind == .timedOut)
    }
  }

  private static func read(_ reply: Reply, _ url: String) -> Verdict {
    let value: Value
    do { value = try Value(json: reply.body) } catch {
      let text = excerpt(String(decoding: reply.body.prefix(2000), as: UTF8.self))
      return .again(
        BackendError(
          .broken,
          "\(url) answered with what is no JSON (\(error.message) at byte \(error.offset + 1)): \(text)",
          help: "check that `base_url` names a model server"), after: nil, isPushingBack: false)
    }
    // Some servers say in the body what the status should have said.
    if let error = value.asMap?["error"], !error.isNull {
      return .again(
        BackendError(.unreachable, "\(url) answered with an error: \(message(in: reply.body) ?? error.text)"),
        after: nil, isPushingBack: false)
    }
    return .good(value)
  }

  /// What an error's body says, in the places where servers say it.
  private static func message(in body: [UInt8]) -> String? {
    guard body.count < 1 << 20, let map = (try? Value(json: body))?.asMap else { return nil }
    let error = map["error"] ?? map["detail"] ?? map["message"]
    let inner = error?.asMap
    let text = inner.flatMap { $0["message"]?.asString } ?? error?.asString ?? error.map { $0.json() }
    let code = inner.flatMap { $0["code"]?.asString ?? $0["type"]?.asString }
    return text.map { excerpt($0) + (code.map { " (\($0))" } ?? "") }
  }

  private static func excerpt(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 300 ? line.prefix(300) + " …" : line
  }

  private static func wait(_ reply: Reply) -> Double? {
    if let milliseconds = reply.header("retry-after-ms").flatMap(Double.init) {
      return max(0, milliseconds / 1000)
    }
    // A date instead of seconds is not worth a clock: the usual wait follows.
    return reply.header("retry-after").flatMap { Double($0.pythonStripped) }.map { min(max(0, $0), 600) }
  }

  private static func speaksOfLength(_ text: String) -> Bool {
    let text = text.lowercased()
    return [
      "context length", "context_length", "maximum context", "too long", "exceed_context", "context window",
      "context size", "max_model_len", "longer than the model",
    ].contains { text.contains($0) }
  }
}
