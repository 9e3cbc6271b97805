import Exchange
import Foundation
import Glibc
import Synchronization
import Values

/// One running interpreter and the pipes to it.
final class PythonProcess {
  private let process = Process()
  private let requests = Pipe()
  private let responses = Pipe()
  private let printed: PrintedLines
  private let timeout: Double
  private var lines = LineReader()
  private var count = 0
  private var isOver = false

  init(
    _ settings: PythonSettings, onOutput: @escaping @Sendable (String) -> Void
  ) throws(ForeignError) {
    guard let program = Self.find(settings.interpreter, settings.environment["PATH"] ?? "") else {
      throw ForeignError(
        .unavailable, "there is no `\(settings.interpreter)` to call Python functions with",
        help: "install Python 3, or name an interpreter with --python")
    }
    timeout = settings.timeout
    printed = PrintedLines(onOutput)
    // A process that ends while we write to it is an error of that write, not the end of us.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = URL(filePath: program)
    process.arguments = ["-u", "-c", PythonSources.boot]
    process.environment = settings.safeEnvironment
    process.standardInput = requests
    process.standardOutput = responses
    process.standardError = printed.pipe
    do { try process.run() } catch {
      throw ForeignError(.unavailable, "`\(program)` cannot be started: \(error.localizedDescription)")
    }
    printed.read()
    try send(PythonSources.hello(settings))
  }

  deinit { end() }

  /// Sends one request and waits for its answer, answering what is asked meanwhile.
  func call(
    _ method: String, _ parameters: OrderedMap, callback: ForeignCallback
  ) throws(ForeignError) -> Value {
    count += 1
    try send([
      "jsonrpc": "2.0", "id": .int(count), "method": .string(method), "params": .map(parameters),
    ])
    while true {
      let message = try receive()
      if let method = message["method"]?.asString {
        guard let id = message["id"] else { continue }
        try send(answer(id, method, message["params"]?.asMap ?? [:], callback))
      } else if message["id"]?.asInt == count {
        if let error = message["error"]?.asMap {
          throw ForeignError(error["data"] ?? .map(error))
        }
        return message["result"] ?? .null
      }
    }
  }

  private func answer(
    _ id: Value, _ method: String, _ parameters: OrderedMap, _ callback: ForeignCallback
  ) -> OrderedMap {
    do {
      return ["jsonrpc": "2.0", "id": id, "result": try callback(method, parameters)]
    } catch {
      let message = (error as? ForeignError)?.message ?? "\(error)"
      return ["jsonrpc": "2.0", "id": id, "error": ["code": -32000, "message": .string(message)]]
    }
  }

  // MARK: - Lines

  private func send(_ message: OrderedMap) throws(ForeignError) {
    var bytes = Wire.encode(.map(message))
    bytes.append(UInt8(ascii: "\n"))
    let descriptor = requests.fileHandleForWriting.fileDescriptor
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + start, bytes.count - start) }
      if written < 0 {
        if errno == EINTR { continue }
        throw died()
      }
      start += written
    }
  }

  /// The next message; every one is a sign of life.
  private func receive() throws(ForeignError) -> OrderedMap {
    let descriptor = responses.fileHandleForReading.fileDescriptor
    while true {
      if let line = lines.next() {
        guard let value = try? Wire.decode(line[...]), let message = value.asMap else {
          throw ForeignError(.died, "the Python process sent a line that is no message")
        }
        return message
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(min(timeout * 1000, Double(Int32.max))))
      if ready < 0, errno == EINTR { continue }
      if ready == 0 {
        throw ForeignError(
          .timedOut, "the Python function gave no sign of life for \(Int(timeout)) s",
          traceback: printed.tail, help: "give it more time with --python_timeout")
      }
      guard lines.read(from: descriptor) else { throw died() }
    }
  }

  private func died() -> ForeignError {
    requests.fileHandleForWriting.closeFile()
    process.waitUntilExit()
    let how =
      process.terminationReason == .uncaughtSignal
      ? "was ended by signal \(process.terminationStatus)" : "exited with \(process.terminationStatus)"
    return ForeignError(
      .died, "the Python process \(how) while it was needed", traceback: printed.tail,
      help: "what its modules had in memory is lost; the next function starts a new process")
  }

  /// Ends the process and all that it started.
  func end() {
    guard !isOver else { return }
    isOver = true
    requests.fileHandleForWriting.closeFile()
    // The process is the head of a group of its own.
    kill(-process.processIdentifier, SIGKILL)
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// The place of a program, looked for as a shell does.
  private static func find(_ name: String, _ path: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}

/// Bytes of a pipe, cut at line ends.
private struct LineReader {
  private var bytes: [UInt8] = []
  /// Up to where there is no line end.
  private var searched = 0
  private var ready: [[UInt8]] = []

  mutating func next() -> [UInt8]? {
    ready.isEmpty ? nil : ready.removeFirst()
  }

  /// Reads what there is; false at the end.
  mutating func read(from descriptor: Int32) -> Bool {
    let size = 1 << 20
    let old = bytes.count
    var count = 0
    bytes.reserveCapacity(old + size)
    let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      count = Glibc.read(descriptor, buffer.baseAddress, size)
      filled = max(0, count)
    }
    if count < 0, errno == EINTR { return true }
    guard count > 0 else { return false }
    bytes += chunk
    while let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      ready.append(Array(bytes[..<end]))
      bytes.removeSubrange(...end)
      searched = 0
    }
    searched = bytes.count
    return true
  }
}

/// What the functions print, passed on line by line; the last lines are kept for when something goes wrong.
private final class PrintedLines: Sendable {
  let pipe = Pipe()
  private let onLine: @Sendable (String) -> Void
  private let kept = Mutex<[String]>([])

  init(_ onLine: @escaping @Sendable (String) -> Void) { self.onLine = onLine }

  var tail: String? {
    // What a dying process printed last may still be on its way.
    usleep(50_000)
    let lines = kept.withLock { $0 }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  func read() {
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    Thread.detachNewThread { [self] in
      var lines = LineReader()
      while lines.read(from: descriptor) {
        while let line = lines.next() {
          let text = String(decoding: line, as: UTF8.self)
          kept.withLock { kept in
            kept.append(text)
            if kept.count > 20 { kept.removeFirst() }
          }
          onLine(text)
        }
      }
    }
  }
}
