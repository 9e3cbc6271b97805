import Exchange
import Foundation
import Values

/// One running interpreter with our host in it, and the conversation with it.
struct PythonProcess: Sendable {
  private let child: ChildProcess
  private let relay: OutputRelay
  private var channel: LineChannel
  private let ledger = HandleLedger()
  private let settings: PythonSettings
  private var number = 0
  private(set) var isGone = false

  /// Starts an interpreter and waits until its host answers.
  init(_ settings: PythonSettings) throws(ForeignError) {
    let path = try settings.interpreterPath()
    let started = Result { () throws(ChildProcess.StartError) in
      try ChildProcess(path, ["-c", PythonSources.boot], environment: settings.passedEnvironment)
    }
    switch started {
    case .success(let child): self.child = child
    case .failure(let error):
      throw ForeignError(.unavailable, "`\(path)` cannot be started: \(error.reason)")
    }
    self.settings = settings
    relay = OutputRelay(child.output, onLine: settings.onOutput)
    channel = LineChannel(socket: child.socket)
  }

  /// Ends it: politely at first, so that it can tidy up.
  mutating func stop(politely: Bool = true) {
    guard !isGone else { return }
    isGone = true
    if politely {
      shutdown(child.socket, Int32(SHUT_WR))
      _ = child.ending(within: 1)
    }
    child.kill()
    close(child.socket)
    relay.drain()
  }

  /// Sends the host what it consists of, and learns what it runs on.
  mutating func greet() throws(ForeignError) -> PythonFacts {
    let answer = try call("init", settings.greeting, named: "its host", nil).asMap ?? [:]
    return PythonFacts(
      executable: answer["executable"]?.asString ?? "", version: answer["version"]?.asString ?? "",
      standIns: (answer["standins"]?.asList ?? []).map(\.text))
  }

  /// Carries out one method; `name` is what messages call it.
  mutating func call(
    _ method: String, _ parameters: OrderedMap, named name: String, _ callback: ForeignCallback?
  ) throws(ForeignError) -> Value {
    let line: [UInt8]
    do { line = try request(method, parameters) } catch {
      throw ForeignError(.unusableResult, "`\(name)` cannot be called: \(error.message)")
    }
    try send(line, name)
    while true {
      let message = try receive(name)
      if let question = message["method"]?.asString {
        guard let number = message["id"] else { continue }
        try send(reply(to: question, number, message["params"]?.asMap ?? [:], callback), name)
      } else if let result = message["result"] {
        return result
      } else {
        let error = message["error"]?.asMap
        throw ForeignError(error?["data"] ?? error?["message"] ?? "the Python host gave no answer")
      }
    }
  }

  private mutating func request(
    _ method: String, _ parameters: OrderedMap
  ) throws(WireError) -> [UInt8] {
    number += 1
    var message: OrderedMap = ["jsonrpc": "2.0", "id": .int(number), "method": .string(method)]
    let dropped = ledger.takeDropped()
    if !dropped.isEmpty { message["release"] = .list(dropped.map { .int($0) }) }
    message["params"] = .map(parameters)
    return try WireWriter.bytes(of: .map(message), ledger) + [UInt8(ascii: "\n")]
  }

  private func reply(
    to question: String, _ number: Value, _ parameters: OrderedMap, _ callback: ForeignCallback?
  ) -> [UInt8] {
    var message: OrderedMap = ["jsonrpc": "2.0", "id": number]
    do {
      guard let answer = try callback?(question, parameters) else {
        throw WireError(message: "nobody answers `\(question)` here")
      }
      message["result"] = answer
      return try WireWriter.bytes(of: .map(message), ledger) + [UInt8(ascii: "\n")]
    } catch {
      let said =
        (error as? WireError)?.message ?? (error as? ForeignError)?.message ?? String(describing: error)
      message["result"] = nil
      message["error"] = ["code": -32000, "message": .string(said)]
      let line = try? WireWriter.bytes(of: .map(message), nil)
      return (line ?? []) + [UInt8(ascii: "\n")]
    }
  }

