import Exchange
import Schema
import Values

/// What `--model_args` says to every backend that asks a server, by the harness's names.
struct ServerSettings: Sendable {
  /// How a continuation's likelihood is found.
  enum ScoreMode: String, Sendable, CaseIterable {
    /// The server scores the prompt.
    case logprobs
    /// Choices of one token are read from the likeliest first tokens of an answer.
    case firstToken = "first_token"
    /// The question is asked, and the choice that the answer begins with is the one chosen.
    case generate
  }

  let model: String?
  let pretrained: String?
  let baseURLs: [String]
  let tokenizer: String?
  let tokenizerBackend: String
  let tokenizedRequests: Bool
  let addBosToken: Bool
  let prefixToken: Int?
  let maxLength: Int?
  let maxTokens: Int
  let concurrent: Int
  let maxRetries: Int
  let timeout: Double
  let seed: Int
  let eosString: String?
  let thinkEnd: String?
  let scoreMode: String
  let stopLimit: Int?
  let verifiesCertificate: Bool
  let certificates: String?
  let token: String?
  let tokenFile: String?
  let keyVariable: String?
  let header: OrderedMap
  let options: OrderedMap
  let revision: String?

  static let schema = Schema<ServerSettings>(
    .optional("model", .string, "the model's name as the server knows it"),
    .optional("pretrained", .string, "the same, as the harness also calls it"),
    Field(
      "base_url", .oneOrMore(of: .string), default: [], shown: "the provider's, or required",
      "where the server listens; several, in a list or with `;` between them, share the work"),
    .optional("tokenizer", .string, "a folder with `tokenizer.json`, to split prompts here"),
    Field(
      "tokenizer_backend", .string, default: "auto",
      "`huggingface`: by `tokenizer`; `remote`: by the server's `/tokenize`; `none`: texts are sent, and their offsets used; `auto`: the first of these there is"
    ),
    Field("tokenized_requests", .bool, default: true, "send token numbers where they are known, not texts"),
    Field(
      "add_bos_token", .bool, default: false, "begin every prompt that is split here with the beginning token"
    ),
    .optional("custom_prefix_token_id", .int, "the token that stands for an empty context"),
    .optional(
      "max_length", .int,
      "the longest input in tokens, prompts are cut to it; if left out what vLLM, SGLang or llama.cpp say of themselves, with others nothing is cut"
    ),
    Field("max_gen_toks", .int, default: 256, "tokens to write where a task gives no number"),
    Field(
      "num_concurrent", .int, default: 16,
      "the most requests under way; fewer while the server cannot keep up"),
    Field("max_retries", .int, default: 5, "how often a request is tried again"),
    Field("timeout", .double, default: 300, "seconds for one answer"),
    Field("seed", .int, default: 1234, "sent with every request; repeated samples count up from it"),
    .optional("eos_string", .string, "one more stop text: what the model writes at its end"),
    .optional("think_end_token", .string, "the text after which the answer begins"),
    Field(
      "score_mode", .string, default: "logprobs",
      "`logprobs`: the server scores the prompt; `first_token` and `generate`: other ways to choose, see Servers.md"
    ),
    .optional("max_stops", .int, "how many stop texts the server takes; all are heeded here in any case"),
    Field("verify_certificate", .bool, default: true, "whether the server must prove who it is"),
    .optional("ca_cert_path", .string, "a PEM file of authorities to trust"),
    .optional("auth_token", .string, "the key itself; better in a file or a variable of the environment"),
    .optional("auth_token_file", .string, "a file with the key"),
    .optional("key_variable", .string, "the variable of the environment that holds the key"),
    Field(
      "header", .map, default: OrderedMap(), shown: "none", "further lines for the head of every request"),
    Field(
      "extra_body", .map, default: OrderedMap(), shown: "none",
      "further entries for the body of every request"),
    .optional(
      "revision", .string, "which version of the model answers; part of what its answers are kept under"),
    make: ServerSettings.init)

  /// Arguments of the harness's API models that change nothing here.
  static let ignoredArguments = [
    "batch_size", "device", "max_batch_size", "max_images", "trust_remote_code", "truncate",
    "use_fast_tokenizer",
  ]

  func mode() throws(BackendError) -> ScoreMode {
    guard let mode = ScoreMode(rawValue: scoreMode) else {
      let known = ScoreMode.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw BackendError(.unusable, "`score_mode` is `\(scoreMode)`", help: "known are \(known)")
    }
    return mode
  }

  func check() throws(BackendError) {
    _ = try mode()
    for (name, number) in [
      ("max_length", maxLength), ("max_gen_toks", maxTokens), ("num_concurrent", concurrent),
      ("max_stops", stopLimit),
    ] {
      if let number, number < (name == "max_stops" ? 0 : 1) {
        throw BackendError(.unusable, "`\(name)` is \(number)", help: "give a number from 1 on")
      }
    }
    guard timeout > 0 else {
      throw BackendError(.unusable, "`timeout` is \(timeout)", help: "give seconds above 0")
    }
    guard maxRetries >= 0 else {
      throw BackendError(.unusable, "`max_retries` is \(maxRetries)", help: "give 0 or more")
    }
    let backends = ["auto", "huggingface", "remote", "none", "None"]
    guard backends.contains(tokenizerBackend) else {
      throw BackendError(
        .unusable, "`tokenizer_backend` is `\(tokenizerBackend)`",
        help: tokenizerBackend == "tiktoken"
          ? "its vocabularies are not at hand here; name a folder with a `tokenizer.json` as `tokenizer`"
          : "known are \(backends.dropLast().joined(separator: ", "))")
    }
    if tokenizerBackend == "huggingface", tokenizer == nil {
      throw BackendError(
        .unusable, "`tokenizer_backend=huggingface` needs `tokenizer`",
        help: "name a folder with a `tokenizer.json`")
    }
  }

  /// The addresses, one by one.
  var addresses: [String] { baseURLs.flatMap { $0.split(separator: ";").map { String($0).pythonStripped } } }
}
