import Patterns

/// A step from the texts of tokens to one text.
enum Decoder: Sendable {
  case byteLevel
  case byteFallback
  case fuse
  case metaspace(Metaspace)
  case wordPiece(prefix: [UInt8], cleansUp: Bool)
  case bytePairs(suffix: [UInt8])
  case replace(TextPattern, with: [UInt8])
  case strip(Unicode.Scalar, left: Int, right: Int)
  case ctc(CTCDecoder)
  case sequence([Decoder])

  static let names = [
    "BPEDecoder", "ByteFallback", "ByteLevel", "CTC", "Fuse", "Metaspace", "Replace", "Sequence", "Strip",
    "WordPiece",
  ]

  init(_ place: JSONPlace) throws(TokenizerError) {
    switch try place.type() {
    case "ByteLevel": self = .byteLevel
    case "ByteFallback": self = .byteFallback
    case "Fuse": self = .fuse
    case "Metaspace": self = .metaspace(try Metaspace(place))
    case "WordPiece":
      self = .wordPiece(
        prefix: Array(try place["prefix"]?.text().utf8 ?? "##".utf8),
        cleansUp: try place.flag("cleanup", default: true))
    case "BPEDecoder": self = .bytePairs(suffix: Array(try place["suffix"]?.text().utf8 ?? "</w>".utf8))
    case "Replace":
      self = .replace(
        try TextPattern(place.required("pattern")), with: Array(try place.required("content").text().utf8))
    case "Strip":
      let content = try place.required("content")
      guard let scalar = try content.text().unicodeScalars.first else {
        throw content.failure("should be one character")
      }
      self = .strip(scalar, left: try place.count("start"), right: try place.count("stop"))
    case "CTC": self = .ctc(try CTCDecoder(place))
    case "Sequence":
      var steps: [Decoder] = []
      for step in try place.required("decoders").list() { steps.append(try Decoder(step)) }
      self = .sequence(steps)
    case let other:
      throw place.failure(
        "the decoder `\(other)` is not supported", help: "supported are \(Self.names.joined(separator: ", "))"
      )
    }
  }

  /// The text of tokens in order; a pattern that gives up leaves a token as it is.
  func text(_ tokens: [[UInt8]]) -> String {
    String(decoding: Array(apply(to: tokens).joined()), as: UTF8.self)
  }

  private func apply(to tokens: [[UInt8]]) -> [[UInt8]] {
    switch self {
    case .byteLevel:
      // Whole texts are made valid at once: one character may be the bytes of several tokens.
      var bytes: [UInt8] = []
      for token in tokens { ByteAlphabet.append(token[...], to: &bytes) }
      return [Array(String(decoding: bytes, as: UTF8.self).utf8)]
    case .byteFallback: return Self.joinBytes(tokens)
    case .fuse: return [Array(tokens.joined())]
    case .metaspace(let metaspace):
      return tokens.enumerated().map { metaspace.decoded($1, isFirst: $0 == 0) }
    case .wordPiece(let prefix, let cleansUp):
      return tokens.enumerated().map { index, token in
        var token = token
        if index > 0 {
          token =
            token.starts(with: prefix) ? Array(token.dropFirst(prefix.count)) : [UInt8(ascii: " ")] + token
        }
        return cleansUp ? CleanUp.apply(to: token) : token
      }
    case .bytePairs(let suffix):
      let pattern = TextPattern.text(suffix)
      return tokens.enumerated().map { index, token in
        let space = index == tokens.count - 1 ? [] : [UInt8(ascii: " ")]
        return (try? pattern.replacing(token, with: space)) ?? token
      }
    case .replace(let pattern, let content):
      return tokens.map { (try? pattern.replacing($0, with: content)) ?? $0 }
    case .strip(let scalar, let left, let right): return tokens.map { Self.strip($0, scalar, left, right) }
    case .ctc(let decoder): return decoder.apply(to: tokens)
    case .sequence(let steps): return steps.reduce(tokens) { $1.apply(to: $0) }
    }
  }

  /// Neighbouring tokens for bytes become text; bytes that are none become a U+FFFD each.
  private static func joinBytes(_ tokens: [[UInt8]]) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var bytes: [UInt8] = []
    func flush() {
      guard !bytes.isEmpty else { return }
      if String(validating: bytes, as: UTF8.self) != nil {
        out.append(bytes)
      } else {
        out += Array(repeating: Array("\u{FFFD}".utf8), count: bytes.count)
      }
      bytes = []
    }
    for token in tokens {
      if let byte = ByteTokens.byte(token[...]) {
        bytes.append(byte)
      } else {
        flush()
        out.append(token)
      }
    }
    flush()
    return out
  }

  private static func strip(_ token: [UInt8], _ letter: Unicode.Scalar, _ left: Int, _ right: Int) -> [UInt8]
  {
    var scalars = String(decoding: token, as: UTF8.self).unicodeScalars[...]
    for _ in 0..<left { if scalars.first == letter { scalars.removeFirst() } else { break } }
    for _ in 0..<right { if scalars.last == letter { scalars.removeLast() } else { break } }
    return Array(String(scalars).utf8)
  }
}
