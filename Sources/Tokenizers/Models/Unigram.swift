import Values

/// A unigram language model (Kudo, 2018): of all ways to cut a word into tokens, the most probable.
struct Unigram: TokenModel {
  let vocabulary: Vocabulary
  private let scores: [Double]
  private let tree: PieceTree
  private let unknown: Int32
  /// What an unknown character costs: the lowest score and ten more.
  private let unknownScore: Double
  /// The tokens `<0x00>` to `<0xFF>`, by which unknown characters are written; nil unless all are there.
  private let byteTokens: ByteTokens?

  init(_ place: JSONPlace) throws(TokenizerError) {
    let entries = try place.required("vocab")
    let items = try entries.list()
    guard !items.isEmpty else { throw entries.failure("holds no tokens") }
    var vocabulary = Vocabulary()
    vocabulary.reserve(items.count)
    var scores: [Double] = []
    var bytes = 0
    for (index, item) in items.enumerated() {
      guard let pair = item.value.asList, pair.count == 2, let text = pair[0].asString,
        let score = pair[1].asDouble
      else { throw item.failure("should be a token and its score") }
      vocabulary.add(Array(text.utf8), id: Int32(index))
      scores.append(score)
      bytes += text.utf8.count
    }
    var tree = PieceTree(reserving: 2 * bytes)
    for id in scores.indices {
      // Invariant: of equal texts the last number counts, as in the vocabulary.
      if let text = vocabulary.text(of: Int32(id)), !text.isEmpty { tree.add(text, Int32(id)) }
    }
    let id = try place.required("unk_id")
    unknown = try id.id()
    guard Int(unknown) < items.count else { throw id.failure("is beyond the \(items.count) tokens") }
    unknownScore = (scores.min() ?? 0) - 10
    byteTokens = try place.flag("byte_fallback", default: false) ? ByteTokens(vocabulary) : nil
    self.vocabulary = vocabulary
    self.scores = scores
    self.tree = tree
  }

  /// The best way to end at a byte: its score, where its last token begins, and that token.
  private struct End {
    var score = 0.0
    var start: Int32 = -1
    var token: Int32 = 0
  }

  func encode(_ word: Span<UInt8>, into ids: inout [Int32]) {
    var ends = Array(repeating: End(), count: word.count + 1)
    var start = 0
    while start < word.count {
      let length = scalarLength(word[start])
      let here = ends[start].score
      var isWhole = false
      tree.forEachToken(in: word, at: start) { end, token in
        let score = scores[Int(token)] + here
        if ends[end].start < 0 || score > ends[end].score {
          ends[end] = End(score: score, start: Int32(start), token: token)
        }
        if end - start == length { isWhole = true }
      }
      let next = min(start + length, word.count)
      if !isWhole {
        let score = unknownScore + here
        if ends[next].start < 0 || score > ends[next].score {
          ends[next] = End(score: score, start: Int32(start), token: -1)
        }
      }
      start = next
    }
    collect(ends, word, &ids)
  }

  /// From the end back; unknown characters that stand together are one.
  private func collect(_ ends: [End], _ word: Span<UInt8>, _ ids: inout [Int32]) {
    var pieces: [(range: Range<Int>, token: Int32)] = []
    var end = word.count
    while end > 0 {
      let start = Int(ends[end].start)
      guard start >= 0 else { break }
      var token = ends[end].token
      if token == unknown { token = -1 }
      if token < 0, let last = pieces.last, last.token < 0 {
        pieces[pieces.count - 1].range = start..<last.range.upperBound
      } else {
        pieces.append((start..<end, token))
      }
      end = start
    }
    for piece in pieces.reversed() {
      if piece.token >= 0 {
        ids.append(piece.token)
      } else if let id = vocabulary.id(of: word.extracting(piece.range)) {
        // Several unknown characters may be a token when they are taken together.
        ids.append(id)
      } else if let byteTokens {
        for index in piece.range { ids.append(byteTokens[word[index]]) }
      } else {
        ids.append(unknown)
      }
    }
  }
}

/// The tokens that stand for single bytes, `<0x00>` to `<0xFF>`.
struct ByteTokens: Sendable {
  private let ids: [Int32]

  /// Nil unless the vocabulary has all of them.
  init?(_ vocabulary: Vocabulary) {
    let found = (UInt8.min...UInt8.max).map { vocabulary.id(of: Self.text($0)) }
    let ids = found.compactMap(\.self)
    guard ids.count == found.count else { return nil }
    self.ids = ids
  }

  subscript(_ byte: UInt8) -> Int32 { ids[Int(byte)] }

  static func text(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x\(digits.count < 2 ? "0" : "")\(digits)>"
  }

  /// The byte that a token stands for.
  static func byte(_ token: ArraySlice<UInt8>) -> UInt8? {
    guard token.count == 6, token.starts(with: "<0x".utf8), token.last == UInt8(ascii: ">") else {
      return nil
    }
    return UInt8(String(decoding: token.dropFirst(3).dropLast(), as: UTF8.self), radix: 16)
  }
}
