/// A text with a name.
public struct Source: Sendable {
  public let id: SourceID
  /// What a message calls it: the path as the user gave it, or `<command line>`.
  public let name: String
  public let text: String

  public init(id: SourceID = SourceID(index: 0), name: String, text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.id = id
    self.name = name
    self.text = text
  }

  /// The whole text as a place.
  public var span: SourceSpan { SourceSpan(source: id, start: 0, end: UInt32(text.utf8.count)) }

  /// One-based line, and one-based column counted in characters a person would count.
  public func position(of offset: UInt32) -> (line: Int, column: Int) {
    let offset = min(Int(offset), text.utf8.count)
    let bytes = text.utf8.span
    // Lines are counted anew each time, since most texts never have anything said of them.
    var (line, start) = (1, 0)
    for at in 0..<offset where bytes[at] == UInt8(ascii: "\n") { (line, start) = (line + 1, at + 1) }
    return (line, slice(start, offset).count + 1)
  }

  /// The text of a one-based line, without its line ending.
  public func line(_ number: Int) -> Substring {
    guard number > 0 else { return "" }
    let bytes = text.utf8.span
    var (start, left, end) = (0, number - 1, 0)
    while true {
      end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      if left == 0 { break }
      guard end < bytes.count else { return "" }
      (start, left) = (end + 1, left - 1)
    }
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
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

  public var count: Int { all.count }

  /// The number that the next text gets.
  public var nextID: SourceID { SourceID(index: UInt32(all.count)) }

  /// Takes in a text and gives it its number.
  public mutating func add(name: String, text: String) -> Source {
    let source = Source(id: nextID, name: name, text: text)
    all.append(source)
    return source
  }

  /// Takes in a text that has been given the next number already.
  public mutating func add(_ source: Source) {
    precondition(source.id == nextID, "texts are numbered in the order in which they come")
    all.append(source)
  }

  /// Puts another text in the place of the one of the same number: a file has changed.
  public mutating func replace(_ source: Source) {
    precondition(Int(source.id.index) < all.count, "only a text that is there can be replaced")
    all[Int(source.id.index)] = source
  }

  public subscript(_ id: SourceID) -> Source? {
    Int(id.index) < all.count ? all[Int(id.index)] : nil
  }
}
