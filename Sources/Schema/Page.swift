/// What documentation says of one plug-in: a filter, a metric, a backend.
public struct Page: Sendable {
  public let name: String
  /// Markdown, with examples that are run as tests.
  public let about: String
  /// The keys of its options.
  public let options: [KeyPage]

  /// Its first sentence, for lists.
  public var summary: String { about.firstSentence }

  public init<Root>(_ name: String, about: String, _ schema: Schema<Root>) {
    self.name = name
    self.about = about
    options = schema.keys
  }
}

extension String {
  /// The first sentence of a page.
  package var firstSentence: String {
    let end = firstRange(of: "\n\n")?.lowerBound ?? endIndex
    let text = String(self[..<end]).replacing("\n", with: " ")
    return text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
  }
}
