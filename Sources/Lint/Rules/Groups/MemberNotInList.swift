import Diagnostics
import TaskDSL
import YAML

/// A group whose one member is no list.
struct MemberNotInList: Rule {
  static let code: Diagnostic.Code = "member-not-in-list"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    The harness takes the members of a group from a list; a text there gives a group without members.

    ```yaml others.yaml
    task: first
    ```
    ```yaml
    group: demo
    task: first
    ```
    ```diagnostics
    warning[member-not-in-list]: the members of a group are a list; the harness finds none in a text
     --> example.yaml:2:7
      |
    2 | task: first
      |       ^^^^^
      = help: write `task: [first]`
      = fix: replace with `[first]`
    ```
    ```yaml fixed
    group: demo
    task: [first]
    ```

    ```yaml others.yaml
    task: first
    ```
    ```yaml
    group: demo
    task: [first]
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard case .group(_)? = file.role, let member = file.value("task"), let name = member.plainText,
      file.root?.entry("doc_to_text") == nil, file.root?.entry("output_type") == nil
    else { return }
    findings.add(
      Self.finding(
        "the members of a group are a list; the harness finds none in a text", at: member.span,
        help: "write `task: [\(name.text)]`",
        fix: .replace(
          member.span, with: "[\(file.source.slice(Int(member.span.start), Int(member.span.end)))]",
          safety: .needsReview)))
  }
}
