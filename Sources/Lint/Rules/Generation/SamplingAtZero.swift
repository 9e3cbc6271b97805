import Diagnostics
import Values
import YAML

/// Sampling at a temperature of 0.
struct SamplingAtZero: Rule {
  static let code: Diagnostic.Code = "sampling-at-zero"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning

  static let about = """
    At a temperature of 0 the likeliest word is always taken. Some models refuse `do_sample: true` with it.

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: true
      temperature: 0.0
    ```
    ```diagnostics
    warning[sampling-at-zero]: nothing is sampled at a temperature of 0
     --> example.yaml:4:16
      |
    4 |   temperature: 0.0
      |                ^^^
      = help: write `do_sample: false`, or a temperature above 0
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for options in file.values("generation_kwargs") where options.last("do_sample")?.value == true {
      guard let temperature = options.last("temperature"), temperature.scalar?.value.asDouble == 0 else {
        continue
      }
      findings.add(
        Self.finding(
          "nothing is sampled at a temperature of 0", at: temperature.span,
          help: "write `do_sample: false`, or a temperature above 0"))
    }
  }
}
