import Foundation
import Synchronization

/// Passes on, line by line, what a process prints, and remembers the last lines.
final class OutputRelay: Sendable {
  private let recent = Mutex<[String]>([])
  private let isOver = Mutex(false)
  private let onLine: @Sendable (String) -> Void

  private static let remembered = 8
  /// A line without end is broken here.
  private static let longest = 4096

  /// Starts reading; the descriptor is closed when nobody can write to it any more.
  init(_ descriptor: Int32, onLine: @escaping @Sendable (String) -> Void) {
    self.onLine = onLine
    Thread.detachNewThread {
      self.read(descriptor)
      self.isOver.withLock { $0 = true }
      close(descriptor)
    }
  }

  /// The last lines so far.
  var lastLines: [String] { recent.withLock { $0 } }

  /// Waits, but not for long, until all that was printed has been passed on.
  func drain() {
    let deadline = Date().addingTimeInterval(2)
    while Date() < deadline, !isOver.withLock({ $0 }) { usleep(1_000) }
  }

  private func read(_ descriptor: Int32) {
    var pending: [UInt8] = []
    var space = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &space, space.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for byte in space[..<count] {
        if byte == UInt8(ascii: "\n") || pending.count == Self.longest { pass(&pending) }
        if byte != UInt8(ascii: "\n") { pending.append(byte) }
      }
    }
    if !pending.isEmpty { pass(&pending) }
  }

  private func pass(_ bytes: inout [UInt8]) {
    let line = String(decoding: bytes, as: UTF8.self)
    bytes.removeAll(keepingCapacity: true)
    recent.withLock { lines in
      lines.append(line)
      if lines.count > Self.remembered { lines.removeFirst() }
    }
    onLine(line)
  }
}
