import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and its like while a run is under way.
///
/// The first one asks the run to end, and ends it where it does not within a second; the second ends at once.
///
/// `@unchecked Sendable`: the list of sources is made in `init` and does not change.
final class Interruption: @unchecked Sendable {
  private let queue = DispatchQueue(label: "signals")
  private let count = Count()
  private var sources: [any DispatchSourceSignal] = []
  /// The signals as they come.
  let signals: AsyncStream<Int32>

  /// - Parameter onFirst: says what is kept.
  init(onFirst: @escaping @Sendable () -> Void) {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.signals = signals
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [queue, count] in
        guard count.next() == 1 else { _exit(128 + number) }
        onFirst()
        continuation.yield(number)
        queue.asyncAfter(deadline: .now() + .milliseconds(800)) { _exit(128 + number) }
      }
      source.resume()
      sources.append(source)
    }
  }

  /// Gives the signals their usual meaning again.
  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}

/// How often something happened.
private final class Count: Sendable {
  private let number = Mutex(0)

  func next() -> Int {
    number.withLock { number in
      number += 1
      return number
    }
  }
}
