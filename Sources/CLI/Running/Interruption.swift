import Dispatch
import Foundation
import Glibc
import Synchronization

/// Ctrl-C and its like while a run is under way.
///
/// The first one asks the run to end, and ends it where it does not within a second; the second ends at once.
final class Interruption {
  private let source: any DispatchSourceRead
  /// The signals as they come.
  let signals: AsyncStream<Int32>

  private static let numbers = [SIGINT, SIGTERM]

  /// What a signal's handler may do is little: it puts the signal's number into this pipe.
  private static let pipe = Pipe()

  /// - Parameter onFirst: says what is kept.
  init(onFirst: @escaping @Sendable () -> Void) {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.signals = signals
    let queue = DispatchQueue(label: "signals")
    let reading = Self.pipe.fileHandleForReading.fileDescriptor
    source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: queue)
    let wait = Waiting()
    source.setEventHandler {
      var byte: UInt8 = 0
      guard read(reading, &byte, 1) == 1 else { return }
      let number = Int32(byte)
      guard wait.begins() else { _exit(128 + number) }
      onFirst()
      continuation.yield(number)
      queue.asyncAfter(deadline: .now() + .milliseconds(800)) { if wait.isOn { _exit(128 + number) } }
    }
    source.setCancelHandler { wait.end() }
    source.resume()
    for number in Self.numbers {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = Glibc.write(Interruption.pipe.fileHandleForWriting.fileDescriptor, &byte, 1)
      }
    }
  }

  /// Gives the signals their usual meaning again.
  func end() {
    for number in Self.numbers { signal(number, SIG_DFL) }
    source.cancel()
  }
}

/// Whether a signal has come and the run has not yet ended.
private final class Waiting: Sendable {
  private let state = Mutex(false)

  /// Whether it is the first time.
  func begins() -> Bool {
    state.withLock { isOn in
      defer { isOn = true }
      return !isOn
    }
  }

  func end() { state.withLock { $0 = false } }

  var isOn: Bool { state.withLock { $0 } }
}
