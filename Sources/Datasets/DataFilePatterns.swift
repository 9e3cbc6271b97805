import Diagnostics
import Schema
import YAML

/// What `data_files` may be: a path, a list of paths, a mapping from splits to them, or a list of `split` and `path`.
struct DataFilePatterns {
  private(set) var splits: [(split: String, patterns: [Located<String>])] = []

  init?(_ node: Node, _ findings: inout Findings) {
    let before = findings.all.count
    if let entries = node.entries {
      for entry in entries { splits.append((entry.key.value, paths(entry.value, &findings))) }
    } else if let items = node.items, items.contains(where: { $0.entries != nil }) {
      for item in items {
        guard let split = item["split"]?.text, let path = item["path"] else {
          findings.add(.badDataFiles(item))
          continue
        }
        splits.append((split.text, paths(path, &findings)))
      }
    } else {
      splits = [("train", paths(node, &findings))]
    }
    if findings.all.count > before || splits.isEmpty { return nil }
  }

  private func paths(_ node: Node, _ findings: inout Findings) -> [Located<String>] {
    let nodes = node.items ?? [node]
    if nodes.isEmpty { findings.add(.badDataFiles(node)) }
    return nodes.compactMap { node in
      guard let text = node.text, !text.text.isEmpty else {
        findings.add(.badDataFiles(node))
        return nil
      }
      guard !text.text.contains("://") || HubFile(text.text) != nil else {
        findings.add(
          .fileFromNetwork(node.span, help: "download the file and name it relative to the task"))
        return nil
      }
      return Located(text.text, at: node.span)
    }
  }
}

/// A file of a data set on the hub: `hf://datasets/OWNER/NAME/PATH`, perhaps with a revision after an `@`.
struct HubFile {
  /// The path below a mirror.
  let path: String

  init?(_ text: String) {
    let start = "hf://datasets/"
    guard text.hasPrefix(start) else { return nil }
    var parts = text.dropFirst(start.count).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 2, !parts.contains("..") else { return nil }
    parts[1] = parts[1].prefix { $0 != "@" }
    path = parts.joined(separator: "/")
  }
}

extension Diagnostic {
  static func fileFromNetwork(_ span: SourceSpan, help: String) -> Diagnostic {
    .error(
      "bad-data-files", "this version does not fetch data files from the network", at: span, help: help)
  }

  fileprivate static func badDataFiles(_ node: Node) -> Diagnostic {
    .error(
      "bad-data-files", "expected a path or a list of paths, found \(node.kind)", at: node.span,
      help: "write `data_files: rows.jsonl`, or a mapping such as `test: rows.jsonl`")
  }
}
