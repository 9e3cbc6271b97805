/// Why a tokenizer's file cannot be used: which file, where in it, and what to do.
public struct TokenizerError: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// `line:column`, or the path of keys to the culprit, such as `model.merges[3]`.
  public let place: String?
  /// The cause, in one line.
  public let message: String
  public let help: String

  public init(file: String, place: String? = nil, _ message: String, help: String) {
    self.file = file
    self.place = place
    self.message = message
    self.help = help
  }

  /// The cause with file and place, in one line.
  public var located: String {
    guard let place else { return "\(file): \(message)" }
    // A line and column follow a file's name as compilers write them; a path of keys stands apart.
    return "\(file):\(place.first?.isNumber == true ? "" : " ")\(place): \(message)"
  }

  public var description: String { "\(located)\n  help: \(help)" }

  static let damaged = "the file is damaged: download or save it again"
}
