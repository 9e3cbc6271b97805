/// A fenced block of a Markdown page.
public struct Fence: Sendable {
  /// What follows the opening fence, such as `yaml`.
  public let language: String
  public let text: String

  /// The blocks of a page, in their order.
  public static func all(in page: String) -> [Fence] {
    var fences: [Fence] = []
    var open: (language: String, lines: [Substring])?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.hasPrefix("```") {
        open?.lines.append(line)
      } else if let block = open {
        fences.append(Fence(language: block.language, text: block.lines.joined(separator: "\n")))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), [])
      }
    }
    return fences
  }
}
