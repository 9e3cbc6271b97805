import Diagnostics
import Metrics
import YAML

/// Nothing between the prompt and the answer.
struct MissingSpace: Rule {
  static let code: Diagnostic.Code = "missing-space"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `target_delimiter` is empty and the prompt ends with a letter or mark, so that the answer is glued to it: `Answer:yes`.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_text: "{{question}} Answer:"
    doc_to_choice: ["yes", "no"]
    doc_to_target: label
    target_delimiter: ""
    ```
    ```diagnostics
    warning[missing-space]: nothing stands between the prompt and the answer: `:yes`
     --> example.yaml:6:19
      |
    6 | target_delimiter: ""
      |                   ^^
     ::: example.yaml:3:14
      |
    3 | doc_to_text: "{{question}} Answer:"
      |              ---------------------- the prompt ends here
      = help: leave `target_delimiter` out; it is a space then
      = fix: replace with `" "`
    ```
    ```yaml fixed
    task: demo
    output_type: multiple_choice
    doc_to_text: "{{question}} Answer:"
    doc_to_choice: ["yes", "no"]
    doc_to_target: label
    target_delimiter: " "
    ```

    Scripts without spaces between words need none.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_text: "{{question}} Answer: "
    doc_to_choice: ["yes", "no"]
    doc_to_target: label
    target_delimiter: ""
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    if task.outputType == .generateUntil { return checkExamples(task, &findings) }
    guard task.outputType == .multipleChoice, let delimiter = task.text("target_delimiter"),
      delimiter.text.isEmpty,
      let text = task.text("doc_to_text"), task.text("gen_prefix") == nil, let choices = task.writtenChoices
    else { return }
    guard let last = TemplateParts(text.text).ending.unicodeScalars.last, last.isASCII,
      !last.properties.isWhitespace,
      !"([{<\"'`/_*#-=\n".unicodeScalars.contains(last)
    else { return }
    let glued = choices.first { choice in
      guard let first = choice.plainText?.text.unicodeScalars.first else { return false }
      return Self.standsApart(first)
    }
    guard let glued, let word = glued.plainText?.text else { return }
    findings.add(
      Self.finding(
        "nothing stands between the prompt and the answer: `\(last)\(word)`", at: delimiter.span,
        labels: [Diagnostic.Label("the prompt ends here", at: text.span)],
        help: "leave `target_delimiter` out; it is a space then",
        fix: .replace(delimiter.span, with: "\" \"", safety: .needsReview)))
  }

  /// Whether a letter is of a script that puts spaces between words: one with small and capital letters, or one of those
  /// from Hebrew to Sinhala.
  private static func standsApart(_ letter: Unicode.Scalar) -> Bool {
    letter.properties.isAlphabetic && (letter.properties.isCased || (0x590...0xDFF).contains(letter.value))
  }

  /// In examples the right answer stands behind the question.
  private func checkExamples(_ task: TaskContext, _ findings: inout Findings) {
    guard task.shots > 0, let delimiter = task.text("target_delimiter"), delimiter.text.isEmpty,
      task["fewshot_config"] == nil, task.text("gen_prefix") == nil, let text = task.text("doc_to_text"),
      let target = task.text("doc_to_target"),
      let last = TemplateParts(text.text).ending.unicodeScalars.last, last.isASCII,
      last.properties.isAlphabetic || ":.?!=".unicodeScalars.contains(last),
      TemplateParts(target.text).beginning.unicodeScalars.first.map({ !$0.properties.isWhitespace }) ?? true
    else { return }
    findings.add(
      Self.finding(
        "nothing stands between the question of an example and its answer", at: delimiter.span,
        labels: [Diagnostic.Label("the question ends here", at: text.span)],
        help: "leave `target_delimiter` out; it is a space then",
        fix: .replace(delimiter.span, with: "\" \"", safety: .needsReview)))
  }
}
