public import Values

/// A step of a pipeline and what it makes of some answers, from the page of a filter.
public struct FilterExample: CustomStringConvertible, Sendable {
  public let name: String
  public let options: String
  public let document: Value
  /// A single answer stands for a list of one, as it does here already.
  public let answers: [(input: Value, output: Value)]
  public var description: String { "\(name): \(options)" }

  /// A `yaml` fence holds the step, the `answers` fence after it lines of `input -> output` in JSON; a
  /// `document` fence between them the document that is answered.
  public static func all(in page: String, named name: String) throws -> [FilterExample] {
    var examples: [FilterExample] = []
    var options: String?
    var document: Value = [:]
    for fence in Fence.all(in: page) {
      if fence.language == "yaml" { options = fence.text }
      if fence.language == "document" { document = try Value(json: fence.text) }
      guard fence.language == "answers", let step = options else { continue }
      let lines = fence.text.split(separator: "\n").map { $0.split(separator: " -> ", maxSplits: 1) }
      examples.append(
        FilterExample(
          name: name, options: step, document: document,
          answers: try lines.map { line in
            let sides = try line.map { try Value(json: String($0)) }
            return sides[0].asList != nil ? (sides[0], sides[1]) : ([sides[0]], [sides[1]])
          }))
      options = nil
      document = [:]
    }
    return examples
  }
}
