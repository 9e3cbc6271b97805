import Diagnostics
import TaskDSL
import YAML

/// A base that is reached by two includes.
struct DiamondInclude: Rule {
  static let code: Diagnostic.Code = "diamond-include"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The same base is reached on two ways. Assay reads it once; the harness takes it for a circle and drops the file
    without a word.

    ```yaml base
    output_type: generate_until
    ```
    ```yaml left
    include: base
    ```
    ```yaml right
    include: base
    ```
    ```yaml
    task: demo
    include: [left, right]
    ```
    ```diagnostics
    warning[diamond-include]: `base` is included twice, and the harness drops the file for it
     --> example.yaml:2:17
      |
    2 | include: [left, right]
      |                 ^^^^^
     ::: example.yaml:2:11
      |
    2 | include: [left, right]
      |           ---- the first time by way of this
      = help: let only one of the includes lead to it
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    var includes: [String: [(path: String, span: SourceSpan)]] = [:]
    for file in tree.files {
      includes[file.path] = (file.value("include")?.oneOrMore ?? []).compactMap { node in
        node.plainText.map { (Paths.join(Paths.folder(of: file.path), $0.text), $0.span) }
      }
    }
    for (path, own) in includes
    where own.count > 1 || own.contains(where: { (includes[$0.path] ?? []).count > 0 }) {
      var seen: [String: SourceSpan] = [:]
      for (target, span) in own { visit(target, span, path, includes, &seen, 0, &findings) }
    }
  }

  private func visit(
    _ path: String, _ span: SourceSpan, _ top: String,
    _ includes: [String: [(path: String, span: SourceSpan)]],
    _ seen: inout [String: SourceSpan], _ depth: Int, _ findings: inout Findings
  ) {
    if depth > 20 || path == top { return }
    if let first = seen[path], first != span {
      findings.add(
        Self.finding(
          "`\(Paths.name(of: path))` is included twice, and the harness drops the file for it", at: span,
          labels: [Diagnostic.Label("the first time by way of this", at: first)],
          help: "let only one of the includes lead to it"))
      return
    }
    seen[path] = span
    for (target, _) in includes[path] ?? [] {
      visit(target, span, top, includes, &seen, depth + 1, &findings)
    }
  }
}
