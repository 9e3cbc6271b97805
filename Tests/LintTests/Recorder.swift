import Diagnostics
import Foundation
import TestKit
import Testing

/// `RECORD=1` writes into the sources what the pages' examples come to; a person looks at the difference.
enum Recorder {
  static let isOn = ProcessInfo.processInfo.environment["RECORD"] == "1"

  static func record(_ example: Example, _ outcome: Example.Outcome) throws {
    let words = example.code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    guard let file = try file(of: words.joined()) else { return }
    let old = try String(contentsOf: file, encoding: .utf8)
    let isRaw = old.contains("#\"\"\"")
    var lines = old.components(separatedBy: "\n")
    guard let start = try start(of: words.joined(), in: lines) else { return }
    let fences = lines.indices.filter { $0 > start && lines[$0] == "    ```yaml" }
    guard fences.indices.contains(example.number - 1) else { return }
    let from = fences[example.number - 1]
    let until = fences.indices.contains(example.number) ? fences[example.number] : lines.count
    let diagnostics = outcome.shown.isEmpty ? nil : outcome.shown
    let isFixed = outcome.fixed != example.yaml + "\n"
    replace("    ```diagnostics", in: &lines, from..<until, diagnostics, isRaw)
    let next = lines.indices.dropFirst(from + 1).first { lines[$0] == "    ```yaml" }
    replace(
      "    ```yaml fixed", in: &lines, from..<(next ?? lines.count), isFixed ? outcome.fixed : nil, isRaw)
    let new = lines.joined(separator: "\n")
    if new != old {
      try Data(new.utf8).write(to: file)
      Issue.record("recorded \(example.code); look at it and run again")
    }
  }

  private static func replace(
    _ fence: String, in lines: inout [String], _ range: Range<Int>, _ text: String?, _ isRaw: Bool
  ) {
    let end = min(range.upperBound, lines.count)
    guard let open = lines[range.lowerBound..<end].firstIndex(of: fence),
      let close = lines[(open + 1)...].firstIndex(of: "    ```")
    else {
      guard text != nil else { return }
      // A fix that the page does not show yet comes after what is said of the file.
      let shown = lines[range.lowerBound..<end].lastIndex(of: "    ```diagnostics")
      let close = shown.flatMap { lines[($0 + 1)...].firstIndex(of: "    ```") }
      let at = close ?? lines[(range.lowerBound + 1)...].firstIndex(of: "    ```") ?? range.lowerBound
      lines.insert(contentsOf: [fence, "    ```"], at: at + 1)
      replace(fence, in: &lines, range.lowerBound..<(end + 2), text, isRaw)
      return
    }
    var body = (text ?? "").components(separatedBy: "\n")
    while body.last?.isEmpty == true { body.removeLast() }
    // A line that ends in blanks would not survive formatting; none of ours does.
    let shown = body.map { line in
      let escaped = isRaw ? line : line.replacingOccurrences(of: "\\", with: "\\\\")
      return escaped.isEmpty ? "" : "    " + escaped
    }
    lines.replaceSubrange((open + 1)..<close, with: shown)
    if text == nil { lines.removeSubrange(open..<(open + 2)) }
  }

  /// Where the page of a type begins in a file that may hold several.
  private static func start(of type: String, in lines: [String]) throws -> Int? {
    lines.firstIndex { $0.hasPrefix("struct \(type): Rule") || $0.hasPrefix("enum \(type): CodePage") }
  }

  private static func file(of type: String) throws -> URL? {
    let folder = repositoryRoot.appending(path: "Sources/Lint")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".swift")
    }
    for path in paths {
      let file = folder.appending(path: path)
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains("struct \(type): Rule") || text.contains("enum \(type): CodePage") { return file }
    }
    return nil
  }
}
