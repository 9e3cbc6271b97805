public import Exchange

/// How functions of task authors are run.
public struct PythonSettings: Sendable {
  /// A name to look for on the `PATH`, or a path.
  public var interpreter = "python3"
  /// The variables that this program has; the process gets them without those that hold secrets.
  public var environment: [String: String]
  /// Names of variables that pass even though they look like secrets.
  public var passedNames: Set<String> = []
  /// Seconds without a sign of life after which a call is given up.
  public var timeout = 600.0
  /// The most bytes of address space that the process may take.
  public var memoryLimit: Int?
  /// Folders that hold files of tasks: `lm_eval.tasks.x` is looked for there when lm_eval is not installed.
  public var taskFolders: [String] = []
  public var seeds = Seeds()
  /// Packages, of `datasets` and `lm_eval`, for which our stand-in is taken even if they are installed.
  public var standIns: Set<String> = []
  /// Told each time that a process has been started.
  public var onStart: @Sendable (PythonFacts) -> Void = { _ in }
  /// Given each line that functions print, to either stream.
  public var onOutput: @Sendable (String) -> Void = { _ in }

  /// Answers what functions ask of this side, such as for rows that are at hand.
  public var onQuestion: ForeignCallback?

  public init(environment: [String: String]) { self.environment = environment }

  /// What the generators of random numbers start from; nothing leaves one alone.
  public struct Seeds: Sendable {
    public var random: Int? = 0
    public var numpy: Int? = 1234
    public var torch: Int? = 1234

    public init(random: Int? = 0, numpy: Int? = 1234, torch: Int? = 1234) {
      self.random = random
      self.numpy = numpy
      self.torch = torch
    }
  }

  /// Endings of names under which secrets are kept.
  static let secretEndings = ["_KEY", "_TOKEN", "_SECRET", "_PASSWORD", "_CREDENTIALS"]

  /// What the process sees of the environment.
  var passedEnvironment: [String: String] {
    var passed = environment.filter { name, _ in
      passedNames.contains(name) || !Self.secretEndings.contains(where: name.uppercased().hasSuffix)
    }
    // The order of a set's elements follows from this seed; the same run must give the same prompts.
    if passed["PYTHONHASHSEED"] == nil { passed["PYTHONHASHSEED"] = "0" }
    return passed
  }
}

/// What is known of a Python process that was started.
public struct PythonFacts: Sendable, Equatable {
  /// The interpreter, as it names itself.
  public let executable: String
  /// Such as `3.11.7`.
  public let version: String
  /// The packages, of `datasets` and `lm_eval`, for which our stand-in is taken.
  public let standIns: [String]
}
