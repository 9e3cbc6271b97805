import Foundation

/// Something made on a thread of its own while the caller goes on.
///
/// `@unchecked Sendable`: the result is only touched under the lock.
final class Beside<Made: Sendable, Failure: Error>: @unchecked Sendable {
  private let lock = NSCondition()
  private var result: Result<Made, Failure>?

  init(_ make: @escaping @Sendable () throws(Failure) -> Made) {
    let thread = Thread {
      let result: Result<Made, Failure>
      do throws(Failure) { result = .success(try make()) } catch { result = .failure(error) }
      self.lock.lock()
      self.result = result
      self.lock.signal()
      self.lock.unlock()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// What was made; waits until it is.
  func value() throws(Failure) -> Made {
    lock.lock()
    defer { lock.unlock() }
    while true {
      if let result { return try result.get() }
      lock.wait()
    }
  }
}