  private mutating func send(_ line: [UInt8], _ name: String) throws(ForeignError) {
    do { try channel.send(line, timeout: settings.timeout) { child.ending() == nil } } catch {
      // What it had to say before it ended is worth more than that it cannot be written to.
      if error == .closed, let last = try? channel.receive(timeout: 0.1, isAlive: { false }),
        let map = try? WireReader.value(last, ledger).asMap, let data = map["error"]?.asMap?["data"]
      {
        stop(politely: false)
        throw ForeignError(data)
      }
      throw failure(error, name)
    }
  }

  private mutating func receive(_ name: String) throws(ForeignError) -> OrderedMap {
    let line: [UInt8]
    do { line = try channel.receive(timeout: settings.timeout) { child.ending() == nil } } catch {
      throw failure(error, name)
    }
    do {
      if let map = try WireReader.value(line, ledger).asMap { return map }
      throw WireError(message: "it is no mapping")
    } catch {
      let reason = (error as? WireError)?.message ?? "\(error)"
      stop(politely: false)
      throw ForeignError(
        .died, "Python sent a line that cannot be read while it ran `\(name)`: \(reason)", help: Self.loss)
    }
  }

  private static let loss = "the next call starts it anew; what modules had set up is lost"

  /// Why the conversation is over; the process is, too.
  private mutating func failure(_ trouble: LineChannel.Trouble, _ name: String) -> ForeignError {
    if trouble == .timedOut {
      stop(politely: false)
      return ForeignError(
        .timedOut,
        "`\(name)` gave no sign of life for \(Int(settings.timeout.rounded())) seconds and was stopped",
        traceback: printed, help: Self.loss)
    }
    // It closed the socket and may still be on its way out.
    let ending = child.ending(within: 1)
    stop(politely: false)
    switch ending {
    case .status(let status):
      return ForeignError(
        .died, "Python ended with status \(status) while it ran `\(name)`", traceback: printed,
        help: Self.loss)
    case .signal(let signal):
      let cause = signal == SIGKILL ? "; it may have run out of memory" : ""
      return ForeignError(
        .died, "Python was ended by signal \(signal) while it ran `\(name)`\(cause)", traceback: printed,
        help: Self.loss)
    case nil:
      return ForeignError(
        .died, "Python closed its connection while it ran `\(name)`", traceback: printed, help: Self.loss)
    }
  }

  private var printed: String? {
    let lines = relay.lastLines
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}

extension PythonSettings {
  /// What the host is told first.
  fileprivate var greeting: OrderedMap {
    var sources = OrderedMap()
    for (name, bytes) in PythonSources.modules { sources[name] = .string(PythonSources.text(bytes)) }
    let seeds: OrderedMap = [
      "random": seeds.random.map { .int($0) } ?? .null, "numpy": seeds.numpy.map { .int($0) } ?? .null,
      "torch": seeds.torch.map { .int($0) } ?? .null,
    ]
    return [
      "sources": .map(sources), "seeds": .map(seeds), "memory": memoryLimit.map { .int($0) } ?? .null,
      "roots": .list(taskFolders.map { .string($0) }),
      "standins": .list(standIns.sorted().map { .string($0) }),
    ]
  }

  /// Where the interpreter is.
  fileprivate func interpreterPath() throws(ForeignError) -> String {
    let help = "install Python 3.9 or newer, or name an interpreter"
    if interpreter.contains("/") {
      guard access(interpreter, X_OK) == 0 else {
        throw ForeignError(.unavailable, "there is no interpreter `\(interpreter)`", help: help)
      }
      return interpreter
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let path = "\(folder)/\(interpreter)"
      if access(path, X_OK) == 0 { return path }
    }
    throw ForeignError(.unavailable, "there is no `\(interpreter)` on the PATH", help: help)
  }
}
