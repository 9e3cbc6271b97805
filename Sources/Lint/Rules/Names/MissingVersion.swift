import Diagnostics
import TaskDSL
import YAML

/// Without a version nobody can tell whether two published numbers are of the same task.
struct MissingVersion: Rule {
  static let code: Diagnostic.Code = "missing-version"
  static let family = Family.names
  static let severity = Diagnostic.Severity.note

  static let about = """
    Without `metadata.version` nobody can tell later whether two published numbers are of the same task.

    Raise the version with every change that may change a score.

    ```yaml
    task: demo
    ```
    ```diagnostics
    note[missing-version]: the task `demo` has no version
     --> example.yaml:1:7
      |
    1 | task: demo
      |       ^^^^
      = help: add `metadata: {version: 1.0}`
    ```

    ```yaml
    task: demo
    metadata:
      version: 1.0
    ```
    """

  /// A group needs no version, but what is nearly one was meant.
  func check(_ group: GroupContext, _ findings: inout Findings) {
    guard let metadata = group.node["metadata"], metadata["version"] == nil,
      let near = metadata.entries?.first(where: { ["version"].nearest(to: $0.key.value) != nil })
    else { return }
    findings.add(
      Self.finding(
        "`\(near.key.value)` is not `version`, so that the group `\(group.name)` has none", at: near.key.span,
        help: "did you mean `version`?", fix: .replace(near.key.span, with: "version", safety: .needsReview)))
  }

  func check(_ task: TaskContext, _ findings: inout Findings) {
    let metadata = task["metadata"]
    // A class has its version in itself.
    guard metadata?["version"] == nil, !task.leaf.isClass else { return }
    if let metadata, metadata.entries == nil, metadata.tag == nil {
      findings.add(
        Self.finding(
          "`metadata` is \(metadata.kind), so that the task `\(task.name)` has no version", at: metadata.span,
          help: "write `metadata: {version: 1.0}`"))
      return
    }
    if let near = metadata?.entries?.first(where: { ["version"].nearest(to: $0.key.value) != nil }) {
      findings.add(
        Self.finding(
          "`\(near.key.value)` is not `version`, so that the task `\(task.name)` has none", at: near.key.span,
          help: "did you mean `version`?", fix: .replace(near.key.span, with: "version", safety: .needsReview)
        ))
      return
    }
    findings.add(
      Self.finding(
        "the task `\(task.name)` has no version", at: task.place, help: "add `metadata: {version: 1.0}`"))
  }
}
