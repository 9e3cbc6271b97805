/// GPT-2's way to cut a text into words, written out for speed. As a regular expression:
///
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
enum GPT2Words {
  static func split(_ text: ArraySlice<UInt8>, _ body: (Range<Int>) -> Void) {
    var at = text.startIndex
    while let end = wordEnd(text, at) {
      body(at..<end)
      at = end
    }
  }

  private enum Kind { case letter, number, space, other }

  @inline(__always)
  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    scalar.isLetter ? .letter : scalar.isNumber ? .number : scalar.isSpace ? .space : .other
  }

  private static func wordEnd(_ text: ArraySlice<UInt8>, _ start: Int) -> Int? {
    guard let first = scalar(in: text, at: start) else { return nil }
    if first.scalar == "'", let end = contractionEnd(text, start) { return end }
    var at = start
    var wanted = kind(first.scalar)
    if first.scalar == " ", let second = scalar(in: text, at: start + 1) {
      wanted = kind(second.scalar)
      at = start + 1
    }
    if wanted == .space { return spaceEnd(text, start) }
    while let next = scalar(in: text, at: at), kind(next.scalar) == wanted { at += next.length }
    return at
  }

  private static func contractionEnd(_ text: ArraySlice<UInt8>, _ start: Int) -> Int? {
    let rest = text[(start + 1)...].prefix(2)
    guard let first = rest.first else { return nil }
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
    default: break
    }
    for ending in ["re", "ve", "ll"] where rest.elementsEqual(ending.utf8) { return start + 3 }
    return nil
  }

  /// White space leaves its last character to the word that follows, unless it has no other.
  private static func spaceEnd(_ text: ArraySlice<UInt8>, _ start: Int) -> Int {
    var at = start
    var last = start
    while let next = scalar(in: text, at: at), next.scalar.isSpace {
      last = at
      at += next.length
    }
    return at == text.endIndex || last == start ? at : last
  }
}
