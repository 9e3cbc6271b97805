import Foundation

/// What BERT does to a text: no control characters, space around Chinese ones, no accents, small letters.
struct BertNormalizer: Sendable {
  let cleans: Bool
  let spacesChinese: Bool
  let stripsAccents: Bool
  let lowercases: Bool

  init(_ place: JSONPlace) throws(TokenizerError) {
    cleans = try place.flag("clean_text", default: true)
    spacesChinese = try place.flag("handle_chinese_chars", default: true)
    lowercases = try place.flag("lowercase", default: true)
    stripsAccents = try place.flag("strip_accents", default: lowercases)
  }

  func apply(to text: inout NormalizedText) {
    if cleans { text.change { mapScalars($0, Self.clean) } }
    let isASCII = !text.bytes.contains { $0 >= 0x80 }
    if spacesChinese, !isASCII { text.change { mapScalars($0, Self.space) } }
    if stripsAccents, !isASCII {
      text.change { Array(String(decoding: $0, as: UTF8.self).decomposedStringWithCanonicalMapping.utf8) }
      text.change { mapScalars($0) { scalar, _ in scalar.properties.generalCategory == .nonspacingMark } }
    }
    if lowercases { text.change(Normalizer.lowercased) }
  }

  private static func clean(_ scalar: Unicode.Scalar, _ out: inout [UInt8]) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return false
    case 0x09, 0x0A, 0x0D: break
    case 0, 0xFFFD: return true
    default:
      if scalar.isOther { return true }
      guard scalar.isSpace else { return false }
    }
    out.append(UInt8(ascii: " "))
    return true
  }

  private static func space(_ scalar: Unicode.Scalar, _ out: inout [UInt8]) -> Bool {
    switch scalar.value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
      out += " \(scalar) ".utf8
      return true
    default: return false
    }
  }
}

extension Unicode.Scalar {
  /// `\p{M}`.
  var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// `\p{C}` without what is not assigned.
  var isOther: Bool {
    switch properties.generalCategory {
    case .control, .format, .privateUse, .surrogate: true
    default: false
    }
  }
}
