/// Why the files of a checkpoint cannot be used: which file, which tensor, and what to do.
public struct TensorError: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let tensor: String?
  /// The cause, in one line.
  public let message: String
  public let help: String

  public init(file: String, tensor: String? = nil, _ message: String, help: String) {
    self.file = file
    self.tensor = tensor
    self.message = message
    self.help = help
  }

  public var description: String {
    "\(file): \(tensor.map { "tensor `\($0)`: " } ?? "")\(message)\n  help: \(help)"
  }
}
