import Diagnostics
import YAML

/// A helper that draws at random without a seed.
struct HelperDrawsAtRandom: Rule {
  static let code: Diagnostic.Code = "helper-draws-at-random"
  static let family = Family.python
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    A function that draws at random and sets no seed gives other rows, prompts or scores each time.

    ```python utils.py
    import random

    def process(dataset):
        return dataset.select(random.sample(range(len(dataset)), 10))
    ```
    ```yaml
    task: demo
    process_docs: !function utils.process
    ```
    ```diagnostics
    note[helper-draws-at-random]: `utils.py` draws at random and sets no seed: `return dataset.select(random.sample(range(len(dataset)), 10)`
     --> example.yaml:2:25
      |
    2 | process_docs: !function utils.process
      |                         ^^^^^^^^^^^^^
      = help: draw from `random.Random(SEED)`
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for (name, helper) in tree.namedHelpers {
      guard let reason = helper.drawing else { continue }
      findings.add(
        Self.finding(
          "`\(helper.path)` draws at random and sets no seed: `\(reason)`", at: name.span,
          help: "draw from `random.Random(SEED)`"))
    }
  }
}
