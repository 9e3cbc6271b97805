public import Diagnostics
public import Schema
import YAML

extension LintSettings {
  /// What an `assay.yaml` looks like, for editors.
  public static func form(_ registry: RuleRegistry) -> Form {
    let codes = registry.pages.map { Form.Name($0.code.name, page: $0.about) }
    let families = Family.allCases.map { Form.Name($0.rawValue, summary: "\($0.title): all its rules.") }
    let names = Form.name(codes + families + [Form.Name("all", summary: "Every rule.")], isOpen: false)
    let lists: Set = ["select", "extend_select", "ignore"]
    let keys = SettingsFile.schema.keys.map { lists.contains($0.name) ? $0.with(names.oneOrMore) : $0 }
    let byPath = KeyPage(
      "per_path", shape: "mapping of globs", fallback: "none",
      form: .mapping([], others: .mapping(keys, others: nil)),
      "further settings for the files that a glob means, relative to this file")
    let lint = KeyPage(
      "lint", shape: "mapping", fallback: "none", form: Form.mapping(keys + [byPath], others: nil).orNull,
      "which rules are on")
    return .mapping([lint], others: .anything)
  }
}

extension LintSettings {
  /// What is wrong with the text of an `assay.yaml`.
  public static func check(_ source: Source, _ registry: RuleRegistry) -> Findings {
    var findings = Findings()
    if let root = parseYAML(source, &findings) { _ = SettingsFile.read(root, registry, &findings) }
    return findings
  }
}
