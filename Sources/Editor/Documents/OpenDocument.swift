import Diagnostics
import Schema
import TaskDSL
import Values
import YAML

/// A file as an editor has it, saved or not.
struct OpenDocument: Sendable {
  let uri: String
  let path: String
  private(set) var version: Value
  private(set) var text: String
  /// The text as it last was YAML: while somebody types it mostly is not.
  private(set) var lastSound: String?

  init(uri: String, version: Value, text: String) {
    self.uri = uri
    self.version = version
    self.text = text
    path = FileURI.path(uri)
    keepIfSound()
  }

  enum Kind {
    case task, settings
    /// What may become a task: somebody who asks gets help, but nothing is found wrong with it yet.
    case beginning
    case other
  }

  /// What it is, as far as its keys tell; other YAML is none of our business.
  var kind: Kind {
    if path.hasSuffix("/assay.yaml") || path == "assay.yaml" { return .settings }
    guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") || !uri.hasPrefix("file:") else { return .other }
    var (known, words, unknown) = (Set<String>(), 0, 0)
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let first = line.first, !" \t#-".utf8.contains(first) else { continue }
      let colon = line.firstIndex(of: UInt8(ascii: ":"))
      let key = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
      if colon == nil {
        words += 1
      } else if Self.marks.contains(key) {
        return .task
      } else if Self.keys.contains(key) {
        known.insert(key)
      } else {
        unknown += 1
      }
    }
    if unknown > 0 || words > 1 { return .other }
    return known.count > 1 && known.contains("include") ? .task : .beginning
  }

  /// Whether it is the file of a group, or is becoming one.
  var isGroup: Bool { text.hasPrefix("group:") || text.contains("\ngroup:") }

  /// Every key that task files have at the top.
  private static let keys: Set<String> = {
    let form = TaskForm()
    return Set((form.task + form.group).map(\.name))
  }()

  /// Keys that other YAML files hardly have.
  private static let marks: Set = [
    "task", "group", "dataset_path", "dataset_name", "doc_to_text", "doc_to_target", "doc_to_choice",
    "output_type", "metric_list", "filter_list", "fewshot_config", "generation_kwargs", "process_docs",
    "process_results", "aggregate_metric_list", "num_fewshot", "test_split", "validation_split",
  ]

  /// Takes in what an editor says has changed; false if it cannot be understood.
  mutating func apply(_ changes: [Value], version: Value, _ encoding: PositionEncoding) -> Bool {
    for change in changes {
      guard let new = change.asMap?["text"]?.asString else { return false }
      if let range = change.asMap?["range"], !range.isNull {
        guard let place = Positions(text, encoding).place(range) else { return false }
        var bytes = Array(text.utf8)
        bytes.replaceSubrange(place, with: Array(new.utf8))
        text = String(decoding: bytes, as: UTF8.self)
      } else {
        text = new
      }
    }
    self.version = version
    keepIfSound()
    return true
  }

  private mutating func keepIfSound() { if Self.tree(text) != nil { lastSound = text } }

  static func tree(_ text: String) -> Node? {
    var unused = Findings()
    return parseYAML(Source(name: "", text: text), &unused)
  }
}
