import Diagnostics
import Foundation
import TaskDSL
import YAML

/// A task file without a fault, and what is needed to put one into it.
struct SoundFile: Sendable {
  let path: String
  let text: String
  let root: Node
  let source: Source

  init?(path: String, text: String) {
    var findings = Findings()
    source = Source(name: path, text: text)
    guard let root = parseYAML(source, &findings), root.entries != nil, !findings.hasErrors else {
      return nil
    }
    self.path = path
    self.text = text
    self.root = root
  }

  var folder: String { (path as NSString).deletingLastPathComponent }
  var isGroup: Bool { root["group"] != nil }
  var outputType: String? { root["output_type"]?.scalar?.text.text }
  /// Whether the file says itself that something is written freely.
  var isGenerating: Bool { outputType == "generate_until" }

  /// What a path of keys and numbers leads to.
  func entry(_ path: Any...) -> Node.Entry? {
    var node = root
    var entry: Node.Entry?
    for step in path {
      if let key = step as? String {
        guard let found = node.entry(key) else { return nil }
        entry = found
        node = found.value
      } else if let index = step as? Int {
        guard let items = node.items, items.indices.contains(index) else { return nil }
        node = items[index]
      }
    }
    return entry
  }

  func line(of offset: UInt32) -> Int { source.position(of: offset).line }

  var lineCount: Int { text.split(separator: "\n", omittingEmptySubsequences: false).count }

  func written(_ span: SourceSpan) -> String { String(source.slice(Int(span.start), Int(span.end))) }

  /// The first regular expression of a pipeline.
  var pattern: Node.Entry? { steps { $0.entry("regex_pattern") } }
  var groupSelect: Node.Entry? { steps { $0.entry("group_select") } }
  /// The name of the last filter of the first pipeline that ends in `take_first`.
  var takeFirst: Node? {
    pipelines.compactMap { $0["filter"]?.items?.last?["function"] }.first {
      $0.scalar?.text.text == "take_first"
    }
  }
  var pipelines: [Node] { root["filter_list"]?.items ?? [] }
  var metrics: [Node] { root["metric_list"]?.items ?? [] }

  private func steps<Found>(_ look: (Node) -> Found?) -> Found? {
    for pipeline in pipelines {
      // What a filter of the task's own makes of its arguments nobody else knows.
      for step in pipeline["filter"]?.items ?? [] where step["function"]?.tag == nil {
        if let found = look(step) { return found }
      }
    }
    return nil
  }

  /// Whether a file that it includes, or one that those include, has a word.
  func includes(_ word: String) -> Bool { Self.includes(word, root, folder, 0) }

  private static func includes(_ word: String, _ root: Node, _ folder: String, _ depth: Int) -> Bool {
    guard let names = root["include"], depth < 4 else { return false }
    return (names.items ?? [names]).compactMap { $0.text?.text }.contains { name in
      let path = (name.hasPrefix("/") ? name : folder + "/" + name)
      guard let text = try? String(contentsOfFile: path, encoding: .utf8),
        let file = SoundFile(path: path, text: text)
      else { return false }
      return text.contains(word) || includes(word, file.root, file.folder, depth + 1)
    }
  }

  func firstMetricEntry(_ key: String) -> Node.Entry? { metrics.lazy.compactMap { $0.entry(key) }.first }
}

/// A file with one fault in it.
struct Seeded: Sendable {
  var text: String
  /// The lines that a finding may stand in.
  var lines: ClosedRange<Int>
  /// Words of which the finding's message or help has one.
  var words: [String]
  /// Another name for the file.
  var path: String?
  /// Files beside it, by name.
  var others: [String: String] = [:]
}

// MARK: - Ways to change a file

extension SoundFile {
  func replacing(_ span: SourceSpan, with new: String, words: [String]) -> Seeded {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(Int(span.start)..<Int(span.end), with: Array(new.utf8))
    let first = line(of: span.start)
    let count = new.split(separator: "\n", omittingEmptySubsequences: false).count
    return Seeded(
      text: String(decoding: bytes, as: UTF8.self), lines: first...(first + count - 1), words: words)
  }

  func renaming(_ entry: Node.Entry?, to new: String, words: [String]? = nil) -> Seeded? {
    guard let entry else { return nil }
    return replacing(entry.key.span, with: new, words: words ?? ["`\(new)`"])
  }

  /// A value on the line of its key.
  func setting(_ entry: Node.Entry?, to new: String, words: [String]) -> Seeded? {
    guard let entry, entry.value.tag == nil, !entry.value.isNull else { return nil }
    let isInline = line(of: entry.value.span.start) == line(of: entry.key.span.start)
    var start = entry.value.span.start
    // A list or mapping below its key takes the key's line.
    if !isInline { start = entry.key.span.end + 1 }
    let span = SourceSpan(source: entry.value.span.source, start: start, end: entry.value.span.end)
    return replacing(span, with: isInline ? new : " " + new, words: words)
  }

  /// A key at the end of the file.
  func adding(_ lines: String, inLine offset: Int = 0, words: [String]) -> Seeded {
    let text = text.hasSuffix("\n") ? text : text + "\n"
    let first = text.split(separator: "\n", omittingEmptySubsequences: false).count
    return Seeded(text: text + lines + "\n", lines: (first + offset)...(first + offset), words: words)
  }

  /// A key that the file does not have yet.
  func addingKey(_ key: String, _ value: String, words: [String]) -> Seeded? {
    root.entry(key) == nil ? adding("\(key): \(value)", words: words) : nil
  }

  /// A line before the one where something begins, as deep as that.
  func inserting(_ line: String, before place: SourceSpan, words: [String]) -> Seeded {
    let number = self.line(of: place.start)
    var lines = text.components(separatedBy: "\n")
    let indent = String(repeating: " ", count: source.position(of: place.start).column - 1)
    lines.insert(indent + line, at: number - 1)
    return Seeded(text: lines.joined(separator: "\n"), lines: number...number, words: words)
  }

  /// Without an entry and its lines; the finding may stand anywhere in `lines`.
  func removing(_ entry: Node.Entry?, words: [String], foundAt place: SourceSpan?) -> Seeded? {
    guard let entry, let place else { return nil }
    let first = line(of: entry.key.span.start)
    let last = line(of: max(entry.value.span.end, entry.key.span.end) - (entry.value.isNull ? 0 : 1))
    var lines = text.components(separatedBy: "\n")
    let head = lines[first - 1]
    guard head.trimmingPrefix(while: { $0 == " " }).hasPrefix(written(entry.key.span)) else { return nil }
    lines.removeSubrange((first - 1)..<last)
    var number = line(of: place.start)
    if number > last { number -= last - first + 1 }
    return Seeded(text: lines.joined(separator: "\n"), lines: number...number, words: words)
  }

  /// Another text for one line, by number from 1.
  func changing(line number: Int, words: [String], around: Int = 0, _ change: (String) -> String?) -> Seeded?
  {
    var lines = text.components(separatedBy: "\n")
    guard lines.indices.contains(number - 1), let new = change(lines[number - 1]) else { return nil }
    lines[number - 1] = new
    return Seeded(
      text: lines.joined(separator: "\n"), lines: max(1, number - around)...(number + around), words: words)
  }
}
