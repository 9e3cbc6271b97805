import Foundation

/// Changes to the text before it is split, as far as byte-level tokenizers use them.
enum Normalizer: Sendable {
  case nfc, nfd, nfkc, nfkd
  case sequence([Normalizer])

  init(_ place: JSONPlace) throws(TokenizerError) {
    switch try place.type() {
    case "NFC": self = .nfc
    case "NFD": self = .nfd
    case "NFKC": self = .nfkc
    case "NFKD": self = .nfkd
    case "Sequence":
      var steps: [Normalizer] = []
      for step in try place.required("normalizers").list() { steps.append(try Normalizer(step)) }
      self = .sequence(steps)
    case let other:
      throw place.failure(
        "the normalizer `\(other)` is not supported", help: "supported are NFC, NFD, NFKC, NFKD and Sequence")
    }
  }

  func apply(_ text: String) -> String {
    switch self {
    case .nfc: text.precomposedStringWithCanonicalMapping
    case .nfd: text.decomposedStringWithCanonicalMapping
    case .nfkc: text.precomposedStringWithCompatibilityMapping
    case .nfkd: text.decomposedStringWithCompatibilityMapping
    case .sequence(let steps): steps.reduce(text) { $1.apply($0) }
    }
  }
}
