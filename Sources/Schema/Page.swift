/// What documentation says of one plug-in: a filter, a metric, a backend.
public struct Page: Sendable {
  /// One key of its options.
  public struct Option: Sendable {
    public let name: String
    public let shape: String
    /// How the default prints; nil for a key that must be given.
    public let fallback: String?
    public let about: String
  }

  public let name: String
  /// Markdown, with examples that are run as tests.
  public let about: String
  public let options: [Option]

  /// Its first sentence, for lists.
  public var summary: String {
    let end = about.firstRange(of: "\n\n")?.lowerBound ?? about.endIndex
    let text = String(about[..<end]).replacing("\n", with: " ")
    return text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
  }

  public init<Root>(_ name: String, about: String, _ schema: Schema<Root>) {
    self.name = name
    self.about = about
    options = schema.keys.map {
      Option(name: $0.name, shape: $0.shape, fallback: $0.fallback, about: $0.about)
    }
  }
}
