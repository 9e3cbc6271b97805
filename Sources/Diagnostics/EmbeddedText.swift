/// A text written inside another, such as a template in a YAML scalar, and where each of its bytes stands there.
///
/// Escapes, folding and indentation make the two differ; `runs` says where they go on in step.
public struct EmbeddedText: Sendable, Hashable {
  /// From byte `inner` of the text on, bytes stand at `outer` and following in the source.
  public struct Run: Sendable, Hashable, BitwiseCopyable {
    public var inner: UInt32
    public var outer: UInt32
    public init(inner: UInt32, outer: UInt32) {
      self.inner = inner
      self.outer = outer
    }
  }

  public let text: String
  /// The whole of it in the outer source, quotes and block indicators included.
  public let span: SourceSpan
  /// Most texts have one run, which is kept apart so that no list is made for them.
  private let first: Run
  private let others: [Run]

  /// Without `runs`, the text is taken to stand in the source as it is, from the start of `span`.
  public init(_ text: String, at span: SourceSpan, runs: [Run] = []) {
    self.text = text
    self.span = span
    first = runs.first ?? Run(inner: 0, outer: span.start)
    others = Array(runs.dropFirst())
  }

  /// A text that stands in the source as it is, from `start` on.
  public init(_ text: String, at span: SourceSpan, from start: UInt32) {
    self.text = text
    self.span = span
    first = Run(inner: 0, outer: start)
    others = []
  }

  /// Where some bytes of the text stand in the outer source.
  public func span(_ range: Range<Int>) -> SourceSpan {
    let start = min(outer(range.lowerBound), span.end)
    let last = range.isEmpty ? start : outer(range.upperBound - 1) + 1
    return SourceSpan(source: span.source, start: start, end: max(start, min(last, span.end)))
  }

  /// Some bytes of it as a text of their own, which begins and ends between characters.
  public func part(_ range: Range<Int>) -> EmbeddedText {
    let runs = [first] + others
    let first = runs.lastIndex { $0.inner <= UInt32(range.lowerBound) } ?? 0
    var kept = runs[first...].filter { $0.inner < UInt32(range.upperBound) }
    for index in kept.indices {
      let skipped =
        UInt32(range.lowerBound) > kept[index].inner ? UInt32(range.lowerBound) - kept[index].inner : 0
      kept[index].outer += skipped
      kept[index].inner = kept[index].inner + skipped - UInt32(range.lowerBound)
    }
    let bytes = text.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    let end = bytes.index(bytes.startIndex, offsetBy: range.upperBound)
    return EmbeddedText(String(text[start..<end]), at: span(range), runs: kept)
  }

  private func outer(_ offset: Int) -> UInt32 {
    let run = others.last { $0.inner <= UInt32(max(0, offset)) } ?? first
    return run.outer + UInt32(max(0, offset)) - run.inner
  }
}
