import Diagnostics

/// The comments of all files, and which of them have kept something back.
struct SuppressionTable {
  private let registry: RuleRegistry
  private var bySource: [SourceID: [Suppression]] = [:]
  /// For each comment the codes that kept nothing back so far.
  private var idle: [SourceID: [Set<String>]] = [:]

  init(_ files: [FileContext], _ registry: RuleRegistry) {
    self.registry = registry
    for file in files {
      let found = Suppression.all(in: file.source, file.root)
      guard !found.isEmpty else { continue }
      bySource[file.source.id] = found
      idle[file.source.id] = found.map { Set($0.codes.map(\.value)) }
    }
  }

  /// Whether a comment keeps the finding back; a family's name stands for all its codes.
  mutating func suppress(_ finding: Diagnostic) -> Bool {
    let source = finding.span.source
    guard let all = bySource[source] else { return false }
    let names = [finding.code.name, registry.family(of: finding.code)?.rawValue ?? ""]
    var isSuppressed = false
    for (index, suppression) in all.enumerated() where suppression.covers(finding) {
      for name in names where suppression.codes.contains(where: { $0.value == name }) {
        idle[source]?[index].remove(name)
        isSuppressed = true
      }
    }
    return isSuppressed
  }

  /// What is to be said of the comments themselves.
  ///
  /// - Parameter isOn: whether a code is told in a file at all; one that is not may well keep nothing back.
  func findings(tiers: [Tier], isOn: (String, SourceID) -> Bool) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for (source, all) in bySource {
      for (index, suppression) in all.enumerated() {
        if suppression.codes.isEmpty { findings.append(BlanketSuppression.finding(for: suppression)) }
        if suppression.reason.isEmpty, !suppression.codes.isEmpty {
          findings.append(UnreasonedSuppression.finding(for: suppression))
        }
        for code in suppression.codes {
          if let unknown = UnknownSuppression.finding(for: code, registry) {
            findings.append(unknown)
          } else if idle[source]?[index].contains(code.value) == true, isOn(code.value, source),
            tiers.contains(registry[code.value]?.tier ?? .static)
          {
            findings.append(UnusedSuppression.finding(for: code, in: suppression))
          }
        }
      }
    }
    return findings.filter { isOn($0.code.name, $0.span.source) }
  }
}
