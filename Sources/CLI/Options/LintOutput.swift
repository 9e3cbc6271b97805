import ArgumentParser
import Diagnostics
import Foundation
import Lint

/// How findings are given out, and what they come to.
struct LintOutput: ParsableArguments {
  /// What the last line counts, and what is borne.
  enum Extent {
    /// Tasks and groups, and no error in them.
    case tasks
    case files(maxWarnings: Int?)
  }

  @Option(help: "The form of the findings: text, concise, json, jsonl, sarif, github, gitlab or junit.")
  var format = LintFormat.text

  @Flag(help: "Count the findings of each code instead of showing them.")
  var statistics = false

  @Flag(name: .customLong("exit_zero"), help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Option(help: ArgumentHelp("A file of known findings, which are not told.", valueName: "file"))
  var baseline: String?

  @Flag(name: .customLong("write_baseline"), help: "Write all that is found now to the file of --baseline.")
  var writesBaseline = false

  @Flag(
    name: .customLong("prune_baseline"),
    help: "Take out of the file of --baseline what is not found any more.")
  var prunesBaseline = false

  func validate() throws {
    if writesBaseline || prunesBaseline, baseline == nil {
      throw ValidationError("Say which file with --baseline.")
    }
    if writesBaseline, prunesBaseline {
      throw ValidationError("Write the baseline anew or prune it, not both.")
    }
  }

  /// - Parameter isOutputTaken: whether standard output is for something else, so that findings go to standard error.
  func conclude(
    _ found: LintReport, _ registry: RuleRegistry, _ extent: Extent, isOutputTaken: Bool = false
  ) throws {
    let report = try afterBaseline(found)
    let handle = isOutputTaken ? FileHandle.standardError : FileHandle.standardOutput
    let isForPeople = format == .text || format == .concise
    if statistics {
      handle.write(Data((format == .json ? report.statisticsJSON : report.statistics).utf8))
    } else {
      let isTerminal = isOutputTaken ? Surroundings.isErrorTerminal : Surroundings.isOutputTerminal
      let text = format.text(report, registry, Surroundings.paint(isTerminal: isTerminal))
      handle.write(Data(text.utf8))
    }
    report.sayOutOfReach()
    if isForPeople, !report.selfTests.isEmpty { Surroundings.say(report.selfTestSummary) }
    if isForPeople { Surroundings.say(summary(report, extent)) }
    var isTooMuch = false
    if case .files(let maxWarnings?) = extent { isTooMuch = report.count(.warning) > maxWarnings }
    if !exitZero, report.hasErrors || isTooMuch { throw ExitCode(1) }
  }

  private func afterBaseline(_ report: LintReport) throws -> LintReport {
    guard let path = baseline else { return report }
    if writesBaseline {
      try write(Baseline(report), to: path)
      return Baseline(report).applied(to: report).report
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8), let known = Baseline(json: text)
    else {
      let help = "write it with --write-baseline"
      Failure.say("`\(path)` is not a baseline, or cannot be read", help)
      throw ExitCode(2)
    }
    let (left, hidden, gone) = known.applied(to: report)
    if prunesBaseline {
      try write(known.pruned(to: report), to: path)
    } else if gone > 0 {
      Surroundings.say("\(gone) of the baseline not found any more; --prune-baseline takes them out")
    }
    if hidden > 0 { Surroundings.say("\(hidden) known from the baseline") }
    return left
  }

  private func write(_ baseline: Baseline, to path: String) throws {
    do { try Data(baseline.text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
      Failure.say("cannot write \(path): \(error.localizedDescription)", nil)
      throw ExitCode(3)
    }
    Surroundings.say("\(baseline.count) finding\(baseline.count == 1 ? "" : "s") in \(path)")
  }

  private func summary(_ report: LintReport, _ extent: Extent) -> String {
    func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    let found =
      [
        (report.count(.error), "error"), (report.count(.warning), "warning"), (report.count(.note), "note"),
      ].filter { $0.0 > 0 }.map { count($0.0, $0.1) }.joined(separator: ", ")
    let tiers = report.tiers.map(\.rawValue).joined(separator: ", ")
    let ignored = report.suppressedCount > 0 ? "; \(report.suppressedCount) ignored by comments" : ""
    let repairable = report.findings.count { $0.fix?.safety == .safe }
    switch extent {
    case .tasks:
      let checked =
        report.tasks + report.groups == 0
        ? count(report.files, "file")
        : count(report.tasks, "task") + " and " + count(report.groups, "group")
      return "\(checked) checked (\(tiers)): \(found.isEmpty ? "no errors" : found)\(ignored)"
    case .files:
      let fixes = repairable > 0 ? "; --fix repairs \(repairable)" : ""
      let looked = "\(count(report.files, "file")) looked at"
      return "\(looked) (\(tiers)): \(found.isEmpty ? "nothing found" : found)\(ignored)\(fixes)"
    }
  }
}

extension LintReport {
  /// Says which tasks' rows were out of reach, and why.
  func sayOutOfReach() {
    for (names, reason) in [
      (withoutData, "data not at hand, so rows were not looked at (give --dataset_mirror)"),
      (
        withPython,
        "Python functions are not called here, so rows were not looked at (--self-test or --call-python calls them)"
      ),
      (
        withUnsafeCode,
        "these execute what a model writes, so they were not tested (--confirm-run-unsafe-code tests them)"
      ),
    ] where !names.isEmpty {
      // Two files may define tasks of one name.
      var seen = Set<String>()
      let names = names.filter { seen.insert($0).inserted }
      Surroundings.say("\(reason): \(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? ", …" : "")")
    }
  }
}
