import Foundation

/// The names of the Swift files in a folder of the repository, without their endings, in alphabetical order.
public func swiftFiles(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: repositoryRoot.appending(path: folder).path)
    .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()
}
