import Diagnostics
import Values
import YAML

/// A split that is named and never read.
struct UnusedSplit: Rule {
  static let code: Diagnostic.Code = "unused-split"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    `test_split` is evaluated; `validation_split` then only serves for examples where there is neither `fewshot_split` nor
    `training_split`. Here it is never read.

    ```yaml
    task: demo
    test_split: test
    validation_split: val
    fewshot_split: train
    ```
    ```diagnostics
    note[unused-split]: `validation_split` is never read beside `test_split` and `fewshot_split`
     --> example.yaml:3:1
      |
    3 | validation_split: val
      | ^^^^^^^^^^^^^^^^
      = help: remove it
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task["test_split"] != nil, let split = task.entry("validation_split"), task["fewshot_split"] != nil
    else {
      return
    }
    if split.value.value == task["fewshot_split"]?.value { return }
    findings.add(
      Self.finding(
        "`validation_split` is never read beside `test_split` and `fewshot_split`", at: split.key.span,
        help: "remove it"))
  }
}
