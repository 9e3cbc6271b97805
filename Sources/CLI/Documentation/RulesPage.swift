import Diagnostics
import Lint

extension ReferencePage {
  static func rules() -> ReferencePage {
    let registry = RuleRegistry.builtin
    let intro = """
      Everything that `assay validate` and `assay lint` can say, by its code. `assay explain CODE` prints the same pages.
      A code or a family goes to `--select`, `--extend-select` and `--ignore`, into an `assay.yaml`, and into a comment:

      ```
      # assay: ignore[missing-version] published without one
      ```

      A comment at the end of a line is for that line, on a line of its own for the entry below it; `ignore-file` is for
      the whole file. Errors are what makes a task impossible or its score unsound. In the examples, a `diagnostics` block
      is what a terminal shows, and a `yaml fixed` block what the repairs make of the file.
      """
    let sections = Family.allCases.compactMap { family -> String? in
      let pages = registry.pages.filter { $0.family == family }
      guard !pages.isEmpty else { return nil }
      let texts = pages.map { page in
        let tier = page.tier == .static ? "" : " · looks at \(page.tier == .data ? "rows" : "the model")"
        let presets = registry.has(page.code.name, in: .recommended) ? "" : " · only in `strict`"
        return "### \(page.code.name)\n\n*\(page.severity.rawValue)\(tier)\(presets)*\n\n\(page.about)"
      }
      return "## \(family.title) (`\(family.rawValue)`)\n\n" + texts.joined(separator: "\n\n")
    }
    return ReferencePage("Rules.md", title: "What can be found in task files", [intro] + sections)
  }
}
