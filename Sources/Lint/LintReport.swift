public import Diagnostics
public import Runs

/// What was looked at and what was found.
public struct LintReport: Sendable {
  public var files = 0
  public var tasks = 0
  public var groups = 0
  /// By file and place, each once.
  public var findings: [Diagnostic] = []
  public var sources = Sources()
  /// How many findings comments have kept back.
  public var suppressedCount = 0
  /// The files that were read.
  public var readFiles: [String] = []
  /// The tiers that were looked at.
  public var tiers: [Tier] = [.static]
  /// Tasks whose data was asked for and is not at hand.
  public var withoutData: [String] = []
  /// Tasks whose rows Python functions make or phrase.
  public var withPython: [String] = []
  /// Tasks that execute what a model writes, so that they were not tested.
  public var withUnsafeCode: [String] = []
  /// What became of the right answers of each task whose rows were looked at.
  public var selfTests: [SelfTestResult] = []

  public init() {}

  public func count(_ severity: Diagnostic.Severity) -> Int { findings.count { $0.severity == severity } }
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// What the files of a finding are called.
  public func file(of finding: Diagnostic) -> String { sources[finding.span.source]?.name ?? "" }
}
