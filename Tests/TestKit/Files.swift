public import Foundation
public import Testing

/// The top of the repository, found from this file.
public let repositoryRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Compares a text with the file `Golden/<name>.golden` beside the test.
///
/// A missing file, or RECORD=1 in the environment, writes it and fails, so that nothing is accepted unseen.
public func golden(
  _ actual: String, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name).golden")
  let expected = try? String(contentsOf: path, encoding: .utf8)
  let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
  if let expected, !isRecording {
    #expect(
      actual.utf8.elementsEqual(expected.utf8),
      "\(name) is not as recorded:\n\(difference(expected, actual))",
      sourceLocation: sourceLocation)
    return
  }
  if let expected, expected.utf8.elementsEqual(actual.utf8) { return }
  do {
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: path)
    Issue.record("recorded \(name); look at it and run again", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(name) cannot be recorded: \(error)", sourceLocation: sourceLocation)
  }
}

/// The lines that differ, those expected with `-`, those found with `+`.
private func difference(_ expected: String, _ actual: String) -> String {
  let old = expected.components(separatedBy: "\n")
  let new = actual.components(separatedBy: "\n")
  let changes = new.difference(from: old)
  var out: [String] = []
  for change in changes {
    switch change {
    case .remove(let line, let text, _): out.append("\(line + 1) - \(text)")
    case .insert(let line, let text, _): out.append("\(line + 1) + \(text)")
    }
  }
  return out.joined(separator: "\n")
}

/// Runs with a folder of its own, which is gone afterwards.
public func temporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

extension URL {
  /// Writes a text to a file below this folder, making the folders between.
  public func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  public func write(_ data: Data, to path: String) throws {
    let file = appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }
}
