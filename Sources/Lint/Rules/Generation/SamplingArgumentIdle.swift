import Diagnostics
import Values
import YAML

/// A setting of sampling where nothing is sampled.
struct SamplingArgumentIdle: Rule {
  static let code: Diagnostic.Code = "sampling-argument-idle"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning

  static let about = """
    With `do_sample: false` the likeliest word is always taken, so that `temperature`, `top_p` and `top_k` have no effect.

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: false
      temperature: 0.7
    ```
    ```diagnostics
    warning[sampling-argument-idle]: `temperature` has no effect with `do_sample: false`
     --> example.yaml:4:3
      |
    4 |   temperature: 0.7
      |   ^^^^^^^^^^^
      = help: remove it, or write `do_sample: true`
    ```

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: true
      temperature: 0.7
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    let greedy = file.values("generation_kwargs").filter { $0.last("do_sample")?.value == false }
    for entry in greedy.flatMap({ $0.entries ?? [] }) {
      guard let number = entry.value.scalar?.value.asDouble, Self.idle(entry.key.value, number) else {
        continue
      }
      findings.add(
        Self.finding(
          "`\(entry.key.value)` has no effect with `do_sample: false`", at: entry.key.span,
          help: "remove it, or write `do_sample: true`"))
    }
  }

  private static func idle(_ key: String, _ number: Double) -> Bool {
    switch key {
    case "temperature": number > 0
    case "top_p": number < 1
    case "top_k": number > 1
    case "min_p": number > 0
    default: false
    }
  }
}
