import ArgumentParser
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import Values

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two runs, document by document.",
    discussion: """
      For each task, filter and metric: the means over the documents that both runs have, their difference with its 95 % \
      interval, how probable so large a difference is by chance (McNemar's exact test where all values are 0 or 1, else \
      the paired t-test), and how many documents went from wrong to right (+) and from right to wrong (-). Metrics that \
      are no number for each document, such as perplexities, are left out.
      Reads the samples where the runs wrote some (--log_samples), also those of the harness; else scores the kept answers \
      anew. Exits with 1 when --fail-if-worse finds a metric worse.
      """)

  @Argument(
    help: ArgumentHelp("The first run: its folder, results_*.json or answers_*.jsonl.", valueName: "run-a"))
  var first: String
  @Argument(help: ArgumentHelp("The second run.", valueName: "run-b"))
  var second: String

  @Flag(
    name: [.customLong("fail_if_worse")],
    help: "Exit with 1 where the second run is worse by more than chance explains, all rows taken together.")
  var failsIfWorse = false

  @Option(
    name: [.customLong("alpha")],
    help: ArgumentHelp("How often --fail-if-worse may cry wolf.", valueName: "share"))
  var alpha = 0.05

  @Option(
    name: [.customLong("show")],
    help: ArgumentHelp("List up to n documents of each metric that flipped.", valueName: "n"))
  var shown = 0

  func validate() throws {
    if !(alpha > 0 && alpha < 1) {
      throw ValidationError("--alpha is between 0 and 1, not \(pythonRepr(alpha)).")
    }
  }

  func run() throws {
    let comparison = RunComparison(try samples(first), try samples(second), alpha: alpha)
    for remark in comparison.remarks { Surroundings.say("note: \(remark)") }
    guard !comparison.rows.isEmpty else {
      Failure.say(
        "the runs have no documents with numbers in common",
        "compare runs of the same tasks and the same --limit")
      throw ExitCode(1)
    }
    print("A: \(first)\nB: \(second)\n\n\(comparison.table)")
    if shown > 0 { showFlips(comparison) }
    let worse = comparison.rows.filter(\.isWorse)
    for row in worse { print("worse: \(row.task), \(row.metric) (\(row.filter))") }
    if failsIfWorse, !worse.isEmpty { throw ExitCode(1) }
  }

  private func showFlips(_ comparison: RunComparison) {
    for row in comparison.rows where row.difference.flips != nil && !(row.up + row.down).isEmpty {
      func list(_ ids: [Int]) -> String {
        let list = ids.prefix(shown).map(String.init).joined(separator: ", ")
        return list.isEmpty ? "none" : list + (ids.count > shown ? ", …" : "")
      }
      print("\(row.task), \(row.metric) (\(row.filter)): up \(list(row.up)); down \(list(row.down))")
    }
  }

  private func samples(_ path: String) throws -> RunSamples {
    if let results = SampleFiles.results(of: path), let samples = try SampleFiles.read(results) {
      return samples
    }
    let run = try KeptRun(path)
    let planned = try run.command([]).planned()
    let hashes = RequestHashes(planned.plan.graph)
    let results = try run.answers(to: hashes).results(
      of: planned.plan, planHash: hashes.whole, bootstrapIterations: 0, seconds: { 0 })
    return results.comparableSamples
  }
}

/// Samples that a run has written.
private enum SampleFiles {
  /// The results that a path names, or the last ones below a folder.
  static func results(of path: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    guard isFolder.boolValue else { return path.hasSuffix(".json") ? path : nil }
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { path in
      let name = path.split(separator: "/").last ?? ""
      return name.hasPrefix("results_") && name.hasSuffix(".json")
    }.max { time($0) < time($1) }.map { path + "/" + $0 }
  }

  /// The time in a file's name.
  private static func time(_ path: String) -> Substring { path.dropLast(".json".count).suffix(26) }

  /// Nil where there are no samples beside the results.
  static func read(_ results: String) throws -> RunSamples? {
    let folder = URL(filePath: results).deletingLastPathComponent().path
    let ending = "_\(time(results)).jsonl"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasPrefix("samples_") && $0.hasSuffix(ending) }.sorted()
    guard !names.isEmpty, let data = FileManager.default.contents(atPath: results) else { return nil }
    let file = (try? Value(json: data))?.asMap ?? OrderedMap()
    var samples = RunSamples()
    for name in names {
      let task = String(name.dropFirst("samples_".count).dropLast(ending.count))
      let directions = file["higher_is_better"]?.asMap?[task]?.asMap ?? OrderedMap()
      for (metric, direction) in directions {
        if case .bool(let it) = direction { samples.directions[task, default: [:]][metric.text] = it }
      }
      let path = folder + "/" + name
      for (number, line) in (FileManager.default.contents(atPath: path) ?? Data()).split(separator: 0x0A)
        .enumerated()
      {
        guard let map = (try? Value(json: line))?.asMap, let id = map["doc_id"]?.asInt else {
          Failure.say("\(path):\(number + 1): is no sample", "the file is damaged, or none of a run's")
          throw ExitCode(1)
        }
        let metrics = (map["metrics"]?.asList ?? []).map { ($0, map[$0] ?? .null) }
        samples.add(
          ScoredDocument(id: id, hash: map["doc_hash"]?.asString ?? "", metrics: OrderedMap(metrics)),
          RunSamples.Key(task: task, filter: map["filter"]?.asString ?? "none"))
      }
    }
    return samples
  }
}
