import Diagnostics
import Schema
import YAML

/// The linter's part of an `assay.yaml`.
struct SettingsFile: Sendable {
  static let name = "assay.yaml"

  let settings: LintSettings
  /// Further settings for files that a glob matches, in the order of the file.
  let byPath: [(glob: String, settings: LintSettings)]

  static let schema = Schema<LintSettings>(
    .optional("preset", .preset, "`recommended`, `strict` or `lm-eval`"),
    Field(
      "select", .oneOrMore(of: .string), default: [], shown: "none",
      "codes or families, in place of the preset's"),
    Field(
      "extend_select", .oneOrMore(of: .string), default: [], shown: "none", "codes or families beside those"),
    Field("ignore", .oneOrMore(of: .string), default: [], shown: "none", "codes or families that are off"),
    make: { LintSettings(preset: $0, select: $1, extendSelect: $2, ignore: $3) })

  /// What is under `lint:`; other keys at the top belong to others.
  static func read(_ root: Node, _ registry: RuleRegistry, _ findings: inout Findings) -> SettingsFile? {
    guard let lint = root["lint"], !lint.isNull else { return nil }
    guard let own = read(settings: lint, registry, &findings) else { return nil }
    var byPath: [(glob: String, settings: LintSettings)] = []
    for entry in lint["per_path"]?.entries ?? [] {
      if let settings = read(settings: entry.value, registry, &findings) {
        byPath.append((entry.key.value, settings))
      }
    }
    return SettingsFile(settings: own, byPath: byPath)
  }

  private static func read(
    settings node: Node, _ registry: RuleRegistry, _ findings: inout Findings
  ) -> LintSettings? {
    for key in ["select", "extend_select", "ignore"] {
      for item in node[key]?.oneOrMore ?? [] {
        if let name = item.text { checkName(Located(name.text, at: name.span), registry, &findings) }
      }
    }
    return schema.decode(node, &findings) { $0 == "per_path" }
  }

  private static func checkName(
    _ name: Located<String>, _ registry: RuleRegistry, _ findings: inout Findings
  ) {
    let names = registry.codes + Family.allCases.map(\.rawValue) + ["all"]
    if names.contains(name.value) { return }
    let near = names.nearest(to: name.value)
    findings.add(
      .error(
        "unknown-rule", "no rule or family is named `\(name.value)`", at: name.span,
        help: near.map { "did you mean `\($0)`?" } ?? "`assay rules` lists them"))
  }
}

extension Shape where Value == Preset {
  fileprivate static var preset: Self { .choice }
}
