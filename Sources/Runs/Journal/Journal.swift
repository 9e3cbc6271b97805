import Exchange
import Glibc
import Synchronization
import Values

/// The answers of a run, each written down as it comes, so that the run can go on where it stopped.
///
/// A line is handed to the system before the answer counts, so that whatever ends the process takes none away. The disk is
/// made to hold it at once where the last time was a second ago, else with the next answer: a power cut costs at most what
/// came within a second.
public final class Journal: Sendable {
  private struct State: ~Copyable {
    var file: JournalFile
    var isStarted: Bool
    var synchronized: ContinuousClock.Instant
    var isSynchronized = true
    var failure: JournalError?
  }

  public let path: String
  public let header: JournalHeader
  /// What had to be dropped when an earlier process's lines were read; nil where all were whole.
  public let damage: JournalDamage?
  /// When the run that this one goes on with began; nil for a new one.
  public let earlier: Double?
  private let state: Mutex<State>

  /// Opens the journal of a run, or begins one.
  ///
  /// - Parameter isFresh: forgets what an earlier process wrote.
  /// - Parameter take: is handed each answer that is there.
  public init(
    path: String, header: JournalHeader, isFresh: Bool = false,
    _ take: (RequestKey, KeptAnswer) -> Void = { _, _ in }
  ) throws(JournalError) {
    var file = try JournalFile(path: path)
    var contents: JournalContents?
    if isFresh {
      try file.cut(to: 0)
    } else if file.end > 0 {
      let read = try JournalContents(path: path, take)
      try file.cut(to: read.end)
      contents = read
    }
    self.path = path
    earlier = contents.flatMap { $0.header?.startedAt }
    damage = contents?.damage
    self.header = contents?.header ?? header
    if file.end > 0, contents?.header == nil {
      // The first line is lost. The file's name says which run it is, and each answer vouches for itself.
      var known: [(RequestKey, KeptAnswer)] = []
      _ = try JournalContents(path: path) { known.append(($0, $1)) }
      try file.cut(to: 0)
      try file.add(JournalLine.sealed(header.value))
      for (key, kept) in known { try file.add(JournalLine.bytes(key, kept)) }
    }
    let isStarted = file.end > 0
    state = Mutex(State(file: file, isStarted: isStarted, synchronized: .now))
  }

  /// Writes an answer down.
  public func add(_ key: RequestKey, _ kept: KeptAnswer) throws(JournalError) {
    let line = JournalLine.bytes(key, kept)
    let failure: JournalError? = state.withLock { state in
      if let failure = state.failure { return failure }
      do throws(JournalError) {
        if !state.isStarted { try state.file.add(JournalLine.sealed(header.value)) }
        state.isStarted = true
        try state.file.add(line)
        state.isSynchronized = false
        let now = ContinuousClock.now
        if now - state.synchronized >= .seconds(1) {
          try state.file.synchronize()
          state.synchronized = now
          state.isSynchronized = true
        }
        return nil
      } catch {
        state.failure = error
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Has the disk hold everything.
  public func synchronize() throws(JournalError) {
    let failure: JournalError? = state.withLock { state in
      do throws(JournalError) {
        if !state.isStarted { try state.file.add(JournalLine.sealed(header.value)) }
        state.isStarted = true
        if !state.isSynchronized { try state.file.synchronize() }
        state.isSynchronized = true
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Gives the file of a finished run its lasting name.
  public func finish(as name: String) throws(JournalError) {
    try synchronize()
    guard rename(path, name) == 0 else { throw JournalError(name, errno) }
  }

  public func remove() { unlink(path) }
}

/// What was read of a journal beside its answers.
public struct JournalContents: Sendable {
  public let header: JournalHeader?
  /// How many answers it holds.
  public let count: Int
  public let damage: JournalDamage?
  /// Where the last whole line ends.
  let end: Int

  public init(path: String, _ take: (RequestKey, KeptAnswer) -> Void) throws(JournalError) {
    var header: JournalHeader?
    var isFirst = true
    var count = 0
    var lost = 0
    let (end, isTorn) = try JournalFile.readLines(of: path) { line in
      defer { isFirst = false }
      guard let map = JournalLine.opened(line) else {
        lost += 1
        return
      }
      if let entry = JournalLine.entry(map) {
        count += 1
        take(entry.key, entry.kept)
      } else if isFirst {
        header = JournalHeader(map)
      }
    }
    self.header = header
    self.count = count
    self.end = end
    damage = isTorn || lost > 0 ? JournalDamage(isTorn: isTorn, lostLines: lost) : nil
  }
}

/// Lines that could not be used, whose answers are asked for again.
public struct JournalDamage: Hashable, Sendable {
  /// Whether the last line had no end: the process was stopped while it wrote.
  public let isTorn: Bool
  public let lostLines: Int

  public var message: String {
    var parts: [String] = []
    if isTorn { parts.append("its last line was cut off and is dropped") }
    if lostLines > 0 {
      parts.append("\(lostLines) damaged line\(lostLines == 1 ? " is" : "s are") passed over")
    }
    return parts.joined(separator: ", ")
  }
}
