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

  /// Where the files go.
  public var folder: String { place(timestamp).folder }

  /// The lasting name of the answers, beside the results that they gave.
  public func answersPath(_ shard: Shard? = nil) -> String {
    let part = shard.map { ".shard-\($0.number)-of-\($0.count)" } ?? ""
    return "\(folder)/answers_\(timestamp)\(part).jsonl"
  }

  /// Makes the folder for the files, so that a place that cannot be written to shows in time.
  public func prepare() throws(WriteError) {
    let folder = place(timestamp).folder
    try makeFolder(folder)
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw WriteError(path: folder, reason: "this folder may not be written to")
    }
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
      throw WriteError(path, error)
    }
  }

  private func put(_ text: String, at path: String) throws(WriteError) {
    do {
      // Atomic: a full disk or a power cut leaves the old file or none, never half of one.
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw WriteError(path, error)
    }
  }
}

/// A file could not be written.
public struct WriteError: Error, Sendable {
  public let path: String
  public let reason: String

  init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// Foundation's own words name neither the folder that is none nor what would help.
  public init(_ path: String, _ error: any Error) {
    self.init(path: path, reason: Self.obstacle(above: path) ?? Self.words(error))
  }

  private static func obstacle(above path: String) -> String? {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      return isFolder.boolValue ? nil : "there is a file of that name"
    }
    var folder = path
    while folder != "/", folder != "." {
      folder = folder.contains("/") ? NSString(string: folder).deletingLastPathComponent : "."
      if folder.isEmpty { folder = "/" }
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue { return "`\(folder)` is a file, not a folder" }
      return FileManager.default.isWritableFile(atPath: folder)
        ? nil : "the folder `\(folder)` may not be written to"
    }
    return nil
  }

  private static func words(_ error: any Error) -> String {
    let error = error as NSError
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError, cause.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(cause.code)))
    }
    if error.domain == NSCocoaErrorDomain, error.code == CocoaError.fileNoSuchFile.rawValue {
      return "there is no such folder"
    }
    return error.localizedDescription
  }
}
