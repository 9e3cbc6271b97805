import Foundation
import Synchronization

/// A program that runs beside this one, in a process group of its own.
///
/// Descriptor 3 of the program is one end of a socket; what it prints goes to a pipe, and it has nothing to read.
final class ChildProcess: Sendable {
  let identifier: pid_t
  /// Our end of the socket.
  let socket: Int32
  /// The pipe with all that it prints.
  let output: Int32
  private let status = Mutex<Ending?>(nil)

  enum Ending: Equatable {
    case status(Int32)
    case signal(Int32)
  }

  struct StartError: Error {
    let reason: String
  }

  init(_ path: String, _ arguments: [String], environment: [String: String]) throws(StartError) {
    let ends = try Self.socketPair()
    defer { close(ends.theirs) }
    let pipe: (read: Int32, write: Int32)
    do { pipe = try Self.pipe() } catch {
      close(ends.ours)
      throw error
    }
    defer { close(pipe.write) }
    do {
      identifier = try Self.start(
        path, [path] + arguments, environment.map { "\($0)=\($1)" }.sorted(), ends.theirs, pipe.write)
    } catch {
      close(ends.ours)
      close(pipe.read)
      throw error
    }
    socket = ends.ours
    output = pipe.read
  }

  /// How it ended, if it has.
  func ending() -> Ending? {
    status.withLock { status in
      if status != nil { return status }
      var word: Int32 = 0
      guard waitpid(identifier, &word, WNOHANG) == identifier else { return nil }
      let signal = word & 0x7F
      status = signal == 0 ? .status(word >> 8 & 0xFF) : .signal(signal)
      return status
    }
  }

  /// Waits for its end, but not for long.
  func ending(within seconds: Double) -> Ending? {
    let deadline = Date().addingTimeInterval(seconds)
    while true {
      if let ending = ending() { return ending }
      guard Date() < deadline else { return nil }
      usleep(2_000)
    }
  }

  /// Ends it and all that it has started.
  func kill() {
    _ = Foundation.kill(-identifier, SIGKILL)
    // Until it is waited for, its number cannot go to another process.
    if ending(within: 2) == nil { _ = Foundation.kill(identifier, SIGKILL) }
  }

  private static func socketPair() throws(StartError) -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [-1, -1]
    #if os(Linux)
      let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw failure("no socket") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK)
    return (ends[0], ends[1])
  }

  private static func pipe() throws(StartError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { throw failure("no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func failure(_ what: String) -> StartError {
    StartError(reason: "\(what): \(String(cString: strerror(errno)))")
  }

  private static func start(
    _ path: String, _ arguments: [String], _ environment: [String], _ socket: Int32, _ output: Int32
  ) throws(StartError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    posix_spawn_file_actions_adddup2(&actions, socket, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

    let texts = (arguments + environment).map { strdup($0) }
    defer { for text in texts { free(text) } }
    let split = arguments.count
    var identifier: pid_t = 0
    let result = posix_spawn(
      &identifier, path, &actions, &attributes, texts[..<split] + [nil], texts[split...] + [nil])
    guard result == 0 else { throw StartError(reason: String(cString: strerror(result))) }
    return identifier
  }
}
