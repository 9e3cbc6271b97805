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

    The items of a list are no templates either; a list with values of the row in it is one template:

    ```yaml
    task: demo
    doc_to_choice: ["{{right}}", "{{wrong}}"]
    ```
    ```diagnostics
    warning[unrendered-template]: an item of a list is no template, so that it is the text `{{right}}` for every row
     --> example.yaml:2:17
      |
    2 | doc_to_choice: ["{{right}}", "{{wrong}}"]
      |                 ^^^^^^^^^^^
      = help: write one template of a list: `doc_to_choice: "{{ [right, wrong] }}"`
    ```

    ```yaml
    task: demo
    doc_to_choice: "{{ [right, wrong] }}"
    ```
    """

  private static let keys = [
    "target_delimiter", "fewshot_delimiter", "dataset_path", "dataset_name", "test_split", "validation_split",
    "training_split", "fewshot_split", "generation_kwargs", "metric_list", "task_alias",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.source.text.holds("{") else { return }
    for settings in file.settings {
      checkLists(in: settings, &findings)
      if let config = settings.last("fewshot_config") { checkLists(in: config, &findings) }
    }
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

  /// A template of a list is one text; the items of a list that is written out are no templates.
  private func checkLists(in settings: Node, _ findings: inout Findings) {
    for key in ["doc_to_choice", "doc_to_target"] {
      let list = settings.last(key)
      let items = list?.items ?? list?.entries?.map(\.value) ?? []
      let texts = items.compactMap(\.plainText)
      guard
        let first = texts.first(where: { text in
          !TemplateParts(text.text).expressions.isEmpty || text.text.wholeMatch(of: /\{[A-Za-z_]\w+\}/) != nil
        })
      else { continue }
      findings.add(
        Self.finding(
          "an item of a list is no template, so that it is the text `\(first.text)` for every row",
          at: first.span, help: "write one template of a list: `\(key): \"{{ [\(Self.list(texts))] }}\"`"))
    }
  }

  /// The same items as a template has them.
  private static func list(_ texts: [EmbeddedText]) -> String {
    let items = texts.map { text in
      let parts = TemplateParts(text.text)
      if let match = text.text.wholeMatch(of: /\{([A-Za-z_]\w+)\}/) { return String(match.1) }
      guard parts.literals.isEmpty, parts.statements.isEmpty, parts.expressions.count == 1,
        text.text.hasSuffix("}}")
      else { return parts.isConstant ? "'\(text.text)'" : "…" }
      return String(String(text.text.dropFirst(2).dropLast(2)).trimmingWhitespace)
    }
    return items.joined(separator: ", ")
  }
}
