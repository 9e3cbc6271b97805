import Diagnostics
import Schema
import TaskDSL
import YAML

/// A task without its name.
struct NamelessTask: Rule {
  static let code: Diagnostic.Code = "nameless-task"
  static let family = Family.names
  static let severity = Diagnostic.Severity.error
  static let supersedes: Set<String> = ["unused-base"]

  static let about = #"""
    The harness passes over a file that has neither `task` nor `group`, and says nothing. A base for others to include needs
    no name; it is best named so that it does not end in `.yaml`.

    ```yaml
    Task: demo
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[nameless-task]: this file has no `task`, so that nothing can find it; `Task` is no key
     --> example.yaml:1:1
      |
    1 | Task: demo
      | ^^^^
      = help: did you mean `task`?
      = fix: replace with `task`
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```

    ```yaml
    task: demo
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    """#

  private static let marks = ["doc_to_text", "doc_to_target", "dataset_path", "output_type", "include"]
  private static let others: Set = ["name", "task_name", "taskname", "id", "tasks"]

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    let nameless = tree.files.filter { file in
      guard case .base? = file.role, let root = file.root, file.path.hasSuffix(".yaml") else { return false }
      return Self.marks.contains { root.entry($0) != nil }
    }
    if nameless.isEmpty { return }
    let included = tree.includedPaths
    for file in nameless where !included.contains(file.path) { report(file, &findings) }
  }

  private func report(_ file: FileContext, _ findings: inout Findings) {
    guard let entries = file.root?.entries, let first = entries.first else { return }
    if let named = entries.first(where: { $0.key.value == "task" || $0.key.value == "group" }) {
      findings.add(
        Self.finding(
          "`\(named.key.value)` has no value, so that nothing can find this file", at: named.key.span,
          help: "write a name behind it"))
    } else if let near = entries.first(where: { Self.isNearly($0.key.value) }) {
      findings.add(
        Self.finding(
          "this file has no `task`, so that nothing can find it; `\(near.key.value)` is no key",
          at: near.key.span,
          help: "did you mean `task`?", fix: .replace(near.key.span, with: "task", safety: .needsReview)))
    } else if !Paths.name(of: file.path).hasPrefix("_") {
      findings.add(
        Diagnostic(
          Self.code, .warning, "this file has no `task`, so that nothing can find it", at: first.key.span,
          help: "write `task: NAME`; a base for others to include is named without `.yaml`"))
    }
  }

  private static func isNearly(_ key: String) -> Bool {
    if TaskDefinition.keys.contains(where: { $0.name == key }) || key == "tag" { return false }
    return others.contains(key.lowercased()) || ["task"].nearest(to: key) != nil
      || key.unicodeScalars.count == 4 && !key.utf8.allSatisfy({ $0 < 0x80 }) && key.hasSuffix("k")
  }
}
