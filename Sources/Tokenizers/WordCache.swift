/// The tokens of words seen before; most words of a text are.
struct WordCache: Sendable {
  private var known = TokenTable()
  /// By number of the word: where its tokens begin in `ids`, and one more at the end.
  private var starts: [UInt32] = [0]
  private var ids: [Int32] = []
  private static let mostWords = 1 << 16
  private static let longestWord = 64

  mutating func encode<Model: TokenModel>(
    _ word: Span<UInt8>, _ model: borrowing Model, into out: inout [Int32]
  ) {
    if let number = known.number(of: word) {
      out += ids[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])]
      return
    }
    let start = out.count
    model.encode(word, into: &out)
    guard word.count <= Self.longestWord else { return }
    if known.count >= Self.mostWords { removeAll() }
    known.add(word, Int32(known.count))
    ids += out[start...]
    starts.append(UInt32(ids.count))
  }

  private mutating func removeAll() {
    known.removeAll()
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    ids.removeAll(keepingCapacity: true)
  }
}
