import Values

/// Byte-pair encoding: joins neighbours by the rank of their merge until none is left to join.
struct BytePairs: Sendable {
  private struct Merge: Sendable {
    let rank: Int32
    let id: Int32
  }

  let vocabulary: Vocabulary
  private let merges: [UInt64: Merge]
  private let byteIDs: [Int32?]
  private let unknown: Int32?
  /// A word that is a token as a whole needs no merges.
  private let ignoresMerges: Bool

  init(_ model: JSONPlace) throws(TokenizerError) {
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let place = model[key], try !place.text().isEmpty {
        throw place.failure("is not supported", help: "only byte-level tokenizers are read")
      }
    }
    let entries = try model.required("vocab")
    let map = try entries.map()
    var vocabulary = Vocabulary()
    vocabulary.reserve(map.count)
    for (key, value) in map {
      guard let token = key.asString else { continue }
      let id = try JSONPlace(value: value, file: model.file, path: "\(entries.path).\(token)").id()
      let bytes = ByteAlphabet.bytes(of: token)
      vocabulary.add(bytes ?? Array(token.utf8), id: id, isFindable: bytes != nil)
    }
    merges = try Self.merges(try model.required("merges"), vocabulary)
    byteIDs = (0...255).map { vocabulary.id(of: [UInt8($0)]) }
    unknown = try model["unk_token"].flatMap { place throws(TokenizerError) in
      vocabulary.id(of: ByteAlphabet.bytes(of: try place.text()) ?? [])
    }
    ignoresMerges = try model.flag("ignore_merges", default: false)
    self.vocabulary = vocabulary
  }

  private static func merges(_ place: JSONPlace, _ vocabulary: Vocabulary) throws(TokenizerError)
    -> [UInt64: Merge]
  {
    guard case .list(let items) = place.value else { throw place.failure("should be a list") }
    var merges: [UInt64: Merge] = [:]
    merges.reserveCapacity(items.count)
    for (rank, item) in items.enumerated() {
      var failure: TokenizerError {
        JSONPlace(value: item, file: place.file, path: "\(place.path)[\(rank)]").failure(
          "should be two tokens whose join is a token too")
      }
      let pair: [String]
      if let text = item.asString {
        pair = text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      } else {
        pair = (item.asList ?? []).compactMap(\.asString)
      }
      guard pair.count == 2, let first = ByteAlphabet.bytes(of: pair[0]),
        let second = ByteAlphabet.bytes(of: pair[1]), let a = vocabulary.id(of: first),
        let b = vocabulary.id(of: second), let joined = vocabulary.id(of: first + second)
      else { throw failure }
      // The library keeps the last of equal merges.
      merges[key(a, b)] = Merge(rank: Int32(rank), id: joined)
    }
    return merges
  }

  private static func key(_ a: Int32, _ b: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
  }

  private func merge(_ a: Int32, _ b: Int32) -> Merge? { merges[Self.key(a, b)] }

  /// The tokens of one word.
  func encode(_ word: ArraySlice<UInt8>, into ids: inout [Int32]) {
    if ignoresMerges, let id = vocabulary.id(of: Array(word)) {
      ids.append(id)
      return
    }
    var symbols: [Symbol] = []
    symbols.reserveCapacity(word.count)
    for byte in word {
      guard let id = byteIDs[Int(byte)] ?? unknown else { continue }
      let place = Int32(symbols.count)
      symbols.append(Symbol(id: id, previous: place - 1, next: place + 1))
    }
    guard !symbols.isEmpty else { return }
    symbols[symbols.count - 1].next = -1
    join(&symbols)
    var at: Int32 = 0
    while at >= 0 {
      ids.append(symbols[Int(at)].id)
      at = symbols[Int(at)].next
    }
  }

  /// Always the merge of lowest rank, the leftmost of equals.
  private func join(_ symbols: inout [Symbol]) {
    var heap = CandidateHeap()
    for place in 0..<symbols.count - 1 {
      if let merge = merge(symbols[place].id, symbols[place + 1].id) {
        heap.push(Candidate(rank: merge.rank, place: Int32(place), id: merge.id))
      }
    }
    while let candidate = heap.pop() {
      let place = Int(candidate.place)
      guard symbols[place].id >= 0, symbols[place].next >= 0 else { continue }
      let next = Int(symbols[place].next)
      guard let merge = merge(symbols[place].id, symbols[next].id), merge.id == candidate.id else { continue }
      symbols[place].id = merge.id
      symbols[place].next = symbols[next].next
      symbols[next].id = -1
      if symbols[place].next >= 0 {
        let after = Int(symbols[place].next)
        symbols[after].previous = Int32(place)
        if let merge = self.merge(symbols[place].id, symbols[after].id) {
          heap.push(Candidate(rank: merge.rank, place: Int32(place), id: merge.id))
        }
      }
      if symbols[place].previous >= 0 {
        let before = symbols[place].previous
        if let merge = self.merge(symbols[Int(before)].id, symbols[place].id) {
          heap.push(Candidate(rank: merge.rank, place: before, id: merge.id))
        }
      }
    }
  }
}

/// A token of a word under way, linked to its neighbours; -1 means none, or joined into the one before.
private struct Symbol {
  var id: Int32
  var previous: Int32
  var next: Int32
}

private struct Candidate {
  let rank: Int32
  let place: Int32
  let id: Int32

  func comesBefore(_ other: Candidate) -> Bool { (rank, place) < (other.rank, other.place) }
}

/// A binary heap, the first candidate on top.
private struct CandidateHeap {
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
