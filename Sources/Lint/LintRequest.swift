public import Datasets
public import Diagnostics
public import Exchange
public import TaskDSL

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
  /// What has been read of `roots` and `folders` already, with `texts` in their places; they are not read again then.
  public var index: TaskIndex?
  /// What the command line says of rules; it outweighs `assay.yaml`.
  public var settings = LintSettings()
  /// Whether `assay.yaml` is looked for in the folders of the files and above them.
  public var isUsingSettingsFiles = true
  /// What is less severe is neither looked for nor told.
  public var leastSeverity = Diagnostic.Severity.note
  /// Whether the files of a group's members are looked at with the group's file.
  public var isFollowingGroups = false
  /// The folder that relative paths start from, to find settings above it.
  public var workingDirectory = "."
  /// Looks at rows too, as far as they are in this store.
  public var datasets: DatasetStore?
  /// How many rows of each task are turned into prompts.
  public var rowCount = 20
  /// Whether the report tells what became of each task's right answers.
  public var isSelfTesting = false
  /// What calls the Python functions of tasks when their rows are looked at; nothing by default.
  public var functions = FunctionSupport.noted
  /// Whether tasks that execute what a model writes are tested, too.
  public var allowsUnsafeCode = false
  /// What a run would change about the prompts.
  public var options = CompileOptions()
  /// The model that is to answer, as far as it is known without being loaded.
  public var model: BackendFit?
  /// How many rows of each task are looked at for how long its prompts are; all by default.
  public var rowCountForModel: Int?

  public init() {}
}
