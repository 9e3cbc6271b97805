public import Diagnostics

/// What changed between two versions of some task files, task by task.
public struct BreakingReport: Sendable {
  /// What prompts were compared by.
  public enum Basis: String, Sendable {
    /// Real rows.
    case rows
    /// Rows made up of the columns that the templates read.
    case trialRows = "trial rows"
    /// The keys as they are written.
    case text
    case none
  }

  public enum State: String, Sendable {
    case unchanged, changed, added, removed, renamed, broken
  }

  /// One task or group.
  public struct Entry: Sendable {
    public let name: String
    public let isGroup: Bool
    public let file: String
    public var state: State
    /// What it was called before.
    public var oldName: String?
    /// `metadata.version` before and after, as written.
    public var oldVersion: String?
    public var version: String?
    public var basis = Basis.none
    /// The codes of what changed.
    public var aspects: [String] = []

    /// Whether `metadata.version` is another.
    public var isVersionMoved: Bool { oldVersion != version }
    /// Whether scores can change and the version does not say so.
    public var isUnversioned: Bool { state == .changed && !isVersionMoved }
  }

  /// In the order of their names.
  public internal(set) var entries: [Entry] = []
  public internal(set) var findings: [Diagnostic] = []
  public internal(set) var sources = Sources()

  /// Whether scores can change without a new version, or a task that worked does not any more.
  public var isBreaking: Bool { entries.contains { $0.isUnversioned || $0.state == .broken } }

  public func count(_ state: State) -> Int { entries.count { $0.state == state } }

  /// The findings as the linter has them, for all its forms.
  public var asLintReport: LintReport {
    var report = LintReport()
    report.files = Set(entries.map(\.file)).count
    report.findings = findings
    report.sources = sources
    return report
  }

  /// One line on all of it.
  public var summary: String {
    func words(_ count: Int, _ text: String) -> String? { count > 0 ? "\(count) \(text)" : nil }
    let changed = entries.filter { $0.state == .changed }
    let parts = [
      words(changed.count { $0.isUnversioned }, "changed without a new version"),
      words(changed.count { !$0.isUnversioned }, "changed with a new version"),
      words(count(.broken), "broken"), words(count(.added), "new"), words(count(.removed), "removed"),
      words(count(.renamed), "renamed"), words(count(.unchanged), "unchanged"),
    ].compactMap(\.self)
    let groups = entries.count(where: \.isGroup)
    let tasks = entries.count - groups
    let all = "\(tasks) task\(tasks == 1 ? "" : "s") and \(groups) group\(groups == 1 ? "" : "s") compared"
    return "\(all): \(parts.isEmpty ? "nothing there" : parts.joined(separator: ", "))"
  }
}
