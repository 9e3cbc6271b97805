import Patterns
import Synchronization
public import Templates
import Values

extension TemplateEnvironment {
  /// Jinja as the harness sets it up: strict about undefined names, with `regex_replace` added.
  public static let tasks: TemplateEnvironment = {
    var environment = TemplateEnvironment.jinja
    let patterns = PatternCache()
    environment.addFilter("regex_replace", ["pattern", "repl", "count="]) {
      (value, arguments) throws(TemplateError) in
      let pattern = arguments[0]?.text ?? ""
      do throws(PatternError) {
        let count = arguments[2]?.asInt ?? 0
        let replacement = arguments[1]?.text ?? ""
        return .string(
          try patterns.pattern(pattern).replacing(in: value.text, with: replacement, count: count))
      } catch {
        throw TemplateError(
          .argument, "`regex_replace` cannot use the pattern `\(pattern)`: \(error.message)")
      }
    }
    return environment
  }()
}

/// Patterns that templates have used, compiled once each; a template runs for every row.
final class PatternCache: Sendable {
  private let known = Mutex<[ExactText: Pattern]>([:])

  /// Patterns made of a row's text differ from row to row, so that all are dropped now and then.
  private static let most = 256

  func pattern(_ text: String) throws(PatternError) -> Pattern {
    if let pattern = known.withLock({ $0[ExactText(text)] }) { return pattern }
    let pattern = try Pattern(text)
    known.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[ExactText(text)] = pattern
    }
    return pattern
  }
}
