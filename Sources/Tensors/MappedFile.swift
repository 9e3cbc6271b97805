import Glibc

/// A file seen as memory, without being read into it.
///
/// `@unchecked Sendable`: the mapping is read-only and stays until the last reference goes.
@safe public final class MappedFile: @unchecked Sendable {
  public let path: String
  public let count: Int
  private let base: UnsafeMutableRawPointer?

  public init(path: String) throws(TensorError) {
    self.path = path
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.failure(path, "cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw TensorError(file: path, "is not a file", help: "name a file here")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw Self.failure(path, "cannot be mapped")
    }
    unsafe base = unsafe mapped
  }

  deinit { if let base = unsafe base { unsafe munmap(base, count) } }

  /// The bytes of a range, which must lie within the file.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the file")
    return unsafe UnsafeRawBufferPointer(start: base.map { unsafe $0 + range.lowerBound }, count: range.count)
  }

  /// Lets go of the memory of some bytes that nobody looks at for now; they can be read again.
  static func release(_ start: UnsafeRawPointer, _ count: Int) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = unsafe start.alignedUp(toMultipleOf: page)
    let last = unsafe (start + count).alignedDown(toMultipleOf: page)
    guard unsafe first < last else { return }
    unsafe madvise(UnsafeMutableRawPointer(mutating: first), last - first, MADV_DONTNEED)
  }

  /// A copy of some bytes of the file.
  public func copy(_ range: Range<Int>) -> [UInt8] { unsafe Array(bytes(range)) }

  private static func failure(_ path: String, _ what: String) -> TensorError {
    let cause = unsafe String(cString: strerror(errno))
    return TensorError(file: path, "\(what): \(cause)", help: "check that it exists and may be read")
  }
}
