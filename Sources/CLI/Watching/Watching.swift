import Diagnostics
import Foundation

/// Looks again whenever something changes.
enum Watching {
  /// What was looked at.
  struct Looked {
    /// Each file that was read.
    var files: [String]
    /// Folders in which new files count, too.
    var folders: [String]
  }

  /// Endings of files that may matter though they were not there before.
  private static let endings = [".yaml", ".yml", ".py"]

  /// Runs for good: Ctrl-C ends the program.
  static func run(_ look: () throws -> Looked) throws -> Never {
    var last: Looked?
    while true {
      if Surroundings.isOutputTerminal { print("\u{1B}[H\u{1B}[2J\u{1B}[3J", terminator: "") }
      let start = Date()
      let looked: Looked
      // A file may be gone for a moment, which has been said.
      do { looked = try look() } catch {
        guard let last else { throw error }
        looked = last
      }
      last = looked
      fflush(nil)
      let files = Set(looked.files.map(Surroundings.absolute))
      let watch = FolderWatch(folders(of: looked, files))
      Surroundings.say("watching \(files.count) file\(files.count == 1 ? "" : "s"); Ctrl-C ends")
      // What was saved while the files were read would be missed otherwise.
      if files.contains(where: { changed($0, since: start) }) { continue }
      watch.wait { path in
        // A folder that has come is to be watched itself; Python makes one for what it has compiled.
        files.contains(path) || endings.contains(where: path.hasSuffix)
          || path.hasSuffix("/") && !looked.folders.isEmpty && !path.hasSuffix("/__pycache__/")
      }
    }
  }

  private static func changed(_ path: String, since start: Date) -> Bool {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    return (facts?[.modificationDate] as? Date).map { $0 > start } ?? false
  }

  /// The folders that hold the files, and those below the ones that were named.
  private static func folders(of looked: Looked, _ files: Set<String>) -> [String] {
    var folders = Set(files.map { NSString(string: $0).deletingLastPathComponent })
    for folder in looked.folders.map(Surroundings.absolute) {
      folders.insert(folder)
      let below = FileManager.default.enumerator(
        at: URL(filePath: folder), includingPropertiesForKeys: [.isDirectoryKey], options: [.skipsHiddenFiles]
      )
      while let url = below?.nextObject() as? URL {
        if (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true {
          folders.insert(url.path)
        }
      }
    }
    return folders.sorted()
  }
}
