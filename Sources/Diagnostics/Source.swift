/// A text with a name: its bytes, and where each line starts.
public struct Source: Sendable {
  public let id: SourceID
  /// What a message calls it: the path as the user gave it, or `<command line>`.
  public let name: String
  public let text: String
  private let lineStarts: [Int]

  public init(id: SourceID = SourceID(index: 0), name: String, text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.id = id
    self.name = name
    self.text = text
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The whole text as a place.
  public var span: SourceSpan { SourceSpan(source: id, start: 0, end: UInt32(text.utf8.count)) }

  /// One-based line, and one-based column counted in characters a person would count.
  public func position(of offset: UInt32) -> (line: Int, column: Int) {
    let offset = min(Int(offset), text.utf8.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, slice(lineStarts[low], offset).count + 1)
  }

  /// The text of a one-based line, without its line ending.
  public func line(_ number: Int) -> Substring {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : text.utf8.count
    let bytes = text.utf8
    if end > start, bytes[bytes.index(bytes.startIndex, offsetBy: end - 1)] == UInt8(ascii: "\r") { end -= 1 }
    return slice(start, end)
  }

  /// The text between two byte offsets, clamped to whole characters.
  public func slice(_ start: Int, _ end: Int) -> Substring {
    let bytes = text.utf8
    let from = bytes.index(bytes.startIndex, offsetBy: max(0, min(start, bytes.count)))
    let to = bytes.index(bytes.startIndex, offsetBy: max(0, min(end, bytes.count)))
    return from <= to ? text[from..<to] : ""
  }
}

/// The texts that findings may point into, found by their number.
public struct Sources: Sendable {
  private var all: [Source] = []

  public init() {}

  /// Takes in a text and gives it its number.
  public mutating func add(name: String, text: String) -> Source {
    let source = Source(id: SourceID(index: UInt32(all.count)), name: name, text: text)
    all.append(source)
    return source
  }

  public subscript(_ id: SourceID) -> Source? {
    Int(id.index) < all.count ? all[Int(id.index)] : nil
  }
}
