import ArgumentParser
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import Values

/// Where a run's answers are kept, and what is said of that.
struct RunKeeping {
  let header: JournalHeader
  let options: AnswerOptions
  /// Nil where no results are written: what is kept then is only for going on.
  let writer: ResultsWriter?

  /// Opens the journal and the cache; nil where answers cannot be kept and need not be.
  func open(_ requests: [Request], _ hashes: RequestHashes) throws -> Keeping? {
    let keys = hashes.each.compactMap { RequestKey($0) }
    precondition(keys.count == requests.count, "a content hash names each request")
    let folder = writer?.folder ?? Self.stateFolder
    do throws(JournalError) {
      guard let folder, Self.make(folder) else {
        if writer == nil {
          throw JournalError(folder ?? "HOME", reason: "there is no folder to keep them in")
        }
        return nil
      }
      let keeping = try Keeping(
        journal: "\(folder)/journal_\(header.runName).jsonl", header: header, keys: keys, cache: try cache(),
        isFresh: options.isFresh)
      say(keeping, of: requests)
      return keeping
    } catch {
      guard writer == nil, options.cache == nil else {
        Failure.say(
          error.message,
          error.isLocked
            ? "wait for it, or give another place with --output_path"
            : "give another place with --output_path")
        throw ExitCode(3)
      }
      Surroundings.say(
        "note: answers are not kept while this runs, so that it cannot go on if it is stopped: "
          + (error.isLocked ? "the same command is running already" : error.message))
      return nil
    }
  }

  /// Where programs keep what they would go on with.
  static var stateFolder: String? {
    if let folder = Surroundings.variable("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return folder + "/assay/runs"
    }
    return Surroundings.variable("HOME").map { $0 + "/.local/state/assay/runs" }
  }

  private static func make(_ folder: String) -> Bool {
    (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
  }

  private func cache() throws(JournalError) -> AnswerCache? {
    guard let cache = options.cache else { return nil }
    let folder = cache + "/" + header.identityHash.prefix(16)
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw JournalError(folder, reason: WriteError(folder, error).reason)
    }
    return AnswerCache(folder: folder, header: header)
  }

  private func say(_ keeping: Keeping, of requests: [Request]) {
    if let damage = keeping.journal.damage {
      Surroundings.say("note: \(Surroundings.shown(keeping.journal.path)): \(damage.message)")
    }
    for error in keeping.unread { Surroundings.say("note: not used: \(error.message)") }
    let total = requests.count { header.shard?.holds($0) ?? true }
    let own = keeping.knownCount - keeping.cachedCount
    if let earlier = keeping.journal.earlier, own > 0 {
      Surroundings.say(
        "note: going on with the run of \(Self.time(earlier)): \(own) of \(total) answers are there; --fresh asks anew"
      )
    }
    if keeping.cachedCount > 0 {
      Surroundings.say(
        "note: \(keeping.cachedCount) of \(total) answers are from \(options.cache ?? "the cache")")
    }
  }

  static func time(_ seconds: Double) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyy-MM-dd HH:mm"
    return format.string(from: Date(timeIntervalSince1970: seconds))
  }

  /// A finished part is not asked again: array jobs are sent again whole when one part failed.
  func finishedShard() -> String? {
    guard let writer, header.shard != nil, !options.isFresh else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: writer.folder)) ?? []
    return names.sorted().last { name in
      name.hasPrefix("answers_") && JournalHeader(path: writer.folder + "/" + name)?.runName == header.runName
    }.map { writer.folder + "/" + $0 }
  }
}
