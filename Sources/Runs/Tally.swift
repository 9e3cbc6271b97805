import Exchange
import Synchronization

/// Answers as they come, counted and kept, from whichever thread.
final class Tally: Sendable {
  /// What an answer or a failure comes to.
  enum Outcome {
    /// So many requests are done with.
    case counted(Int)
    /// It was there already.
    case known
    /// There is no use in going on; said once.
    case stopped(RunError)
  }

  private struct State {
    var slots: [Answer?]
    var done = 0
    var kept = 0
    var remarks: [String: Int] = [:]
    var notes: [Int: AnswerNote] = [:]
    var failures: [Int: FailedRequest] = [:]
    var stop: RunError?
  }
  private let state: Mutex<State>
  private let keeping: Keeping?
  private let limit: Int
  /// How many requests are to be answered in all.
  let wanted: Int

  init(count: Int, wanted: Int, limit: Int, keeping: Keeping?) {
    state = Mutex(State(slots: Array(repeating: nil, count: count)))
    self.wanted = wanted
    self.limit = limit
    self.keeping = keeping
  }

  /// Takes an answer that an earlier run has paid for.
  func take(_ known: KeptAnswer, at index: Int) {
    state.withLock { state in
      state.slots[index] = known.answer
      state.notes[index] = known.note
      state.done += 1
      state.kept += 1
    }
  }

  func isThere(_ index: Int) -> Bool { state.withLock { $0.slots[index] != nil } }

  func put(_ answer: Answer, at index: Int) -> Outcome {
    let note = state.withLock { state -> AnswerNote?? in
      state.slots[index] == nil ? .some(state.notes[index]) : .none
    }
    guard let note else { return .known }
    // It is written before it counts, and outside the lock: disks are slow.
    var trouble: JournalError?
    do throws(JournalError) { try keeping?.keep(KeptAnswer(answer, note: note), at: index) } catch {
      trouble = error
    }
    return state.withLock { state in
      if let trouble {
        defer { state.stop = state.stop ?? .journal(trouble) }
        return state.stop == nil ? .stopped(.journal(trouble)) : .known
      }
      guard state.slots[index] == nil else { return .known }
      state.slots[index] = answer
      if state.failures.removeValue(forKey: index) == nil { state.done += 1 }
      return .counted(state.done)
    }
  }

  func fail(_ failure: FailedRequest) -> Outcome {
    state.withLock { state in
      let index = failure.request
      guard state.slots[index] == nil, state.failures[index] == nil else { return .known }
      state.failures[index] = failure
      state.done += 1
      guard state.failures.count > limit else { return .counted(state.done) }
      let error = RunError.tooManyFailures(count: state.failures.count, of: wanted, last: failure.error)
      defer { state.stop = state.stop ?? error }
      return state.stop == nil ? .stopped(error) : .known
    }
  }

  func note(_ note: AnswerNote, at index: Int) { state.withLock { $0.notes[index] = note } }

  func count(_ remark: Remark) -> Int {
    state.withLock { state in
      state.remarks[remark.kind, default: 0] += 1
      return state.remarks[remark.kind] ?? 0
    }
  }

  /// What ended the run before its end.
  var stop: RunError? { state.withLock { $0.stop } }

  var answered: AnsweredRequests {
    state.withLock { state in
      AnsweredRequests(
        answers: state.slots, notes: state.notes.filter { state.slots[$0.key] != nil },
        failures: state.failures.values.sorted { $0.request < $1.request }, keptCount: state.kept)
    }
  }
}
