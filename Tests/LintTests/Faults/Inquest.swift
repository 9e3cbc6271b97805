import Datasets
import Diagnostics
import Foundation
import Lint
import TestKit
import YAML

/// Whether a fault that was put into a file is found: in its line, with its cause.
struct Inquest: Sendable {
  let kind: String
  let path: String
  let isFound: Bool
  /// What was said instead, for those who look into it.
  let said: String

  /// One file with one fault, looked at as a user would have it looked at.
  static func hold(_ fault: Fault, in file: SoundFile, seed: UInt64, datasets: DatasetStore? = nil)
    -> Inquest?
  {
    var random = SeededRandom(seed: seed)
    guard let seeded = fault.seed(file, &random), seeded.text != file.text || seeded.path != nil else {
      return nil
    }
    guard !seeded.others.isEmpty else { return judge(fault, seeded, at: seeded.path ?? file.path, datasets) }
    // What reads other files than tasks looks on the disk, at copies without the folders around.
    let includes = file.root["include"].map { $0.items ?? [$0] } ?? []
    if includes.contains(where: { $0.text?.text.hasPrefix("..") == true }) { return nil }
    let name = (file.path as NSString).lastPathComponent
    return try? temporaryFolder { folder in
      for sibling in (try? FileManager.default.contentsOfDirectory(atPath: file.folder)) ?? [] {
        let size =
          (try? FileManager.default.attributesOfItem(atPath: file.folder + "/" + sibling)[.size]) as? Int
        guard let size, size < 200_000, sibling != name else { continue }
        let path = folder.appending(path: sibling).path
        try? FileManager.default.copyItem(atPath: file.folder + "/" + sibling, toPath: path)
      }
      for (name, text) in seeded.others { try folder.write(text, to: name) }
      return judge(fault, seeded, at: folder.appending(path: name).path, datasets)
    }
  }

  private static func judge(_ fault: Fault, _ seeded: Seeded, at path: String, _ datasets: DatasetStore?)
    -> Inquest
  {
    let report = report(path, seeded, datasets)
    let isFound = report.findings.contains { finding in
      guard let source = report.sources[finding.span.source] else { return false }
      let line = source.position(of: finding.span.start).line
      let isHere = source.name == path || seeded.others.keys.contains { source.name.hasSuffix("/" + $0) }
      let text = (finding.message + " " + (finding.help ?? "")).lowercased()
      return isHere && seeded.lines.contains(line) && seeded.words.contains { text.contains($0.lowercased()) }
    }
    let said = report.findings.map { finding in
      let line = report.sources[finding.span.source]?.position(of: finding.span.start).line ?? 0
      return "\(line): [\(finding.code.name)] \(finding.message)"
    }
    return Inquest(
      kind: fault.kind, path: path, isFound: isFound,
      said: "wanted \(seeded.lines) \(seeded.words); said " + said.joined(separator: " · "))
  }

  private static func report(_ path: String, _ seeded: Seeded, _ datasets: DatasetStore?) -> LintReport {
    var request = LintRequest()
    request.files = [path]
    request.isUsingSettingsFiles = false
    request.texts[path] = seeded.text
    request.datasets = datasets
    return Linter().check(request)
  }

  /// A table of kinds: how many files each was tried on, and in how many it was found.
  static func table(_ inquests: [Inquest]) -> String {
    let kinds = Dictionary(grouping: inquests, by: \.kind)
    let rows = kinds.map { kind, all in (kind: kind, tried: all.count, found: all.count(where: \.isFound)) }
    let lines = rows.sorted { ($0.found * $1.tried, $0.kind) < ($1.found * $0.tried, $1.kind) }.map {
      "| \($0.kind) | \($0.found) | \($0.tried) |"
    }
    let found = inquests.count(where: \.isFound)
    let share = inquests.isEmpty ? 0 : Double(found) * 100 / Double(inquests.count)
    return "| fault | found | tried |\n| --- | ---: | ---: |\n" + lines.joined(separator: "\n")
      + "\n| \(kinds.count) kinds, \(String(format: "%.2f", share)) % | \(found) | \(inquests.count) |\n"
  }
}
