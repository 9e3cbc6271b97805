public import Diagnostics

/// What `assay explain` has to say of one code.
public protocol CodePage: Sendable {
  static var code: Diagnostic.Code { get }
  static var family: Family { get }
  static var severity: Diagnostic.Severity { get }
  static var tier: Tier { get }
  /// Markdown, with examples that are run as tests: a `yaml` block is a file to check, a `diagnostics` block after it
  /// what is said of it, a `yaml fixed` block what the fixes make of it.
  static var about: String { get }
}

extension CodePage {
  public static var tier: Tier { .static }
}

/// What a rule is about; a family's name selects all its rules.
public enum Family: String, Sendable, CaseIterable {
  case syntax, names, groups, templates, choices, fewshot, generation, filters, metrics, data, python, safety
  case backend, history, suppressions

  /// A heading for lists.
  public var title: String {
    switch self {
    case .syntax: "Syntax and structure"
    case .names: "Names and versions"
    case .groups: "Includes and groups"
    case .templates: "Templates and prompts"
    case .choices: "Choices and targets"
    case .fewshot: "Few-shot examples"
    case .generation: "Generation"
    case .filters: "Filters"
    case .metrics: "Metrics"
    case .data: "Data and reproducibility"
    case .python: "Python functions"
    case .safety: "Safety"
    case .backend: "Models"
    case .history: "Changes since an earlier version"
    case .suppressions: "Comments to the linter"
    }
  }
}

/// What must be at hand to find something.
public enum Tier: String, Sendable, CaseIterable, Comparable {
  /// The files alone.
  case `static`
  /// The rows, too.
  case data
  /// A model.
  case backend

  public static func < (a: Tier, b: Tier) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

/// A choice of rules by name.
public enum Preset: String, Sendable, CaseIterable {
  /// What is worth anyone's time.
  case recommended
  /// That, and what is a matter of care.
  case strict
  /// What is worth anyone's time, and what goes wrong when the harness itself runs the files.
  case lmEval = "lm-eval"
}
