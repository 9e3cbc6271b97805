import ArgumentParser
import Datasets
import Diagnostics
import Exchange
import Plugins
import Synchronization
import TaskDSL
import Values

/// Whether and how the Python functions of tasks are called.
struct PythonOptions: ParsableArguments {
  @Flag(
    name: [.customLong("no_python")], help: "Refuse tasks that name Python functions; none is run.")
  var isWithoutPython = false

  @Option(
    name: [.customLong("python")],
    help: ArgumentHelp(
      "The interpreter that calls the functions of tasks; also ASSAY_PYTHON.", valueName: "program"))
  var interpreter: String?

  @Option(
    name: [.customLong("python_timeout")],
    help: ArgumentHelp(
      "How long a function may go without a sign of life before it counts as hung.", valueName: "seconds"))
  var timeout = 600.0

  @Option(
    name: [.customLong("python_memory")],
    help: ArgumentHelp("How much memory the functions may take, in GB; no limit by default.", valueName: "gb")
  )
  var memory: Double?

  @Option(
    name: [.customLong("python_env")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Variables of the environment that functions may see although they look like secrets (…_KEY, …_TOKEN).",
      valueName: "names"))
  var environment: [String] = []

  /// What calls the functions; it starts only when there is one to be called.
  ///
  /// - Parameter datasets: what a function can load from this machine.
  func support(folders: [String], datasets: DatasetStore, seeds: [Int?]) -> FunctionSupport {
    if isWithoutPython { return .refused(help: "leave out --no_python, or write it as a template") }
    var settings = PythonSettings(environment: Surroundings.environment)
    settings.interpreter = interpreter ?? Surroundings.variable("ASSAY_PYTHON") ?? "python3"
    settings.timeout = timeout
    settings.memoryLimit = memory.map { Int($0 * 1_000_000_000) }
    settings.passedNames = Set(environment.flatMap { $0.split(separator: ",").map(String.init) })
    settings.taskFolders = folders
    settings.seeds = PythonSettings.Seeds(random: seeds[0], numpy: seeds[1], torch: seeds[2])
    let said = Mutex(false)
    let program = settings.interpreter
    settings.onStart = { _ in
      // A process that died is replaced, which its error has told.
      let isFirst = said.withLock { said in
        defer { said = true }
        return !said
      }
      if isFirst {
        Surroundings.say(
          "note: running Python functions of the tasks with `\(program)` (--no_python refuses them)")
      }
    }
    settings.onOutput = { Surroundings.say($0) }
    settings.onQuestion = HelperQuestions(datasets).answer
    return .host(PythonHost(settings))
  }

  func validate() throws {
    if timeout <= 0 { throw ValidationError("--python_timeout is above 0, not \(timeout).") }
    if let memory, memory <= 0 { throw ValidationError("--python_memory is above 0, not \(memory).") }
  }
}
