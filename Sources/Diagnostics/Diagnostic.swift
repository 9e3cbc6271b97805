/// Something to tell the user about what they wrote: data, worded beside the code that finds it.
public struct Diagnostic: Sendable, Equatable {
  /// How much it matters: an error makes a task impossible, a warning unwise, a note adds to what is known.
  public enum Severity: String, Sendable, Comparable {
    case note, warning, error

    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// A stable kebab-case name, such as `unknown-filter`.
  public struct Code: Hashable, Sendable, ExpressibleByStringLiteral {
    public let name: String
    public init(stringLiteral name: StaticString) { self.name = "\(name)" }
  }

  /// Another place that belongs to the story, such as "first defined here".
  public struct Label: Sendable, Equatable {
    public var span: SourceSpan
    public var message: String
    public init(_ message: String, at span: SourceSpan) {
      self.span = span
      self.message = message
    }
  }

  public var code: Code
  public var severity: Severity
  /// One line, lower case, no full stop, names in `backticks`.
  public var message: String
  public var span: SourceSpan
  public var labels: [Label] = []
  /// More on how it came about, of several lines: a traceback.
  public var note: String?
  /// What to do, as a phrase or sentence.
  public var help: String?
  public var fix: Fix?

  public init(
    _ code: Code, _ severity: Severity, _ message: String, at span: SourceSpan, labels: [Label] = [],
    help: String? = nil, fix: Fix? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.labels = labels
    self.help = help
    self.fix = fix
  }

  public static func error(
    _ code: Code, _ message: String, at span: SourceSpan, labels: [Label] = [], help: String? = nil,
    fix: Fix? = nil
  ) -> Diagnostic {
    Diagnostic(code, .error, message, at: span, labels: labels, help: help, fix: fix)
  }

  public static func warning(
    _ code: Code, _ message: String, at span: SourceSpan, labels: [Label] = [], help: String? = nil,
    fix: Fix? = nil
  ) -> Diagnostic {
    Diagnostic(code, .warning, message, at: span, labels: labels, help: help, fix: fix)
  }

  /// Something that other readers of the same language do not have: whether it may be used is settled at the end.
  ///
  /// - Parameter others: what they do with it, as a sentence.
  public static func beyondStandard(
    _ message: String, at span: SourceSpan, others: String
  ) -> Diagnostic {
    Diagnostic(.beyondStandard, .note, message, at: span, help: others)
  }
}

extension Diagnostic.Code {
  fileprivate static let beyondStandard: Self = "extension"
}

/// Edits that repair what a diagnostic found.
public struct Fix: Sendable, Equatable {
  /// Safe: the compiled requests stay as they were, or there were none before.
  public enum Safety: Sendable { case safe, needsReview }

  /// One replacement of bytes by a text.
  public struct Edit: Sendable, Equatable {
    public var span: SourceSpan
    public var replacement: String
    public init(_ span: SourceSpan, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  public var title: String
  public var edits: [Edit]
  public var safety: Safety

  public init(_ title: String, safety: Safety, _ edits: Edit...) {
    self.title = title
    self.safety = safety
    self.edits = edits
  }

  public static func replace(_ span: SourceSpan, with text: String, safety: Safety = .safe) -> Fix {
    Fix("replace with `\(text)`", safety: safety, Edit(span, text))
  }
}

/// What the phases have to say about their input, in the order it was found.
public struct Findings: Sendable {
  public private(set) var all: [Diagnostic] = []
  /// What is beyond the language as others have it, kept apart until somebody settles whether it may be used.
  private var unsettled: [Diagnostic] = []

  public init() {}

  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// The findings as they are shown: by source, place and code, each once.
  public var sorted: [Diagnostic] {
    let ordered = all.sorted {
      ($0.span.source.index, $0.span.start, $0.code.name) < (
        $1.span.source.index, $1.span.start, $1.code.name
      )
    }
    return ordered.enumerated().filter { $0.offset == 0 || ordered[$0.offset - 1] != $0.element }.map(
      \.element)
  }

  public mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.code == .beyondStandard, diagnostic.severity == .note {
      unsettled.append(diagnostic)
    } else {
      all.append(diagnostic)
    }
  }

  public mutating func add(contentsOf others: Findings) {
    all += others.all
    unsettled += others.unsettled
  }

  /// Only what is beyond the language as others have it.
  public var beyondStandard: Findings {
    var kept = Findings()
    kept.unsettled = unsettled
    return kept
  }

  /// Makes what is beyond the language errors, or passes over it.
  public mutating func settleBeyondStandard(areErrors: Bool) {
    if areErrors {
      all += unsettled.map { finding in
        var finding = finding
        finding.severity = .error
        return finding
      }
    }
    unsettled = []
  }
}
