public import Exchange
import Synchronization
public import Values

/// Runs functions of task authors in one Python process, which is started at the first call.
///
/// A process that died, or was stopped because it hung, is replaced at the next call.
public final class PythonHost: ForeignFunctions {
  private let settings: PythonSettings
  private let process = Mutex<PythonProcess?>(nil)

  public init(_ settings: PythonSettings) { self.settings = settings }

  deinit { close() }

  public func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback?
  ) throws(ForeignError) -> Value {
    let settings = settings
    let answering: ForeignCallback = { name, parameters in
      if let answer = try callback?(name, parameters) { return answer }
      return try settings.onQuestion?(name, parameters)
    }
    return try process.withLock { process throws(ForeignError) in
      var running: PythonProcess
      if let process { running = process } else { running = try Self.started(settings) }
      defer { process = running.isGone ? nil : running }
      return try running.call(
        method.rawValue, parameters, named: Self.name(in: parameters), answering)
    }
  }

  /// Ends the process and whatever it has started; a later call starts another.
  public func close() {
    process.withLock { process in
      process?.stop()
      process = nil
    }
  }

  private static func started(_ settings: PythonSettings) throws(ForeignError) -> PythonProcess {
    var process = try PythonProcess(settings)
    do {
      settings.onStart(try process.greet())
    } catch {
      process.stop(politely: false)
      throw ForeignError(.unavailable, error.message, traceback: error.traceback, help: error.help)
    }
    return process
  }

  /// What messages call the thing that runs.
  private static func name(in parameters: OrderedMap) -> String {
    parameters["function"]?.asMap?["name"]?.asString ?? parameters["registered"]?.asString
      ?? parameters["name"]?.asString ?? "the function"
  }
}
