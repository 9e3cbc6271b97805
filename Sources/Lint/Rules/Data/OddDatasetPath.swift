import Diagnostics
import TaskDSL
import YAML

/// A data set named in a way that nothing understands.
struct OddDatasetPath: Rule {
  static let code: Diagnostic.Code = "odd-dataset-path"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    `dataset_path` is the name of a data set, `owner/name`, a folder, or a reader such as `json`. An address, a variable of
    the environment or a blank in it is not understood.

    ```yaml
    task: demo
    dataset_path: https://huggingface.co/datasets/owner/data
    ```
    ```diagnostics
    error[odd-dataset-path]: `https://huggingface.co/datasets/owner/data` is an address, and not the name of a data set
     --> example.yaml:2:15
      |
    2 | dataset_path: https://huggingface.co/datasets/owner/data
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: write `owner/data`
      = fix: replace with `owner/data`
    ```
    ```yaml fixed
    task: demo
    dataset_path: owner/data
    ```

    ```yaml
    task: demo
    dataset_path: owner/data
    ```
    """#

  private static let hub = "huggingface.co/datasets/"

  func check(_ file: FileContext, _ findings: inout Findings) {
    for settings in file.settings { check(settings, in: file, &findings) }
  }

  private func check(_ settings: Node, in file: FileContext, _ findings: inout Findings) {
    guard let path = settings.last("dataset_path")?.plainText else { return }
    let text = path.text
    // What makes the rows in its place may be named by a base.
    if text.isEmpty, settings.last("custom_dataset") != nil || settings.last("include") != nil { return }
    if let at = text.offset(of: "://") {
      var name: String?
      if let hub = text.offset(of: Self.hub) { name = String(text.utf8.dropFirst(hub + Self.hub.utf8.count)) }
      let isName = at <= 5 && (name.map { !$0.isEmpty && !$0.contains("?") } ?? false)
      findings.add(
        Self.finding(
          "`\(text)` is an address, and not the name of a data set", at: path.span,
          help: isName
            ? "write `\(name ?? "")`"
            : "write `owner/name`, or read a file by `json` or `csv` and `data_files`",
          fix: isName ? .replace(path.span, with: name ?? "", safety: .needsReview) : nil))
    } else if text.utf8.contains(UInt8(ascii: "$")) || text.hasPrefix("~") {
      findings.add(
        Self.finding(
          "nothing fills in `\(text.hasPrefix("~") ? "~" : "$")` in the name of a data set", at: path.span,
          help: "write the path out, relative to this file"))
    } else if text.isEmpty || text.contains(where: \.isWhitespace) || text.hasSuffix("/") && text != "/" {
      let isFolder = Paths.exists(Paths.join(Paths.folder(of: file.path), text)) || Paths.exists(text)
      if isFolder, !text.isEmpty { return }
      findings.add(
        Self.finding(
          text.isEmpty ? "the name of the data set is empty" : "`\(text)` is no name of a data set",
          at: path.span,
          help: "write `owner/name`, a folder, or a reader such as `json`"))
    } else if !text.hasPrefix("/"), !text.hasPrefix("."),
      text.utf8.contains(UInt8(ascii: "\\")) || text.utf8.count(where: { $0 == UInt8(ascii: "/") }) > 1,
      !Paths.exists(Paths.join(Paths.folder(of: file.path), text)), !Paths.exists(text)
    {
      checkParts(path, &findings)
    }
  }

  /// A name with more parts than two is a folder's, which is not there.
  private func checkParts(_ path: EmbeddedText, _ findings: inout Findings) {
    if path.text.contains("\\") {
      let better = path.text.replacing("\\", with: "/")
      findings.add(
        Self.finding(
          "`\\` is no `/`, neither in the name of a data set nor in a path", at: path.span,
          help: "write `\(better)`", fix: .replace(path.span, with: better, safety: .needsReview)))
      return
    }
    let parts = path.text.split(separator: "/")
    let name = (parts.first == "datasets" ? parts.dropFirst() : parts[...]).prefix(2).joined(separator: "/")
    let rest = parts.dropFirst(parts.first == "datasets" ? 3 : 2).joined(separator: "/")
    findings.add(
      Diagnostic(
        Self.code, .warning, "`\(path.text)` is no folder here, and the name of a data set has one `/`",
        at: path.span,
        help: "write `\(name)`" + (rest.isEmpty ? "" : ", and `dataset_name: \(rest)` if that is meant")))
  }
}
