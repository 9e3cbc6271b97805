import Diagnostics
import YAML

/// Braces of a template in a key that is not one.
struct UnrenderedTemplate: Rule {
  static let code: Diagnostic.Code = "unrendered-template"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Only `doc_to_text`, `doc_to_target`, `doc_to_choice`, `description` and `gen_prefix` are templates. Elsewhere `{{x}}`
    stays as it is written.

    ```yaml
    task: demo
    generation_kwargs:
      until: ["{{stop}}"]
    ```
    ```diagnostics
    warning[unrendered-template]: `generation_kwargs` is no template, so that the braces stay as they are
     --> example.yaml:3:11
      |
    3 |   until: ["{{stop}}"]
      |           ^^^^^^^^^^
      = help: write the value out
    ```
    """

  private static let keys = [
    "target_delimiter", "fewshot_delimiter", "dataset_path", "dataset_name", "test_split", "validation_split",
    "training_split", "fewshot_split", "generation_kwargs", "metric_list", "task_alias",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.source.text.holds("{{") else { return }
    for key in Self.keys {
      file.value(key)?.forEachScalar { node, _, _ in
        guard let text = node.plainText, !TemplateParts(text.text).expressions.isEmpty else { return }
        findings.add(
          Self.finding(
            "`\(key)` is no template, so that the braces stay as they are", at: text.span,
            help: "write the value out"))
      }
    }
  }
}
