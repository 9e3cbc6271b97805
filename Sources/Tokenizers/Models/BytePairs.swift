import Values

/// Byte-pair encoding (Sennrich, 2016): joins neighbours by the rank of their merge until none is left to join.
///
/// The first parts of a word are its bytes (GPT-2, Llama 3, Qwen …) or its characters (SentencePiece's kind), of which
/// unknown ones may be written as bytes.
struct BytePairs: TokenModel {
  let vocabulary: Vocabulary
  private let merges: MergeTable
  private let parts: Parts
  /// The vocabulary by plain bytes, where a word that is a token as a whole needs no merges.
  private let whole: TokenTable?

  /// What a word is taken apart into at first.
  private enum Parts: Sendable {
    /// By byte; an unknown byte is left out where there is no token for what is unknown.
    case bytes([Int32?])
    case letters(LetterParts)
  }

  init(_ model: JSONPlace, isByteLevel: Bool) throws(TokenizerError) {
    let vocabulary = try Vocabulary(model.required("vocab"))
    let letters = try LetterParts(model, vocabulary)
    merges = try Self.merges(try model.required("merges"), vocabulary, prefix: letters.prefix.count)
    parts =
      isByteLevel && letters.isPlain
      ? .bytes(
        (UInt8.min...UInt8.max).map { vocabulary.id(of: ByteAlphabet.text(of: $0)) ?? letters.unknown })
      : .letters(letters)
    let ignoresMerges = try model.flag("ignore_merges", default: false)
    whole = ignoresMerges ? Self.whole(vocabulary, parts) : nil
    self.vocabulary = vocabulary
  }

  /// Whether this model's words may be handed over as plain bytes.
  static func takesBytes(_ model: JSONPlace) throws(TokenizerError) -> Bool {
    let type = try model["type"]?.text() ?? "BPE"
    let parts = try LetterParts(model, Vocabulary())
    return type == "BPE" && parts.isPlain
  }

  private static func whole(_ vocabulary: Vocabulary, _ parts: Parts) -> TokenTable {
    var table = TokenTable()
    table.reserve(vocabulary.count)
    for id in 0..<Int32(vocabulary.count) {
      guard let text = vocabulary.text(of: id) else { continue }
      switch parts {
      case .bytes: if let bytes = ByteAlphabet.bytes(of: text) { table.add(bytes.span, id) }
      case .letters: table.add(Array(text).span, id)
      }
    }
    return table
  }

  private static func merges(
    _ place: JSONPlace, _ vocabulary: Vocabulary, prefix: Int
  ) throws(TokenizerError) -> MergeTable {
    guard case .list(let items) = place.value else { throw place.failure("should be a list") }
    var merges = MergeTable(reserving: items.count)
    for (rank, item) in items.enumerated() {
      var first: [UInt8] = []
      var second: [UInt8] = []
      if let text = item.asString {
        let pair = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        if pair.count == 2 { (first, second) = (Array(pair[0]), Array(pair[1])) }
      } else if let pair = item.asList, pair.count == 2, let a = pair[0].asString, let b = pair[1].asString {
        (first, second) = (Array(a.utf8), Array(b.utf8))
      }
      guard let a = vocabulary.id(of: first), let b = vocabulary.id(of: second),
        let joined = vocabulary.id(of: first + second.dropFirst(prefix))
      else {
        throw JSONPlace(value: item, file: place.file, path: "\(place.path)[\(rank)]").failure(
          "should be two tokens whose join is a token too")
      }
      merges.add(a, b, MergeTable.Merge(rank: Int32(rank), id: joined))
    }
    return merges
  }

