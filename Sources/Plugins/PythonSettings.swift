/// How the functions of tasks are called, and what they may do.
public struct PythonSettings: Sendable {
  /// The interpreter: a program's name on the path, or its place.
  public var interpreter = "python3"
  /// How many seconds may pass without a sign of life.
  public var timeout = 600.0
  /// How many bytes the process may take; nil for no limit.
  public var memory: Int?
  /// The environment that the process gets, before what looks like a secret is taken out.
  public var environment: [String: String] = [:]
  /// Variables that may pass although they look like secrets.
  public var allowedVariables: Set<String> = []
  /// Folders of task files, in which modules of `lm_eval.tasks` are looked for where the harness is not installed.
  public var taskFolders: [String] = []
  /// Python's, NumPy's and PyTorch's seed; nil leaves a generator as it is.
  public var seeds: [Int?] = [0, 1234, 1234]
  /// Takes the small stand-ins for `datasets` and `lm_eval` even where the libraries are installed.
  public var isWithoutLibraries = false

  public init() {}

  /// The environment without what looks like a secret.
  var safeEnvironment: [String: String] {
    let endings = ["_KEY", "_TOKEN", "_SECRET", "_PASSWORD", "_CREDENTIALS"]
    return environment.filter { name, _ in
      allowedVariables.contains(name) || !endings.contains { name.uppercased().hasSuffix($0) }
    }
  }
}
