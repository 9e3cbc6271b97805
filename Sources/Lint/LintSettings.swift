/// Which rules are on.
public struct LintSettings: Sendable, Equatable {
  public var preset: Preset?
  /// Codes or families in the place of the preset's.
  public var select: [String] = []
  /// Codes or families beside those.
  public var extendSelect: [String] = []
  /// Codes or families that are off.
  public var ignore: [String] = []

  public init(
    preset: Preset? = nil, select: [String] = [], extendSelect: [String] = [], ignore: [String] = []
  ) {
    self.preset = preset
    self.select = select
    self.extendSelect = extendSelect
    self.ignore = ignore
  }

  /// These with others laid over them, as the command line's over a file's.
  public func overlaid(with other: LintSettings) -> LintSettings {
    LintSettings(
      preset: other.preset ?? preset, select: other.select.isEmpty ? select : other.select,
      extendSelect: extendSelect + other.extendSelect, ignore: ignore + other.ignore)
  }

  /// Findings that are always told: nothing else can be said of such a file.
  static let always: Set = ["malformed-yaml", "unreadable-file"]

  /// Whether findings of a code are told; a code that is named outweighs a family.
  public func isOn(_ code: String, in registry: RuleRegistry) -> Bool {
    if Self.always.contains(code) { return true }
    let family = registry[code]?.family.rawValue ?? ""
    if ignore.contains(code) { return false }
    if select.contains(code) || extendSelect.contains(code) { return true }
    if ignore.contains(family) { return false }
    if extendSelect.contains(family) || select.contains(family) || select.contains("all") { return true }
    return select.isEmpty && registry.has(code, in: preset ?? .recommended)
  }
}
