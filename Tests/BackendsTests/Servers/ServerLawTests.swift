import Backends
import Exchange
import TestKit
import Testing
import Values

@Suite(.serialized) struct `every server backend keeps the laws` {
  @Test(arguments: BackendLaw.allCases, Manner.allCases)
  func `a server's answers are lawful`(_ law: BackendLaw, _ manner: Manner) async throws {
    let model = try SpokenModel()
    let server = try await LoopbackServer { asked in
      (try? .reply(manner.reply(asked, model))) ?? .close
    }
    // A server that is asked by text cannot be told of an empty context.
    let requests =
      manner == .gguf
      ? BackendLaw.requests.filter {
        $0.type == .generateUntil || $0.arguments.asList?.first?.text.contains("sky") == true
      }
      : BackendLaw.requests
    try await law.check(try manner.backend(server), on: requests)
  }
}
