import Exchange
import Glibc
import Synchronization

/// Answers that runs share: a folder with one folder for everything that shapes them, and in it a file for each process.
///
/// No process writes where another does, so that many may work at once, on network file systems too.
public final class AnswerCache: Sendable {
  private let folder: String
  private let header: JournalHeader
  private let writer = Mutex<Journal?>(nil)

  /// - Parameter folder: must be there.
  /// - Parameter header: of the run; only its identity counts for what is shared.
  public init(folder: String, header: JournalHeader) {
    self.folder = folder
    self.header = header
  }

  /// Hands over every answer that is there, and gives what could not be read.
  public func read(_ take: (RequestKey, KeptAnswer) -> Void) throws(JournalError) -> [JournalError] {
    var failures: [JournalError] = []
    guard let directory = opendir(folder) else { throw JournalError(folder, errno) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".jsonl") { names.append(name) }
    }
    closedir(directory)
    for name in names.sorted() {
      let path = folder + "/" + name
      do throws(JournalError) {
        // A file without a first line says not what its answers are worth.
        var found: [(RequestKey, KeptAnswer)] = []
        let contents = try JournalContents(path: path) { found.append(($0, $1)) }
        if contents.header?.identityHash == header.identityHash {
          for (key, kept) in found { take(key, kept) }
        }
      } catch { failures.append(error) }
    }
    return failures
  }

  public func add(_ key: RequestKey, _ kept: KeptAnswer) throws(JournalError) {
    try journal().add(key, kept)
  }

  public func synchronize() throws(JournalError) {
    if let journal = writer.withLock({ $0 }) { try journal.synchronize() }
  }

  /// A process that learns nothing new leaves no file.
  private func journal() throws(JournalError) -> Journal {
    let made: Result<Journal, JournalError> = writer.withLock { writer in
      if let writer { return .success(writer) }
      let name = RequestKey.hexadecimal(UInt64.random(in: 0...UInt64.max))
      do throws(JournalError) {
        let journal = try Journal(path: "\(folder)/answers_\(name).jsonl", header: header)
        writer = journal
        return .success(journal)
      } catch { return .failure(error) }
    }
    return try made.get()
  }
}
