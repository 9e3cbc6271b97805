import Foundation

/// A file that comes into being whole or not at all, written portion by portion.
struct PortionFile: ~Copyable {
  private let path: String
  private let unfinished: String
  private let handle: FileHandle
  private var isDone = false

  init(_ path: String) throws {
    self.path = path
    unfinished = path + ".\(ProcessInfo.processInfo.processIdentifier).part"
    // Says what is in the way better than opening the file would.
    try Data().write(to: URL(filePath: unfinished))
    handle = try FileHandle(forWritingTo: URL(filePath: unfinished))
  }

  func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: bytes) }

  consuming func finish() throws {
    try handle.close()
    guard rename(unfinished, path) == 0 else {
      let cause = NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
      throw CocoaError(.fileWriteUnknown, userInfo: [NSUnderlyingErrorKey: cause])
    }
    isDone = true
  }

  deinit { if !isDone { unlink(unfinished) } }
}
