import Diagnostics
import Values
import YAML

/// A setting of generation that no model takes.
struct GenerationOutOfRange: Rule {
  static let code: Diagnostic.Code = "generation-out-of-range"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    A temperature below 0 or a `top_p` above 1 means nothing; a model refuses it, or answers at random.

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: true
      temperature: -0.5
      top_p: 90
    ```
    ```diagnostics
    error[generation-out-of-range]: `temperature` is 0 or more, and not -0.5
     --> example.yaml:4:16
      |
    4 |   temperature: -0.5
      |                ^^^^
      = help: write a number that is 0 or more

    error[generation-out-of-range]: `top_p` is between 0 and 1, and not 90
     --> example.yaml:5:10
      |
    5 |   top_p: 90
      |          ^^
      = help: write a number that is between 0 and 1
    ```

    ```yaml
    task: demo
    generation_kwargs:
      do_sample: true
      temperature: 0.5
      top_p: 0.9
    ```
    """#

  private static let ranges: [String: (range: ClosedRange<Double>, words: String)] = [
    "temperature": (0...100, "0 or more"), "top_p": (0...1, "between 0 and 1"),
    "min_p": (0...1, "between 0 and 1"),
    "typical_p": (0...1, "between 0 and 1"), "top_k": (-1...1e9, "a whole number above 0"),
    "repetition_penalty": (0.000_001...1e9, "above 0"), "num_beams": (1...1e9, "1 or more"),
    "num_return_sequences": (1...1e9, "1 or more"),
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.values("generation_kwargs").flatMap({ $0.entries ?? [] }) {
      guard let (range, words) = Self.ranges[entry.key.value],
        case .some(let value) = entry.value.scalar?.value,
        entry.value.kind == "a number", let number = value.asDouble, !range.contains(number)
      else { continue }
      findings.add(
        Self.finding(
          "`\(entry.key.value)` is \(words), and not \(value.text)", at: entry.value.span,
          help: "write a number that is \(words)"))
    }
  }
}
