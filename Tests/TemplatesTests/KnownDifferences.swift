/// Templates that are meant to end otherwise here than in Jinja, and why.
enum KnownDifferences {
  static let reasons: [String: String] = [:]
}
