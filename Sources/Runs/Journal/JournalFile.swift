import Glibc

/// A file that lines are added to, one system call each, by one process at a time.
struct JournalFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  private(set) var end: Int

  /// Opens or makes the file and takes its lock, which goes with the process however that ends.
  init(path: String) throws(JournalError) {
    self.path = path
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0o666)
      guard descriptor >= 0 else { throw JournalError(path, errno) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let cause = errno
        close(descriptor)
        throw cause == EWOULDBLOCK ? JournalError(path, isLocked: true) : JournalError(path, cause)
      }
      var own = stat()
      var named = stat()
      guard fstat(descriptor, &own) == 0 else { throw JournalError(path, errno) }
      // Whoever had the lock before may have renamed or removed the file meanwhile.
      if stat(path, &named) == 0, named.st_ino == own.st_ino, named.st_dev == own.st_dev {
        self.descriptor = descriptor
        end = Int(own.st_size)
        return
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }

  /// Adds bytes, all or none: what a full disk leaves of them is taken away again.
  mutating func add(_ bytes: [UInt8]) throws(JournalError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
      }
      if written > 0 {
        done += written
      } else if errno != EINTR {
        let cause = errno
        _ = ftruncate(descriptor, end)
        throw JournalError(path, cause)
      }
    }
    end += bytes.count
  }

  mutating func cut(to length: Int) throws(JournalError) {
    guard ftruncate(descriptor, length) == 0 else { throw JournalError(path, errno) }
    end = length
  }

  /// Has the disk hold what was added.
  func synchronize() throws(JournalError) {
    // Pipes and some file systems of containers know no such thing.
    guard fdatasync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw JournalError(path, errno)
    }
  }

  /// Each whole line without its line feed, and where the last one ends.
  ///
  /// The file is read in portions: it may be larger than the memory.
  static func readLines(of path: String, _ take: (ArraySlice<UInt8>) -> Void) throws(JournalError) -> (
    end: Int, isTorn: Bool
  ) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw JournalError(path, errno) }
    defer { close(descriptor) }
    var rest: [UInt8] = []
    var end = 0
    var portion = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = portion.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw JournalError(path, errno) }
      if count == 0 { return (end, !rest.isEmpty) }
      let isNew = portion[..<count].firstIndex(of: 0x0A) != nil
      rest += portion[..<count]
      guard isNew else { continue }
      var start = 0
      while let feed = rest[start...].firstIndex(of: 0x0A) {
        take(rest[start..<feed])
        start = feed + 1
      }
      end += start
      rest.removeFirst(start)
    }
  }
}

extension JournalFile {
  /// The first line without its line feed; nil for a file that cannot be read or has none.
  static func firstLine(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var line: [UInt8] = []
    var portion = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = portion.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return nil }
      line += portion[..<count]
      if let feed = line.firstIndex(of: 0x0A) { return Array(line[..<feed]) }
    }
  }
}

/// A journal could not be read or written.
public struct JournalError: Error, Sendable {
  public let path: String
  public let reason: String
  /// Whether another process works on it.
  public let isLocked: Bool

  public init(_ path: String, reason: String) {
    self.path = path
    self.reason = reason
    isLocked = false
  }

  init(_ path: String, isLocked: Bool) {
    self.path = path
    reason = "another process works on this run"
    self.isLocked = isLocked
  }

  init(_ path: String, _ cause: Int32) { self.init(path, reason: String(cString: strerror(cause))) }

  public var message: String { "\(path): \(reason)" }
}
