import Foundation
import Patterns
import Schema
import Values

/// What of a text does not matter when answers are compared.
package struct TextNormalization: Sendable {
  package enum Punctuation: String, Sendable, CaseIterable {
    /// The 32 marks of ASCII go.
    case ascii
    /// So do all marks that Unicode calls punctuation.
    case all
    case keep
  }

  package enum Removal: String, Sendable, CaseIterable { case remove, keep }

  package enum Space: String, Sendable, CaseIterable { case collapse, keep }

  package var isLowercase = true
  package var punctuation = Punctuation.ascii
  package var articles = Removal.remove
  package var accents = Removal.keep
  package var whitespace = Space.collapse

  package init() {}

  package func normalized(_ text: String) -> String {
    var text = isLowercase ? text.pythonLowercased : text
    if accents == .remove { text = Self.withoutAccents(text) }
    if punctuation != .keep { text.unicodeScalars.removeAll(where: isMark) }
    if articles == .remove, let changed = try? Self.article.replacing(in: text, with: " ") { text = changed }
    return whitespace == .collapse ? text.pythonWords.joined(separator: " ") : text
  }

  private static let article = Pattern(constant: #"(?i)\b(?:a|an|the)\b"#)

  private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return Self.marks.contains(scalar) }
    guard punctuation == .all else { return false }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  /// Python's `string.punctuation`.
  private static let marks = Set(##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##.unicodeScalars)

  /// Only the marks of alphabets go: in other scripts marks are vowels, and words would fall together.
  private static func withoutAccents(_ text: String) -> String {
    var scalars = text.decomposedStringWithCanonicalMapping.unicodeScalars
    scalars.removeAll { mark in
      [0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF].contains { $0.contains(mark.value) }
    }
    return String(scalars).precomposedStringWithCanonicalMapping
  }
}

extension String {
  /// Python's `split()`: what stands between white space.
  package var pythonWords: [String] {
    unicodeScalars.split(whereSeparator: \.isPythonSpace).map { String($0) }
  }
}
