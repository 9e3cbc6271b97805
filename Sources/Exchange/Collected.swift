import Synchronization

/// Answers as they come in, from whichever thread.
final class Collected: Sendable {
  private let slots: Mutex<[Answer?]>

  init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

  func put(_ answer: Answer, at index: Int) { slots.withLock { $0[index] = answer } }

  /// Those that came, in the order of their requests.
  var all: [Answer] { slots.withLock { $0.compactMap(\.self) } }
}
