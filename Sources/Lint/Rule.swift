public import Diagnostics

/// One thing the linter knows to look for; each of its checks sees another part of what there is.
public protocol Rule: CodePage {
  /// The presets that have it; `strict` has every rule.
  static var presets: Set<Preset> { get }

  /// Codes of findings that this one says better, where both stand in the same place.
  static var supersedes: Set<String> { get }

  /// As severe as any of its findings can be; as the rule is, unless it says otherwise.
  static var greatestSeverity: Diagnostic.Severity { get }

  init()
  /// Looks at a file as it stands, before its includes.
  func check(_ file: FileContext, _ findings: inout Findings)
  /// Looks at a task as includes and groups make it.
  func check(_ task: TaskContext, _ findings: inout Findings)
  func check(_ group: GroupContext, _ findings: inout Findings)
  /// Looks at everything at once.
  func check(_ tree: TreeContext, _ findings: inout Findings)
  /// Looks at a task's rows, where they are asked for and at hand.
  func check(_ rows: RowsContext, _ findings: inout Findings)
  /// Looks at how a task and a model fit together, where one is named.
  func check(_ model: ModelContext, _ findings: inout Findings)
}

extension Rule {
  public static var presets: Set<Preset> { [.recommended, .lmEval] }
  public static var supersedes: Set<String> { [] }
  public static var greatestSeverity: Diagnostic.Severity { severity }

  public func check(_ file: FileContext, _ findings: inout Findings) {}
  public func check(_ task: TaskContext, _ findings: inout Findings) {}
  public func check(_ group: GroupContext, _ findings: inout Findings) {}
  public func check(_ tree: TreeContext, _ findings: inout Findings) {}
  public func check(_ rows: RowsContext, _ findings: inout Findings) {}
  public func check(_ model: ModelContext, _ findings: inout Findings) {}
}

extension Rule {
  /// A finding under the rule's own code, as severe as the rule is.
  static func finding(
    _ message: String, at span: SourceSpan, labels: [Diagnostic.Label] = [], help: String? = nil,
    fix: Fix? = nil
  ) -> Diagnostic {
    Diagnostic(code, severity, message, at: span, labels: labels, help: help, fix: fix)
  }
}
