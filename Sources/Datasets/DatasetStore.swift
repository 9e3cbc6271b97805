public import Diagnostics
import Foundation
import Synchronization

/// Finds and reads data, and keeps what it has read.
public final class DatasetStore: Sendable {
  private let mirrors: [String]
  private let workingDirectory: String
  private let everywhere: Rows?
  private let known = Mutex<[String: Kept]>([:])

  /// The files that were read so far.
  private let read = Mutex<Set<String>>([])

  public var readFiles: [String] { read.withLock { $0.sorted() } }

  /// What reading a split came to, also when it failed, so that no file is read twice.
  private struct Kept: Sendable {
    var rows: Rows?
    /// Words of a warning.
    var complaints: [String] = []
    var failure: DataError?
  }

  /// - Parameter mirrors: folders with `<dataset_path>/<dataset_name or "default">/<split>.jsonl`.
  public init(mirrors: [String], workingDirectory: String) {
    self.mirrors = mirrors
    self.workingDirectory = workingDirectory
    everywhere = nil
  }

  /// A store in which every split of every data set has the same rows, to try tasks on.
  public init(everywhere rows: Rows) {
    mirrors = []
    workingDirectory = "."
    everywhere = rows
  }

  /// The rows of a split; nil with findings at the place of the reference or of the split.
  public func rows(
    _ split: Located<String>, of reference: DatasetReference, _ findings: inout Findings
  ) -> Rows? {
    if let everywhere { return everywhere }
    guard let files = locator(reference).locate(&findings) else { return nil }
    guard let place = files.splits.firstIndex(where: { $0.split.utf8.elementsEqual(split.value.utf8) }) else {
      let isSlice = split.value.contains("[")
      findings.add(
        isSlice ? .sliceOfSplit(split) : .missingSplit(split, of: files.name, files.splits.map(\.split)))
      return nil
    }
    let kept = kept(files, place)
    let span = files.span(of: split.value)
    for complaint in kept.complaints {
      findings.add(
        .warning(
          "unlike-files", complaint, at: span,
          help: "give all files of a data set the same columns with the same types"))
    }
    if let failure = kept.failure {
      findings.add(.error("bad-rows", failure.message, at: span, help: failure.help))
    }
    return kept.rows
  }

  /// The names of the splits there are; nil with findings when the data is not at hand.
  public func splits(of reference: DatasetReference, _ findings: inout Findings) -> [String]? {
    locator(reference).locate(&findings)?.splits.map(\.split)
  }

  /// Whether the data is on this machine as far as the task's file tells; without reading it.
  public func isAtHand(_ reference: DatasetReference) -> Bool {
    everywhere != nil || locator(reference).isAtHand
  }

  private func locator(_ reference: DatasetReference) -> Locator {
    Locator(reference: reference, mirrors: mirrors, workingDirectory: workingDirectory)
  }

  private func kept(_ files: DataFiles, _ place: Int) -> Kept {
    let key = "\(files.splits)\(place)\(files.reader ?? "")\(files.options)\(files.isTyped)"
    if let kept = known.withLock({ $0[key] }) { return kept }
    let kept = readSplit(files, place, key)
    known.withLock { $0[key] = kept }
    return kept
  }

  private func readSplit(_ files: DataFiles, _ place: Int, _ name: String) -> Kept {
    do throws(DataError) {
      return try readAll(files.splits[place].files, files, name)
    } catch {
      return Kept(failure: error)
    }
  }

  private func readAll(_ paths: [String], _ files: DataFiles, _ name: String) throws(DataError) -> Kept {
    // The first file of the first split settles the columns of all, unless their types are declared elsewhere.
    let first = files.isTyped ? paths[0] : files.splits[0].files[0]
    let base = try table(first, files)
    var whole = Table(columns: base.columns, kinds: base.kinds, rows: [])
    var complaints: [String] = []
    for path in paths {
      let table = path == first ? base : try table(path, files)
      complaints += whole.append(table).map { "\(shown(path)) is unlike \(shown(first)): \($0)" }
    }
    return Kept(
      rows: Rows(columns: whole.columns, rows: whole.maps, file: shown(paths[0]), name: name),
      complaints: complaints)
  }

  private func table(_ path: String, _ files: DataFiles) throws(DataError) -> Table {
    var format = try files.options.format(files.reader ?? SplitNames.ending(of: path))
    if case .json(var json) = format, files.isTyped {
      json.isTyped = true
      format = .json(json)
    }
    read.withLock { _ = $0.insert(path) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DataError("\(shown(path)): this file cannot be read", help: "look at its permissions")
    }
    return try format.table(DataFile(name: shown(path), bytes: [UInt8](data)))
  }

  /// The path as a person in the working folder would write it.
  private func shown(_ path: String) -> String {
    let folder = workingDirectory.hasSuffix("/") ? workingDirectory : workingDirectory + "/"
    let short = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    return short.hasPrefix("./") ? String(short.dropFirst(2)) : short
  }
}
