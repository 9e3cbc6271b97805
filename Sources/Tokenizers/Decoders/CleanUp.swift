/// Takes back the spaces that joining English words puts before signs and endings.
enum CleanUp {
  private static let changes = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
    (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ].map { (TextPattern.text(Array($0.0.utf8)), Array($0.1.utf8)) }

  static func apply(to text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: " ")) else { return text }
    // Texts are found without a pattern, so nothing can fail.
    return changes.reduce(text) { (try? $1.0.replacing($0, with: $1.1)) ?? $0 }
  }
}
