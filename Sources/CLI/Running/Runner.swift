import ArgumentParser
import Exchange
import Foundation
import Reports
import Runs
import Synchronization
import TaskDSL

/// Has a plan answered while it shows how far that is and listens for Ctrl-C.
struct Runner {
  let plan: Plan
  let backend: any Backend
  let keeping: Keeping?
  let shard: Shard?
  let failureLimit: FailureLimit

  private enum Outcome: Sendable {
    case answered(AnsweredRequests)
    case failed(RunError)
    case interrupted(Int32)
  }

  func answers() async throws -> AnsweredRequests {
    let bar = ProgressBar()
    let remarks = Remarks()
    var evaluation = Evaluation(plan: plan, backend: backend) { event in
      switch event {
      case .asking(let count, let known): bar.begin(of: count, known: known)
      case .answered(let done, let total): bar.show(done: done, of: total)
      case .advanced(let work): bar.show(work)
      case .remark(let remark, let count): remarks.note(remark, count)
      case .scoring: bar.end()
      }
    }
    evaluation.keeping = keeping
    evaluation.shard = shard
    evaluation.failureLimit = failureLimit
    let path = keeping.map { Surroundings.shown($0.journal.path) }
    let interruption = Interruption {
      bar.end()
      let kept = path.map { "stopped; the answers so far are kept in \($0), and the same command goes on" }
      Surroundings.say(kept ?? "stopped; no answers were kept")
    }
    let outcome = await Self.outcome(of: evaluation, interruption.signals)
    interruption.end()
    bar.end()
    switch outcome {
    case .answered(let answered):
      remarks.say()
      return answered
    case .failed(let error):
      remarks.say()
      Failure.say(error.message, error.help)
      if case .backend(let error) = error { throw ExitCode(error.exitCode) }
      throw ExitCode(3)
    case .interrupted(let signal): throw ExitCode(128 + signal)
    }
  }

  private static func outcome(of evaluation: Evaluation, _ signals: AsyncStream<Int32>) async -> Outcome {
    await withTaskGroup(of: Outcome?.self) { group in
      group.addTask {
        do throws(RunError) { return .answered(try await evaluation.ask()) } catch { return .failed(error) }
      }
      group.addTask {
        for await signal in signals { return .interrupted(signal) }
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? .failed(.stopped)
    }
  }

  /// Gives the journal of a whole run its place beside the results; one that is only for going on is then done with.
  func settle(
    _ keeping: Keeping, isComplete: Bool, _ writer: ResultsWriter?, _ shard: Shard? = nil
  ) throws {
    guard isComplete else { return }
    guard let writer else { return keeping.journal.remove() }
    do throws(JournalError) { try keeping.journal.finish(as: writer.answersPath(shard)) } catch {
      Failure.say("cannot keep the answers: \(error.message)", "make room and run the same command again")
      throw ExitCode(3)
    }
  }
}

/// What a backend remarked, said once per kind at the end.
private final class Remarks: Sendable {
  private let noted = Mutex<[(remark: Remark, count: Int)]>([])

  func note(_ remark: Remark, _ count: Int) {
    noted.withLock { noted in
      if let index = noted.firstIndex(where: { $0.remark.kind == remark.kind }) {
        noted[index].count = max(noted[index].count, count)
      } else {
        noted.append((remark, count))
      }
    }
  }

  func say() {
    for (remark, count) in noted.withLock({ $0 }) {
      Surroundings.say("note: \(remark.message)" + (count > 1 ? " (\(count) times)" : ""))
    }
  }
}
