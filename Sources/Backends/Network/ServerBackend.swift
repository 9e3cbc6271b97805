import Exchange
import Foundation
import Schema
import Transport
import Values

/// A backend that asks a server: a page, two pure translations each way, and the rest is shared.
protocol ServerBackend: BackendPlugin, Probed where Settings == ServerSettings {
  static var traits: ServerTraits { get }
  var core: ServerCore { get }
  init(core: ServerCore)

  /// Asks for a text.
  static func writing(_ draft: WritingDraft) -> ServerClient.Message
  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText
  /// Asks for the likelihoods of a prompt's tokens; nil where the dialect has no way to.
  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message?
  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores
  /// Asks for a text's tokens; nil where the dialect has no way to.
  static func splitting(_ text: String, _ settings: ServerSettings) -> ServerClient.Message?
}

/// What is fixed for a dialect.
struct ServerTraits: Sendable {
  /// The provider's address; nil where the user must name one.
  var address: String?
  /// What stands behind the server's root, so that a bare `http://host:port` is understood.
  var endpoint: String?
  var keyVariable: String
  /// Whether nothing goes without a key.
  var needsKey = false
  /// How many stop texts the server takes.
  var stopLimit: Int?
  var scoresPrompts = false
  /// Where the server says how much it takes.
  var lengthSource: LengthSource?
  /// Whether prompts are conversations.
  var isChat = false
  /// Whether a prompt may be a conversation.
  var takesBoth = false
  /// Whether the head carries the key as Anthropic wants it.
  var headers: @Sendable (String?) -> [Header] = { key in
    key.map { [Header("Authorization", "Bearer \($0)")] } ?? []
  }
}

/// What a request for a text is made from.
struct WritingDraft: Sendable {
  var text: String
  /// The prompt's tokens, where they are sent instead of the text.
  var ids: [Int]?
  var maxTokens: Int
  var temperature: Double
  var stops: [String]
  var seed: Int
  /// Further settings of the task, as they stand.
  var others: OrderedMap
  /// How many of the likeliest first tokens are wanted.
  var firstTokens = 0
  var settings: ServerSettings

  /// The same for a server that punishes repeated words by itself, as those around llama.cpp do by 1.1: unless the task
  /// asks for it, the model's own words are wanted.
  var withoutRepeatPenalty: WritingDraft {
    var draft = self
    if others["repeat_penalty"] == nil { draft.others["repeat_penalty"] = 1 }
    return draft
  }

  var model: Value { .string(settings.modelName) }
  var prompt: Value { ids.map { .list($0.map { .int($0) }) } ?? .string(text) }
}

/// What a request for likelihoods is made from.
struct ScoringDraft: Sendable {
  var input: ScoredInput
  var settings: ServerSettings
  /// Tokens are sent where they are known, unless the user wants texts.
  var sendsIDs: Bool { !input.ids.isEmpty && settings.tokenizedRequests }
  var model: Value { .string(settings.modelName) }
  var prompt: Value { sendsIDs ? .list(input.ids.map { .int($0) }) : .string(input.text) }
}

extension ServerSettings {
  var modelName: String { model ?? pretrained ?? "" }
}

extension ServerBackend {
  static var schema: Schema<ServerSettings> { ServerSettings.schema }
  static var ignoredArguments: [String] { ServerSettings.ignoredArguments }

  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message? { nil }
  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores {
    throw ReplyTrouble("this dialect has no scores")
  }
  static func splitting(_ text: String, _ settings: ServerSettings) -> ServerClient.Message? { nil }

  /// A folder with a tokenizer has the template too, except where only conversations are taken.
  static func takesConversations(_ arguments: OrderedMap) -> Bool {
    if traits.isChat { return true }
    return traits.takesBoth && (arguments["tokenizer"]?.isNull ?? true)
  }

  static func abilities(_ settings: ServerSettings) throws(BackendError) -> Abilities {
    switch try settings.mode() {
    case .firstToken, .generate: [.generation, .loglikelihood]
    case .logprobs: traits.scoresPrompts ? .all : .generation
    }
  }

  static func fit(_ settings: ServerSettings) throws(BackendError) -> BackendFit {
    try settings.check()
    // What the server does not heed is cut here, so no number of stop texts is too many.
    return BackendFit(name: name, abilities: try abilities(settings))
  }

  init(_ settings: ServerSettings, _ context: BackendContext) throws(BackendError) {
    try settings.check()
    self.init(core: try ServerCore(Self.self, settings, context))
  }

  var abilities: Abilities { core.abilities }
  var facts: OrderedMap { core.withLength(core.facts) }
  var identity: OrderedMap { core.withLength(core.identity) }
  func prepare() async throws(BackendError) { try await core.learnLength() }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    try await ServerRun<Self>(core: core, delivery: delivery).answer(requests)
  }

  func probe(seconds: Double) async -> [(name: String, text: String)] {
    await ServerProbe<Self>(core: core).findings()
  }

  func advice(for type: RequestType) -> String? {
    switch type {
    case .generateUntil: nil
    case .loglikelihood:
      "this dialect does not score prompts: ask a server that does with `local-completions`, `vllm` or `sglang`, or choose another way with `score_mode=first_token` or `score_mode=generate`"
    case .loglikelihoodRolling:
      "ask a server that scores prompts with `local-completions`, `vllm` or `sglang` and `score_mode=logprobs`"
    }
  }
}

