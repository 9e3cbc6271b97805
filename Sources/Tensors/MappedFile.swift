import Glibc

/// A file seen as memory, without being read into it.
///
/// `@unchecked Sendable`: the mapping is read-only and stays until the last reference goes.
public final class MappedFile: @unchecked Sendable {
  public let path: String
  public let count: Int
  private let base: UnsafeMutableRawPointer?

  public init(path: String) throws(TensorError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, "cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw TensorError(file: path, "is not a file", help: "name a file here")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else { throw Self.failure(path, "cannot be mapped") }
    base = mapped
  }

  deinit { if let base { munmap(base, count) } }

  /// The bytes of a range, which must lie within the file.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the file")
    return UnsafeRawBufferPointer(start: base.map { $0 + range.lowerBound }, count: range.count)
  }

  /// A copy of some bytes of the file.
  public func copy(_ range: Range<Int>) -> [UInt8] { Array(bytes(range)) }

  private static func failure(_ path: String, _ what: String) -> TensorError {
    let cause = String(cString: strerror(errno))
    return TensorError(file: path, "\(what): \(cause)", help: "check that it exists and may be read")
  }
}
