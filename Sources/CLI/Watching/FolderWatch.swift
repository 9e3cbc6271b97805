import Foundation
import Glibc

/// Waits until a file in some folders is written, moved or deleted: told by the system, or found by looking again and
/// again where the system cannot watch as many folders.
struct FolderWatch: ~Copyable {
  private let folders: [String]
  /// The system's queue of events; negative where there is none.
  private let queue: Int32
  /// The folder of each number in an event.
  private let watched: [Int32: String]

  /// How long nothing must happen after an event: editors write in several steps.
  private static let quiet: Int32 = 60
  /// How often is looked where nothing is told.
  private static let pause: UInt32 = 400_000

  init(_ folders: [String]) {
    self.folders = folders
    var queue = inotify_init1(Int32(IN_CLOEXEC))
    var watched: [Int32: String] = [:]
    let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE
    for folder in folders where queue >= 0 {
      let number = inotify_add_watch(queue, folder, UInt32(mask))
      if number >= 0 {
        watched[number] = folder
      } else if errno != ENOENT {
        close(queue)
        queue = -1
      }
    }
    self.queue = queue
    self.watched = watched
  }

  deinit { if queue >= 0 { close(queue) } }

  /// Returns when something has happened to a path of interest.
  func wait(until isOfInterest: (String) -> Bool) {
    if queue < 0 { return look(isOfInterest) }
    while true {
      guard !paths(within: -1).contains(where: isOfInterest) else { break }
    }
    while !paths(within: Self.quiet).isEmpty {}
  }

  /// The paths of the next events, a folder's with a slash at its end; none when nothing happens for so long.
  private func paths(within milliseconds: Int32) -> [String] {
    var place = pollfd(fd: queue, events: Int16(POLLIN), revents: 0)
    guard poll(&place, 1, milliseconds) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = read(queue, &bytes, bytes.count)
    var paths: [String] = []
    var at = 0
    // An event is the watch's number, a mask, a cookie, the length of the name, and the name filled up with zeros.
    while at + 16 <= count {
      let number = Int32(bitPattern: Self.word(bytes, at))
      let isFolder = Self.word(bytes, at + 4) & UInt32(IN_ISDIR) != 0
      let length = Int(Self.word(bytes, at + 12))
      let name = bytes[(at + 16)..<min(at + 16 + length, bytes.count)].prefix { $0 != 0 }
      if let folder = watched[number] {
        paths.append(folder + "/" + String(decoding: name, as: UTF8.self) + (isFolder ? "/" : ""))
      }
      at += 16 + length
    }
    return paths
  }

  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
  }

  // MARK: - Looking again and again

  private func look(_ isOfInterest: (String) -> Bool) {
    let before = state(isOfInterest)
    repeat { usleep(Self.pause) } while state(isOfInterest) == before
  }

  /// When each path of interest was last changed, and how large it is.
  private func state(_ isOfInterest: (String) -> Bool) -> [String: [Int]] {
    var state: [String: [Int]] = [:]
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        let path = folder + "/" + name
        var facts = stat()
        guard isOfInterest(path), stat(path, &facts) == 0 else { continue }
        state[path] = [Int(facts.st_mtim.tv_sec), Int(facts.st_mtim.tv_nsec), Int(facts.st_size)]
      }
    }
    return state
  }
}
