public import Datasets

/// What to look at, and how far.
public struct LintRequest: Sendable {
  public var files: [String] = []
  public var folders: [String] = []
  /// Tasks, groups and tags by name.
  public var names: [String] = []
  /// Folders whose tasks are known by name but not looked at.
  public var roots: [String] = []
  /// Texts in the place of what files hold on disk: standard input, or what an editor has not saved.
  public var texts: [String: String] = [:]
  /// What the command line says of rules; it outweighs `assay.yaml`.
  public var settings = LintSettings()
  /// Whether `assay.yaml` is looked for in the folders of the files and above them.
  public var isUsingSettingsFiles = true
  /// The folder that relative paths start from, to find settings above it.
  public var workingDirectory = "."
  /// Looks at rows too, as far as they are in this store.
  public var datasets: DatasetStore?
  /// How many rows of each task are turned into prompts.
  public var rowCount = 20

  public init() {}
}
