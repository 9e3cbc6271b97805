public import Exchange

/// What is asked of the model for each document, by the names that task files use.
public enum OutputType: String, CaseIterable, Sendable {
  /// Write on from the prompt.
  case generateUntil = "generate_until"
  /// Which of some choices is the likeliest to follow?
  case multipleChoice = "multiple_choice"
  /// How likely is one given answer?
  case loglikelihood
  /// How likely is a whole text?
  case loglikelihoodRolling = "loglikelihood_rolling"

  /// The kind of request that asks it.
  public var requestType: RequestType {
    switch self {
    case .generateUntil: .generateUntil
    case .loglikelihoodRolling: .loglikelihoodRolling
    case .multipleChoice, .loglikelihood: .loglikelihood
    }
  }

  /// The metrics of a task that names none.
  public var defaultMetrics: [String] {
    switch self {
    case .generateUntil: ["exact_match"]
    case .multipleChoice: ["acc", "acc_norm"]
    case .loglikelihood: ["perplexity", "acc"]
    case .loglikelihoodRolling: ["word_perplexity", "byte_perplexity", "bits_per_byte"]
    }
  }
}
