import Foundation

/// A socket on which lines go to and from a process.
struct LineChannel {
  private let socket: Int32
  private var buffer: [UInt8] = []
  private var searched = 0

  enum Trouble: Error {
    case closed, timedOut
  }

  /// How often it is looked whether the process still lives, in milliseconds; another may hold its socket open.
  private static let glance: Int32 = 200

  init(socket: Int32) { self.socket = socket }

  /// Sends bytes; a process that does not read them for long is as good as dead.
  func send(_ bytes: [UInt8], timeout: Double, isAlive: () -> Bool) throws(Trouble) {
    var sent = 0
    var deadline = Date().addingTimeInterval(timeout)
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { Self.sendQuietly(socket, $0[sent...]) }
      if count > 0 {
        sent += count
        deadline = Date().addingTimeInterval(timeout)
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        try wait(for: Int16(POLLOUT), until: deadline, isAlive)
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  /// The next line, without its end.
  mutating func receive(timeout: Double, isAlive: () -> Bool) throws(Trouble) -> [UInt8] {
    let deadline = Date().addingTimeInterval(timeout)
    while true {
      if let line = takeLine() { return line }
      switch fill() {
      case 1...: continue
      case 0: throw .closed
      default: break
      }
      if errno == EAGAIN || errno == EWOULDBLOCK {
        try wait(for: Int16(POLLIN), until: deadline, isAlive)
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  private mutating func takeLine() -> [UInt8]? {
    guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = buffer.count
      return nil
    }
    searched = 0
    if end == buffer.count - 1 {
      defer { buffer = [] }
      buffer.removeLast()
      return buffer
    }
    defer { buffer.removeFirst(end + 1) }
    return Array(buffer[..<end])
  }

  private mutating func fill() -> Int {
    let size = 1 << 18
    var count = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: size) { space, filled in
      count = recv(socket, space.baseAddress, size, 0)
      filled = max(count, 0)
    }
    let error = errno
    buffer.append(contentsOf: chunk)
    errno = error
    return count
  }

  private func wait(for event: Int16, until deadline: Date, _ isAlive: () -> Bool) throws(Trouble) {
    var question = pollfd(fd: socket, events: event, revents: 0)
    while true {
      let left = deadline.timeIntervalSinceNow * 1000
      guard left > 0 else { throw .timedOut }
      let isReady = poll(&question, 1, min(Self.glance, Int32(min(left, 1e6)) + 1)) > 0
      if isReady { return }
      // What it sent before its end is still read: the socket is asked once more.
      guard isAlive() else {
        if poll(&question, 1, 0) > 0 { return }
        throw .closed
      }
    }
  }

  /// Sends without a signal to this program where the other end is closed.
  private static func sendQuietly(_ socket: Int32, _ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
    let rest = UnsafeRawBufferPointer(rebasing: bytes)
    #if os(Linux)
      return Foundation.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
    #else
      return Foundation.send(socket, rest.baseAddress, rest.count, 0)
    #endif
  }
}
