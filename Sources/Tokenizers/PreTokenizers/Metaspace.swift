/// SentencePiece's way with spaces: each becomes a visible letter, and words are cut before it.
struct Metaspace: Sendable {
  enum Prepending: String, CaseIterable {
    case always, first, never
  }

  let letter: [UInt8]
  let prepending: Prepending
  let splits: Bool

  init(_ place: JSONPlace) throws(TokenizerError) {
    let replacement = try place.required("replacement")
    letter = Array(try replacement.text().utf8)
    guard try replacement.text().unicodeScalars.count == 1 else {
      throw replacement.failure("should be one character")
    }
    if let scheme = place["prepend_scheme"] {
      guard let prepending = Prepending(rawValue: try scheme.text()) else {
        let known = Prepending.allCases.map(\.rawValue).joined(separator: ", ")
        throw scheme.failure("unknown scheme `\(try scheme.text())`", help: "known are \(known)")
      }
      self.prepending = prepending
    } else {
      prepending = try place.flag("add_prefix_space", default: true) ? .always : .never
    }
    splits = try place.flag("split", default: true)
  }

  func apply(to words: inout Words) {
    words.rewrite { word, isFirst, out in
      let start = out.count
      for byte in word { if byte == UInt8(ascii: " ") { out += letter } else { out.append(byte) } }
      let prepends = prepending == .always || prepending == .first && isFirst
      if prepends, !out[start...].starts(with: letter) { out.insert(contentsOf: letter, at: start) }
    }
    guard splits else { return }
    let bytes = words.bytes
    let pattern = TextPattern.text(letter)
    words.split { word, parts in
      var runs = Runs(of: word)
      // A text is found without a pattern, so nothing can fail.
      try? pattern.forEachMatch(in: bytes, word) { runs.add(match: $0) }
      runs.parts(to: word.upperBound, .mergedWithNext, isInverted: false, &parts)
    }
  }

  /// A token's text again: in the first token the letter is what was prepended, elsewhere it is a space.
  func decoded(_ token: [UInt8], isFirst: Bool) -> [UInt8] {
    let dropped = isFirst && prepending != .never
    guard let first = letter.first else { return token }
    var out: [UInt8] = []
    var at = 0
    while at < token.count {
      if token[at] == first, token[at...].starts(with: letter) {
        if !dropped { out.append(UInt8(ascii: " ")) }
        at += letter.count
      } else {
        out.append(token[at])
        at += 1
      }
    }
    return out
  }
}
