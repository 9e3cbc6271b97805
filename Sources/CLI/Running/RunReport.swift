import ArgumentParser
import Diagnostics
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import Values

/// A plan, what it was made from, and how.
struct PlannedRun {
  let plan: Plan
  let sources: Sources
  let options: CompileOptions
}

/// Shows and writes what came of a run.
struct RunReport {
  let planned: PlannedRun
  let facts: RunFacts
  let writer: ResultsWriter?
  private let isShowingConfiguration: Bool

  init(
    planned: PlannedRun, facts: RunFacts, outputPath: String?, isWithSamples: Bool,
    isShowingConfiguration: Bool
  ) {
    self.planned = planned
    self.facts = facts
    self.isShowingConfiguration = isShowingConfiguration
    writer = outputPath.map { ResultsWriter(outputPath: $0, facts: facts, isWithSamples: isWithSamples) }
  }

  /// A place that cannot be written to shows before hours of work, not after them.
  func prepare() throws {
    do throws(WriteError) { try writer?.prepare() } catch {
      Failure.say(error, "give another place with --output_path")
      throw ExitCode(3)
    }
  }

  /// The table, and the files where they are wanted.
  func show(_ results: RunResults) throws {
    let file = results.resultsFile(facts)
    if isShowingConfiguration { print(file.json(indent: 2)) }
    print(Self.summary(facts))
    print(ResultsTable(file).text, terminator: "")
    guard let writer else { return }
    do throws(WriteError) {
      let paths = try writer.write(results, planned.plan.graph.requests)
      print("Results: \(paths[0])")
      if paths.count > 1 { print("Samples: \(paths.count - 1) file\(paths.count == 2 ? "" : "s") beside it") }
    } catch {
      Failure.say(error, "free the place and run the same command again; it asks nothing anew")
      throw ExitCode(3)
    }
  }

  /// What could not be answered or scored comes last, below the numbers that there are.
  func conclude(_ results: RunResults) throws {
    say(results.failures)
    say(results.failedRequests)
    if !results.isComplete { throw ExitCode(3) }
    if !results.failures.isEmpty { throw ExitCode(1) }
  }

  private func say(_ failures: [ScoringFailure]) {
    for failure in failures {
      guard let span = failure.span else {
        Failure.say(failure.text, failure.help, note: failure.note)
        continue
      }
      var finding = Findings()
      finding.add(.error("scoring-failed", failure.text, at: span, help: failure.help))
      FindingsPrinter(sources: planned.sources).print(finding)
    }
  }

  /// The first requests that failed, by the documents that they belong to.
  func say(_ failures: [FailedRequest]) {
    guard let first = failures.first else { return }
    Failure.say(
      "\(failures.count) request\(failures.count == 1 ? "" : "s") could not be answered",
      first.error.help ?? "the same command asks again for what is missing",
      note: failures.prefix(10).map { "\(owner(of: $0.request)): \($0.error.message)" }.joined(
        separator: "\n")
        + (failures.count > 10 ? "\nand \(failures.count - 10) more" : ""))
  }

  private func owner(of request: Int) -> String {
    for task in planned.plan.tasks {
      for document in task.documents where document.requests.contains(where: { $0.contains(request) }) {
        return "\(task.name), document \(document.id)"
      }
    }
    return "request \(request)"
  }

  /// What was run, in one line, as the harness heads its tables.
  static func summary(_ facts: RunFacts) -> String {
    let limit = facts.limit.map { pythonRepr($0) } ?? "None"
    let shots = facts.shots.map(String.init) ?? "None"
    return """
      \(facts.model) (\(Value.map(facts.modelArguments).repr)), gen_kwargs: (\(Value.map(facts.generation).repr)), \
      limit: \(limit), num_fewshot: \(shots), batch_size: \(facts.batchSize ?? "1")
      """
  }
}
