import Diagnostics

/// A name that `--tasks` takes for something else.
struct UnquotableName: Rule {
  static let code: Diagnostic.Code = "unquotable-name"
  static let family = Family.names
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `--tasks` splits names at commas and blanks and takes `*`, `?` and `[` for patterns; `/` would make a folder of
    the results. A name with such a character cannot be asked for.

    ```yaml
    task: reading, part 1
    ```
    ```diagnostics
    warning[unquotable-name]: the name `reading, part 1` has `,` in it and cannot be given to --tasks
     --> example.yaml:1:7
      |
    1 | task: reading, part 1
      |       ^^^^^^^^^^^^^^^
      = help: use letters, digits, `_`, `-` and `.`
    ```

    ```yaml
    task: reading_part_1
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    var names = [file.value("task"), file.value("group")].compactMap { $0?.plainText }
    names += (file.value("tag")?.oneOrMore ?? []).compactMap(\.plainText)
    for name in names {
      guard let bad = name.text.first(where: { ",*?[]/\\ \t\n".contains($0) }) else { continue }
      findings.add(
        Self.finding(
          "the name `\(name.text)` has `\(bad)` in it and cannot be given to --tasks", at: name.span,
          help: "use letters, digits, `_`, `-` and `.`"))
    }
  }
}
