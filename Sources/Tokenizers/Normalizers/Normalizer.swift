import Foundation
import Patterns

/// A change to the text before it is cut into words.
enum Normalizer: Sendable {
  case nfc, nfd, nfkc, nfkd
  case lowercase
  case strip(left: Bool, right: Bool)
  case stripAccents
  case bert(BertNormalizer)
  case nmt
  case prepend([UInt8])
  case replace(TextPattern, with: [UInt8])
  case precompiled(PrecompiledMap)
  case letters
  case sequence([Normalizer])

  static let names = [
    "BertNormalizer", "ByteLevel", "Lowercase", "NFC", "NFD", "NFKC", "NFKD", "Nmt", "Precompiled", "Prepend",
    "Replace",
    "Sequence", "Strip", "StripAccents",
  ]

  init(_ place: JSONPlace) throws(TokenizerError) {
    switch try place.type() {
    case "NFC": self = .nfc
    case "NFD": self = .nfd
    case "NFKC": self = .nfkc
    case "NFKD": self = .nfkd
    case "Lowercase": self = .lowercase
    case "Strip":
      self = .strip(
        left: try place.flag("strip_left", default: true), right: try place.flag("strip_right", default: true)
      )
    case "StripAccents": self = .stripAccents
    case "BertNormalizer": self = .bert(try BertNormalizer(place))
    case "Nmt": self = .nmt
    case "Prepend": self = .prepend(Array(try place.required("prepend").text().utf8))
    case "Replace":
      self = .replace(
        try TextPattern(place.required("pattern")), with: Array(try place.required("content").text().utf8))
    case "Precompiled": self = .precompiled(try PrecompiledMap(place.required("precompiled_charsmap")))
    case "ByteLevel": self = .letters
    case "Sequence":
      var steps: [Normalizer] = []
      for step in try place.required("normalizers").list() { steps.append(try Normalizer(step)) }
      self = .sequence(steps)
    case let other:
      throw place.failure(
        "the normalizer `\(other)` is not supported",
        help: "supported are \(Self.names.joined(separator: ", "))")
    }
  }

  func apply(to text: inout NormalizedText) throws(PatternError) {
    switch self {
    case .nfc, .nfd, .nfkc, .nfkd, .stripAccents:
      // These leave ASCII as it is, and most texts are nothing else.
      if text.bytes.contains(where: { $0 >= 0x80 }) { text.change(composed) }
    case .lowercase: text.change(Self.lowercased)
    case .strip(let left, let right):
      while right, let last = lastScalar(of: text.bytes[...]), last.scalar.isSpace {
        text.bytes.removeSubrange(last.start...)
      }
      while left, let first = scalar(in: text.bytes[...], at: 0), first.scalar.isSpace {
        text.removeFirst(first.length)
      }
    case .bert(let bert): bert.apply(to: &text)
    case .nmt: text.change { mapScalars($0, Self.nmt) }
    case .prepend(let prefix): if !text.bytes.isEmpty { text.prepend(prefix) }
    case .replace(let pattern, let content): try Self.replace(pattern, content, in: &text)
    case .precompiled(let map): text.change(map.apply)
    case .letters: text.change { $0.flatMap { ByteAlphabet.text(of: $0) } }
    case .sequence(let steps): for step in steps { try step.apply(to: &text) }
    }
  }

  private static func replace(
    _ pattern: TextPattern, _ content: [UInt8], in text: inout NormalizedText
  ) throws(PatternError) {
    let bytes = text.bytes
    var losesStart = false
    try pattern.forEachMatch(in: bytes, 0..<bytes.count) { range in
      // The library places what stands for several characters at the last of them.
      guard range.lowerBound == 0, let first = bytes.first else { return }
      if range.upperBound > scalarLength(first) || content.isEmpty { losesStart = true }
    }
    if losesStart { text.loseStart() }
    text.bytes = try pattern.replacing(bytes, with: content)
  }

  private func composed(_ text: [UInt8]) -> [UInt8] {
    let string = String(decoding: text, as: UTF8.self)
    switch self {
    case .nfc: return Array(string.precomposedStringWithCanonicalMapping.utf8)
    case .nfd: return Array(string.decomposedStringWithCanonicalMapping.utf8)
    case .nfkc: return Array(string.precomposedStringWithCompatibilityMapping.utf8)
    case .nfkd: return Array(string.decomposedStringWithCompatibilityMapping.utf8)
    default: return mapScalars(text) { scalar, _ in scalar.isMark }
    }
  }

  static func lowercased(_ text: [UInt8]) -> [UInt8] {
    mapScalars(text) { scalar, out in
      if scalar.value < 0x80 {
        out.append(scalar.value &- 0x41 < 26 ? UInt8(scalar.value) | 0x20 : UInt8(scalar.value))
      } else {
        out += scalar.properties.lowercaseMapping.utf8
      }
      return true
    }
  }

  /// As in the training of translators at Google: control characters are dropped or become spaces.
  private static func nmt(_ scalar: Unicode.Scalar, _ out: inout [UInt8]) -> Bool {
    switch scalar.value {
    case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: return true
    case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
      out.append(UInt8(ascii: " "))
      return true
    default: return false
    }
  }
}
