import Exchange
import Schema
import Values

/// Random likelihoods and the text `lol`, as the harness's backend of this name gives them.
struct Dummy: BackendPlugin {
  static let name = "dummy"

  static let about = """
    Answers without a model: every likelihood is minus a random number from 0 to 1, never greedy, and every text is
    `lol`. For trying a task from end to end, and for the score that chance gives.
    """

  struct Settings: Sendable {
    let seed: Int?
  }

  static let schema = Schema<Settings>(
    .optional("seed", .int, "where the random numbers start; the run's seed if left out"),
    make: Settings.init)

  static let ignoredArguments =
    idleHarnessArguments + [
      "pretrained", "tokenizer", "dtype", "max_length", "max_gen_toks", "add_bos_token", "prefix_token_id",
      "think_end_token", "enable_thinking", "chat_template_args", "peft", "delta", "max_memory",
    ]

  let abilities = Abilities.all
  /// The random numbers are dealt out in the order of the requests.
  let isRepeatable = false
  private let seed: Int

  init(_ settings: Settings, _ context: BackendContext) throws(BackendError) {
    seed = settings.seed ?? context.seed
  }

  /// Each call starts from the seed, so that the same requests get the same answers.
  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    var random = PythonRandom(seed: seed)
    for (index, request) in requests.enumerated() {
      switch request.ask {
      case .loglikelihood: delivery.answer(index, .loglikelihood(-random.random(), isGreedy: false))
      case .loglikelihoodRolling: delivery.answer(index, .rolling(-random.random()))
      case .generate: delivery.answer(index, .text("lol"))
      }
    }
  }
}
