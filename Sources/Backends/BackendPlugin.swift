public import Exchange
public import Schema
public import Transport
public import Values

/// A backend that can be chosen by name: its page, its settings, and how it is made of them.
public protocol BackendPlugin: Backend {
  associatedtype Settings: Sendable

  /// What `--model` calls it.
  static var name: String { get }
  /// Other names for the same.
  static var aliases: [String] { get }
  /// What it is and what it is for, in Markdown.
  static var about: String { get }
  /// What `--model_args` may say.
  static var schema: Schema<Settings> { get }
  /// Arguments that people bring along and that change nothing here: accepted, and said once.
  static var ignoredArguments: [String] { get }
  /// Arguments that would change the answers and cannot be heeded, each with what helps; false and null are harmless.
  static var refusedArguments: [String: String] { get }

  /// Whether conversations go to it as they are, to be put into the model's format by a server.
  static func takesConversations(_ arguments: OrderedMap) -> Bool

  /// What it can take, without the work of making it.
  static func fit(_ settings: Settings) throws(BackendError) -> BackendFit

  init(_ settings: Settings, _ context: BackendContext) throws(BackendError)
}

extension BackendPlugin {
  public static var aliases: [String] { [] }
  public static var ignoredArguments: [String] { [] }
  public static var refusedArguments: [String: String] { [:] }
  public static func takesConversations(_ arguments: OrderedMap) -> Bool { false }
  public static func fit(_ settings: Settings) throws(BackendError) -> BackendFit { BackendFit(name: name) }
}

/// What backends are handed when they are made.
public struct BackendContext: Sendable {
  /// Where random answers start from.
  public var seed: Int
  /// Where a backend says what the user should know.
  public var remark: @Sendable (Remark) -> Void

  /// The variables of the environment, for keys and proxies.
  public var variable: @Sendable (String) -> String?
  /// The way to servers; the network where nothing is handed in.
  public var transport: (any Transport)?
  public var clock: ServerClock

  public init(
    seed: Int = 0, variable: @escaping @Sendable (String) -> String? = { _ in nil },
    transport: (any Transport)? = nil, clock: ServerClock = .real,
    remark: @escaping @Sendable (Remark) -> Void = { _ in }
  ) {
    self.seed = seed
    self.variable = variable
    self.transport = transport
    self.clock = clock
    self.remark = remark
  }
}

/// A backend that can be asked what it is able to do: a server by questions, a local model by the clock.
public protocol Probed: Backend {
  /// - Parameter seconds: how long may be measured, where something is.
  func probe(seconds: Double) async -> [(name: String, text: String)]
}

/// Arguments of the harness's `hf` backend, and of `transformers` behind it, that say nothing to programs which compute
/// one way only.
let idleHarnessArguments = [
  "attn_implementation", "batch_size", "cache_dir", "code_revision", "device", "device_map",
  "device_map_option", "force_download", "ignore_mismatched_sizes", "local_files_only", "logits_cache",
  "low_cpu_mem_usage", "max_batch_size", "max_cpu_memory", "max_memory_per_gpu",
  "mixed_precision_dtype", "offload_buffers", "offload_folder", "offload_state_dict", "parallelize",
  "proxies",
  "resume_download", "revision", "softmax_dtype", "token", "tokenizer_mode", "torch_dtype", "tp_plan",
  "truncation", "trust_remote_code", "use_auth_token", "use_cache", "use_fast_tokenizer", "use_safetensors",
  "variant", "weights_only",
]
