import Diagnostics
import Values
import YAML

/// A setting of generation that is of the wrong kind.
struct WrongGenerationValue: Rule {
  static let code: Diagnostic.Code = "wrong-generation-value"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    Settings of generation go to the model as they are. A text where a number is meant stops it, and the text `false` counts
    as true.

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: "false"
      max_gen_toks: 1,024
    ```
    ```diagnostics
    error[wrong-generation-value]: `do_sample` is true or false, found text `false`
     --> example.yaml:3:14
      |
    3 |   do_sample: "false"
      |              ^^^^^^^
      = help: write `false` without quotes

    error[wrong-generation-value]: `max_gen_toks` is a whole number, found text `1,024`
     --> example.yaml:4:17
      |
    4 |   max_gen_toks: 1,024
      |                 ^^^^^
      = help: write it without quotes, commas or units
    ```

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: false
      max_gen_toks: 1024
    ```
    """#

  private static let wholes: Set = [
    "max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens", "max_length", "min_length",
    "min_new_tokens", "top_k", "num_beams", "num_return_sequences", "no_repeat_ngram_size", "num_beam_groups",
    "best_of", "n",
  ]
  private static let numbers: Set = [
    "top_p", "min_p", "typical_p", "repetition_penalty", "length_penalty", "presence_penalty",
    "frequency_penalty", "diversity_penalty",
  ]
  private static let booleans: Set = ["do_sample", "use_cache", "stream"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.values("generation_kwargs").flatMap({ $0.entries ?? [] }) where !entry.value.isNull {
      guard let expected = Self.expected(entry.key.value, entry.value) else { continue }
      findings.add(
        Self.finding(
          "`\(entry.key.value)` is \(expected), found \(entry.value.kind)\(Self.shown(entry.value))",
          at: entry.value.span,
          help: Self.help(entry.value, isBoolean: Self.booleans.contains(entry.key.value))))
    }
  }

  /// What should stand there, where it does not.
  private static func expected(_ key: String, _ node: Node) -> String? {
    if wholes.contains(key) {
      if case .int? = node.scalar?.value { return nil }
      return "a whole number"
    }
    if numbers.contains(key) {
      switch node.scalar?.value {
      case .int?, .double?: return nil
      // A number in a form of its own has a finding of its own.
      case .string(let text)? where Double(text) != nil && node.scalar?.style == .plain: return nil
      default: return "a number"
      }
    }
    guard booleans.contains(key) else { return nil }
    if case .bool? = node.scalar?.value { return nil }
    return "true or false"
  }

  private static func help(_ node: Node, isBoolean: Bool) -> String {
    guard isBoolean else { return "write it without quotes, commas or units" }
    let near = node.plainText.flatMap { ["true", "false"].nearest(to: $0.text) }
    return near.map { "write `\($0)` without quotes" } ?? "write `true` or `false` without quotes"
  }

  private static func shown(_ node: Node) -> String {
    guard let text = node.plainText?.text, text.utf8.count < 20 else { return "" }
    return " `\(text)`"
  }
}
