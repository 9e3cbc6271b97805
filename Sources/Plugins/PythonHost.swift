public import Exchange
import Foundation
import Synchronization
public import Values

/// A Python process that imports the files of task authors and calls their functions.
///
/// It starts with the first call. Both sides speak JSON-RPC 2.0, one message a line; what the functions print goes
/// elsewhere. A process that dies or hangs is given up, and the next call starts a new one.
public final class PythonHost: ForeignFunctions {
  private let settings: PythonSettings
  private let onStart: @Sendable () -> Void
  private let onOutput: @Sendable (String) -> Void
  private let callbacks: @Sendable (String, OrderedMap) throws -> Value
  private let process = Mutex<PythonProcess?>(nil)

  /// - Parameters:
  ///   - onStart: is told once, before the first function is called.
  ///   - onOutput: gets each line that a function prints.
  ///   - callbacks: answers what the process asks on behalf of a function, such as for a data set.
  public init(
    _ settings: PythonSettings, onStart: @escaping @Sendable () -> Void = {},
    onOutput: @escaping @Sendable (String) -> Void = { _ in },
    callbacks: @escaping @Sendable (String, OrderedMap) throws -> Value = { name, _ in
      throw ForeignError(.unavailable, "`\(name)` is not answered here")
    }
  ) {
    self.settings = settings
    self.onStart = onStart
    self.onOutput = onOutput
    self.callbacks = callbacks
  }

  deinit { process.withLock { $0?.end() } }

  public func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback?
  ) throws(ForeignError) -> Value {
    let result = process.withLock { process -> Result<Value, ForeignError> in
      do throws(ForeignError) {
        if process == nil { process = try started() }
        guard let running = process else { throw ForeignError(.unavailable, "there is no process") }
        return .success(
          try running.call(method.rawValue, parameters, callback: callback ?? callbacks))
      } catch {
        // Whatever it was doing, nothing more can be expected of it.
        if error.kind == .died || error.kind == .timedOut {
          process?.end()
          process = nil
        }
        return .failure(error)
      }
    }
    return try result.get()
  }

  private let announced = Mutex(false)

  private func started() throws(ForeignError) -> PythonProcess {
    let isFirst = announced.withLock { announced in
      defer { announced = true }
      return !announced
    }
    if isFirst { onStart() }
    return try PythonProcess(settings, onOutput: onOutput)
  }
}