  func encode(_ word: Span<UInt8>, into ids: inout [Int32]) {
    if let id = whole?.number(of: word) {
      ids.append(id)
      return
    }
    let start = ids.count
    switch parts {
    case .bytes(let known):
      for index in word.indices { if let id = known[Int(word[index])] { ids.append(id) } }
    case .letters(let letters): letters.split(word, into: &ids)
    }
    // Short words are quicker to look through again and again than to keep in order.
    if ids.count - start <= Self.shortWord {
      joinShort(&ids, from: start)
    } else {
      joinLong(&ids, from: start)
    }
  }

  private static let shortWord = 48

  /// Joins the neighbours of lowest rank, the leftmost of equals, in place.
  private func joinShort(_ ids: inout [Int32], from start: Int) {
    var ranks: [Int32] = []
    ranks.reserveCapacity(ids.count - start)
    for place in start..<max(start, ids.count - 1) { ranks.append(rank(ids[place], ids[place + 1])) }
    while true {
      var (best, place) = (Int32.max, 0)
      for index in ranks.indices where ranks[index] < best { (best, place) = (ranks[index], index) }
      guard best < .max, let merge = merges.merge(ids[start + place], ids[start + place + 1]) else { return }
      ids[start + place] = merge.id
      ids.remove(at: start + place + 1)
      ranks.remove(at: place)
      if place > 0 { ranks[place - 1] = rank(ids[start + place - 1], merge.id) }
      if place < ranks.count { ranks[place] = rank(merge.id, ids[start + place + 1]) }
    }
  }

  private func rank(_ a: Int32, _ b: Int32) -> Int32 { merges.merge(a, b)?.rank ?? .max }

  private func joinLong(_ ids: inout [Int32], from start: Int) {
    var symbols: [Symbol] = []
    symbols.reserveCapacity(ids.count - start)
    for place in Int32(0)..<Int32(ids.count - start) {
      symbols.append(Symbol(id: ids[start + Int(place)], previous: place - 1, next: place + 1))
    }
    symbols[symbols.count - 1].next = -1
    join(&symbols)
    ids.removeSubrange(start...)
    var at: Int32 = 0
    while at >= 0 {
      ids.append(symbols[Int(at)].id)
      at = symbols[Int(at)].next
    }
  }

  private func join(_ symbols: inout [Symbol]) {
    var heap = MergeHeap()
    func push(_ place: Int, _ next: Int) {
      guard let merge = merges.merge(symbols[place].id, symbols[next].id) else { return }
      heap.push(MergeHeap.Candidate(rank: merge.rank, place: Int32(place), id: merge.id))
    }
    for place in 0..<symbols.count - 1 { push(place, place + 1) }
    while let candidate = heap.pop() {
      let place = Int(candidate.place)
      guard symbols[place].id >= 0, symbols[place].next >= 0 else { continue }
      let next = Int(symbols[place].next)
      guard let merge = merges.merge(symbols[place].id, symbols[next].id), merge.id == candidate.id else {
        continue
      }
      symbols[place].id = merge.id
      symbols[place].next = symbols[next].next
      symbols[next].id = -1
      if symbols[place].next >= 0 {
        symbols[Int(symbols[place].next)].previous = Int32(place)
        push(place, Int(symbols[place].next))
      }
      if symbols[place].previous >= 0 { push(Int(symbols[place].previous), place) }
    }
  }
}

/// A token of a word under way, linked to its neighbours; -1 means none, or joined into the one before.
private struct Symbol {
  var id: Int32
  var previous: Int32
  var next: Int32
}

/// A binary heap of possible merges, the one to make first on top.
private struct MergeHeap {
  struct Candidate {
    let rank: Int32
    let place: Int32
    let id: Int32

    func comesBefore(_ other: Candidate) -> Bool { (rank, place) < (other.rank, other.place) }
  }

  private var items: [Candidate] = []

  mutating func push(_ item: Candidate) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child].comesBefore(items[parent]) else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Candidate? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return top }
    items[0] = last
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if items[child].comesBefore(items[first]) { first = child }
      }
      if first == parent { return top }
      items.swapAt(parent, first)
      parent = first
    }
  }
}
