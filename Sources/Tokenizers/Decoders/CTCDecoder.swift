/// Connectionist temporal classification (Graves, 2006): repeats are one, and a padding token parts them.
struct CTCDecoder: Sendable {
  private let padding: TextPattern
  private let delimiter: TextPattern
  private let cleansUp: Bool

  init(_ place: JSONPlace) throws(TokenizerError) {
    padding = .text(Array(try place["pad_token"]?.text().utf8 ?? "<pad>".utf8))
    delimiter = .text(Array(try place["word_delimiter_token"]?.text().utf8 ?? "|".utf8))
    cleansUp = try place.flag("cleanup", default: true)
  }

  func apply(to tokens: [[UInt8]]) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var before: [UInt8]?
    for token in tokens where token != before {
      before = token
      var text = (try? padding.replacing(token, with: [])) ?? token
      if cleansUp {
        text = CleanUp.apply(to: text)
        text = (try? delimiter.replacing(text, with: [UInt8(ascii: " ")])) ?? text
      }
      if !text.isEmpty { out.append(text) }
    }
    return out
  }
}
