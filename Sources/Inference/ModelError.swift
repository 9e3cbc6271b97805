public import Tensors
public import Tokenizers

/// Why a model folder cannot be used, or a request cannot be answered with it.
public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    /// The folder: a damaged file, an architecture that is not known.
    case unusable
    /// A request that has no answer, such as a continuation without tokens.
    case unanswerable
    /// A text that does not fit the model.
    case tooLong
    case cancelled
  }

  public let kind: Kind
  /// What happened and where, in one line.
  public let message: String
  /// What to do about it.
  public let help: String?

  public init(_ kind: Kind, _ message: String, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.help = help
  }

  public init(_ error: TensorError) {
    let tensor = error.tensor.map { "tensor `\($0)`: " } ?? ""
    self.init(.unusable, "\(error.file): \(tensor)\(error.message)", help: error.help)
  }

  public init(_ error: TokenizerError) {
    self.init(.unusable, error.located, help: error.help)
  }

  public var description: String { help.map { "\(message)\n  help: \($0)" } ?? message }
}

extension ModelError {
  static let cancelled = ModelError(.cancelled, "the run was cancelled")

  /// Damaged weights compute, but to nothing.
  static let notNumbers = ModelError(
    .unusable, "the model computes values that are not numbers (NaN or infinite)",
    help: "its weights are damaged: download them again")
}
