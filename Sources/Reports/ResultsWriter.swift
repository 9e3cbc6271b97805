public import Exchange
import Foundation
public import Runs
import Values

/// Puts results and samples on disk where the harness puts them.
public struct ResultsWriter: Sendable {
  /// A folder, or the name of a `.json` file that the time is added to.
  public let outputPath: String
  public let facts: RunFacts
  public let isWithSamples: Bool

  public init(outputPath: String, facts: RunFacts, isWithSamples: Bool) {
    self.outputPath = outputPath
    self.facts = facts
    self.isWithSamples = isWithSamples
  }

  /// Writes all files, each whole or not at all, and gives their paths, the results first.
  public func write(_ results: RunResults, _ requests: [Request]) throws(WriteError) -> [String] {
    let time = timestamp
    let samples = isWithSamples ? results.tasks.map { $0.sampleLines(requests) } : []
    let place = place(time)
    try makeFolder(place.folder)
    var written = [place.folder + "/" + place.file]
    try put(results.resultsFile(facts, samples: samples).json(indent: 2) + "\n", at: written[0])
    for task in samples {
      let path = "\(place.folder)/samples_\(task.task.replacing("/", with: "__"))_\(time).jsonl"
      try put(task.lines.map { $0 + "\n" }.joined(), at: path)
      written.append(path)
    }
    return written
  }

  private func place(_ time: String) -> (folder: String, file: String) {
    guard outputPath.hasSuffix(".json") else {
      return (outputPath + "/" + facts.sanitizedModelName, "results_\(time).json")
    }
    let url = URL(filePath: outputPath)
    let folder = outputPath.contains("/") ? url.deletingLastPathComponent().path : "."
    return (folder, "\(url.deletingPathExtension().lastPathComponent)_\(time).json")
  }

  /// Local time as ISO has it, with `-` for `:`, which some file systems refuse.
  private var timestamp: String {
    let date = Date(timeIntervalSince1970: facts.startedAt)
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyy-MM-dd'T'HH-mm-ss"
    let fraction = facts.startedAt - facts.startedAt.rounded(.down)
    return format.string(from: date) + String(format: ".%06d", Int(fraction * 1_000_000))
  }

  private func makeFolder(_ path: String) throws(WriteError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw WriteError(path: path, reason: Self.words(error))
    }
  }

  private func put(_ text: String, at path: String) throws(WriteError) {
    do {
      // Atomic: a full disk or a power cut leaves the old file or none, never half of one.
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw WriteError(path: path, reason: Self.words(error))
    }
  }

  private static func words(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return cause.map { String(cString: strerror(Int32($0.code))) } ?? (error as NSError).localizedDescription
  }
}

/// A file could not be written.
public struct WriteError: Error, Sendable {
  public let path: String
  public let reason: String
}
