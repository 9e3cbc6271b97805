import Foundation
import TestKit

/// The files of the repository, as the rules of the house see them.
enum Repository {
  /// Paths of all files below a folder, relative to the top of the repository.
  static func files(below folder: String) -> [String] {
    let top = repositoryRoot.appending(path: folder)
    let found = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String } ?? []
    return found.filter { !isFolder("\(folder)/\($0)") }.map { "\(folder)/\($0)" }.sorted()
  }

  static func folders(in folder: String) -> [String] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: repositoryRoot.appending(path: folder).path))
      ?? []
    return names.filter { isFolder("\(folder)/\($0)") }.sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: repositoryRoot.appending(path: path), encoding: .utf8)
  }

  static let swiftFiles = ["Sources", "Tests", "Examples"].flatMap(files(below:)).filter {
    $0.hasSuffix(".swift")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let file = repositoryRoot.appending(path: path).path
    return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && isFolder.boolValue
  }
}
