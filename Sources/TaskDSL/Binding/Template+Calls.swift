import Diagnostics
import Templates

extension Template {
  /// Says what is called although nothing has it, which shows without any row.
  func checkCalls(_ findings: inout Findings) {
    for call in doubtfulCalls {
      switch call.kind {
      case .method:
        let filter = Self.filters[call.name]
        findings.add(
          .error(
            "unknown-template-method", "no text, list or mapping has a method `\(call.name)`", at: call.span,
            help: call.near.map { "did you mean `\($0)`?" } ?? filter.map { "use the filter: `| \($0)`" },
            fix: call.near.map { .replace(call.span, with: $0, safety: .needsReview) }))
      case .function:
        findings.add(
          .error(
            "unknown-template-function", "a template has no function `\(call.name)`", at: call.span,
            help: Self.filters[call.name].map { "use the filter: `value | \($0)`" } ?? Self.others[call.name])
        )
      case .arguments:
        findings.add(
          .error(
            "template-failed", "the filter cannot be called with these arguments: \(call.name)", at: call.span
          ))
      case .uncalled:
        findings.add(
          .warning(
            "method-not-called", "`\(call.name)` is a method; without `()` the method itself is printed",
            at: call.span, help: "write `\(call.name)()`",
            fix: .replace(call.span, with: call.name + "()", safety: .needsReview)))
      }
    }
  }

  /// What Python's functions, and the methods of other languages, are called as filters of Jinja.
  private static let filters = [
    "len": "length", "size": "length", "length": "length", "str": "string", "repr": "string",
    "toString": "string", "int": "int", "float": "float", "list": "list", "sorted": "sort", "sum": "sum",
    "min": "min", "max": "max", "round": "round", "abs": "abs", "reversed": "reverse", "map": "map",
    "filter": "select", "set": "unique", "trim": "trim", "toUpperCase": "upper", "toLowerCase": "lower",
    "first": "first", "last": "last", "escape": "escape", "json": "tojson",
  ]

  private static let others = [
    "enumerate": "`loop.index0` counts the rounds of a `for`",
    "zip": "go over the indices: `{% for i in range(a | length) %}`",
    "print": "`{{ value }}` prints", "format": "call the method: `'…'.format(value)`",
    "re": "use the filter `regex_replace`", "ord": "pick from a text: `'ABCD'[number]`",
    "chr": "pick from a text: `'ABCD'[number]`",
  ]
}