/// What all server backends hold.
struct ServerCore: Sendable {
  let settings: ServerSettings
  let client: ServerClient
  let splitter: PromptSplitter
  let abilities: Abilities
  let facts: OrderedMap
  let identity: OrderedMap
  let mode: ServerSettings.ScoreMode
  let traits: ServerTraits
  let knowledge = ServerKnowledge()

  init<Backend: ServerBackend>(
    _ backend: Backend.Type, _ settings: ServerSettings, _ context: BackendContext
  ) throws(BackendError) {
    let traits = backend.traits
    self.traits = traits
    self.settings = settings
    mode = try settings.mode()
    abilities = try backend.abilities(settings)
    let given = settings.addresses
    guard let first = given.first ?? traits.address else {
      throw BackendError(
        .unusable, "`base_url` is required for `\(backend.name)`",
        help: "say where the server listens: base_url=http://localhost:8000")
    }
    let servers = given.isEmpty ? [first] : given
    do throws(TransportError) { for server in servers { _ = try ServerAddress(server) } } catch {
      throw BackendError(.unusable, error.message, help: error.help)
    }
    let secrets = try Secrets(settings, variable: traits.keyVariable, context.variable)
    // Who speaks the provider's dialect elsewhere may want no key.
    let isProvider = servers.contains { traits.isProvider($0) }
    if traits.needsKey, isProvider, secrets.key == nil, settings.header.isEmpty {
      throw BackendError(
        .unusable, "there is no key for \(backend.name)",
        help:
          "put it into the variable \(traits.keyVariable) of the environment, or name its file with `auth_token_file`"
      )
    }
    if settings.token != nil {
      context.remark(
        Remark(
          "key-on-command-line",
          "`auth_token` in the arguments shows in the list of processes; `auth_token_file` or \(traits.keyVariable) does not"
        ))
    }
    let headers = traits.headers(secrets.key) + settings.header.map { Header($0.text, $1.text) }
    let transport = try context.transport(settings, servers)
    let client = ServerClient(
      transport, servers.map { traits.place(of: $0) }, headers, settings, secrets, context.clock)
    self.client = client
    let remote: PromptSplitter.Remote?
    if backend.splitting("", settings) == nil || traits.isChat {
      remote = nil
    } else {
      remote = { text throws(CallFailure) in
        guard let message = backend.splitting(text, settings) else { return [] }
        let reply = try await client.ask(message, affinity: 0)
        guard let list = reply.asMap?["tokens"]?.asList else {
          throw CallFailure(
            error: BackendError(
              .broken, "the server gave no tokens for a text", help: "use `tokenizer=FOLDER`"),
            isFatal: true)
        }
        return list.compactMap { $0.asInt ?? $0.asMap?["id"]?.asInt }
      }
    }
    splitter = try PromptSplitter(settings, remote: remote)
    var identity: OrderedMap = [
      "backend": .string(backend.name), "model": .string(settings.modelName),
      "score_mode": .string(mode.rawValue),
      "seed": .int(settings.seed), "max_gen_toks": .int(settings.maxTokens),
      "tokenized_requests": .bool(settings.tokenizedRequests && splitter.knowsTokens),
      "add_bos_token": .bool(settings.addBosToken), "split_by": .string(splitter.name),
    ]
    for (key, value) in [
      ("revision", settings.revision), ("eos_string", settings.eosString),
      ("think_end_token", settings.thinkEnd),
    ] { if let value { identity[key] = .string(value) } }
    if !settings.options.isEmpty { identity["extra_body"] = .map(settings.options) }
    self.identity = identity
    var facts: OrderedMap = ["score_mode": .string(mode.rawValue)]
    if let end = splitter.endText { facts["eos_string"] = .string(end) }
    self.facts = facts
  }
}

extension ServerTraits {
  /// Whether an address is on the provider's own host.
  func isProvider(_ url: String) -> Bool {
    guard let own = address.flatMap({ try? ServerAddress($0) }) else { return false }
    return (try? ServerAddress(url))?.host == own.host
  }

  /// The root and the endpoint of an address, of which the user may have given either.
  func place(of address: String) -> ServerClient.Place {
    var address = address
    while address.hasSuffix("/") { address.removeLast() }
    let root = address.range(of: "/v1").map { String(address[..<$0.lowerBound]) } ?? address
    guard let endpoint else { return ServerClient.Place(root: root, endpoint: root) }
    if address.hasSuffix("/v1") || ((try? ServerAddress(address))?.path ?? "").isEmpty {
      return ServerClient.Place(root: root, endpoint: root + endpoint)
    }
    return ServerClient.Place(root: root, endpoint: address)
  }
}
