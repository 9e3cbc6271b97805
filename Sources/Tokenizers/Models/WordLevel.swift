import Values

/// Whole words only.
struct WordLevel: TokenModel {
  let vocabulary: Vocabulary
  private let unknown: Int32

  init(_ place: JSONPlace) throws(TokenizerError) {
    vocabulary = try Vocabulary(place.required("vocab"))
    unknown = try WordPiece.unknown(place, vocabulary, default: "<unk>")
  }

  func encode(_ word: Span<UInt8>, into ids: inout [Int32]) { ids.append(vocabulary.id(of: word) ?? unknown) }
}
