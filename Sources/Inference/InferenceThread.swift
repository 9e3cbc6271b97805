import Foundation

/// A thread of its own for long arithmetic, so that the shared pool stays free for everything that waits.
///
/// `@unchecked Sendable`: the state is only touched under its lock.
final class InferenceThread: SerialExecutor, @unchecked Sendable {
  private final class State: @unchecked Sendable {
    let lock = NSCondition()
    var jobs: [UnownedJob] = []
    var isOver = false

    /// The next job; nil when there will be none.
    func next() -> UnownedJob? {
      lock.lock()
      defer { lock.unlock() }
      while jobs.isEmpty, !isOver { lock.wait() }
      return jobs.isEmpty ? nil : jobs.removeFirst()
    }

    func change(_ body: () -> Void) {
      lock.lock()
      body()
      lock.signal()
      lock.unlock()
    }
  }

  private let state = State()

  func start() {
    let (state, executor) = (state, asUnownedSerialExecutor())
    let thread = Thread { while let job = state.next() { job.runSynchronously(on: executor) } }
    thread.name = "inference"
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit { state.change { state.isOver = true } }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.change { state.jobs.append(job) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
