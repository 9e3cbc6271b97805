import Foundation
import Runs
public import Values

/// The tables of a run, made of a results file: one of all tasks and groups, one of the groups that aggregate.
public struct ResultsTable: Sendable {
  private let file: OrderedMap

  public init(_ file: Value) { self.file = file.asMap ?? OrderedMap() }

  /// Each table with an empty line behind it.
  public var text: String {
    table("results", "Tasks") + "\n" + (file["groups"] == nil ? "" : table("groups", "Groups") + "\n")
      + footnotes
  }

  /// What the numbers leave out, and which answers were odd: a line for each task that has such.
  private var footnotes: String {
    var lines: [String] = []
    for (task, counts) in file["answers"]?.asMap ?? OrderedMap() {
      func count(_ key: String) -> Int { counts.asMap?[key]?.asInt ?? 0 }
      var parts: [String] = []
      if count("missing") > 0 {
        parts.append("\(count("missing")) of \(count("documents")) documents are missing from these scores")
      }
      for (note, words) in [
        ("truncated", "ended at the length limit"), ("empty", "empty"), ("refused", "refused"),
      ]
      where count(note) > 0 {
        parts.append("\(count(note)) answer\(count(note) == 1 ? "" : "s") \(words)")
      }
      if !parts.isEmpty { lines.append("\(task.text): \(parts.joined(separator: "; "))\n") }
    }
    return lines.isEmpty ? "" : lines.joined() + "\n"
  }

  private func table(_ key: String, _ header: String) -> String {
    let entries = file[key]?.asMap ?? OrderedMap()
    let lines = ordered(entries).flatMap { name, depth in
      rows(name, depth, entries[name]?.asMap ?? OrderedMap())
    }
    let headers = [header, "Version", "Filter", "n-shot", "Metric", "", "Value", "", "Stderr"]
    return MarkdownTable(headers: headers, rows: lines).text
  }

  /// Names with how deep they stand: groups from the outside in, their members by name, then the tasks left over.
  private func ordered(_ entries: OrderedMap) -> [(name: String, depth: Int)] {
    let groups = file["group_subtasks"]?.asMap ?? OrderedMap()
    func members(_ name: String) -> [String] {
      (groups[name]?.asList ?? []).map(\.text).sorted(by: precedes)
    }
    let inner = Set(groups.keys.flatMap { members($0.text) }.map(ExactText.init))
    // What stands in several groups is as deep as where it comes last.
    var depths: [ExactText: Int] = [:]
    var out: [String] = []
    func walk(_ name: String, _ depth: Int) {
      depths[ExactText(name)] = depth
      if entries[name] != nil { out.append(name) }
      for member in members(name) { walk(member, depth + 1) }
    }
    for name in groups.keys.map(\.text).sorted(by: precedes) where !inner.contains(ExactText(name)) {
      walk(name, 0)
    }
    out += entries.keys.map(\.text).sorted(by: precedes).filter { depths[ExactText($0)] == nil }
    return out.map { ($0, depths[ExactText($0)] ?? 0) }
  }

  /// Keys of a row that are no numbers.
  private static let names: Set = ["alias", "name", "sample_len", "sample_count"]

  private func rows(_ name: String, _ depth: Int, _ row: OrderedMap) -> [[Value]] {
    let lead = depth > 0 ? String(repeating: " ", count: depth) + "- " : ""
    let version = file["versions"]?.asMap?[name] ?? "    N/A"
    let shots = Value.string(file["n-shot"]?.asMap?[name]?.text ?? " ")
    let directions = file["higher_is_better"]?.asMap?[name]?.asMap
    var rows: [[Value]] = []
    for (key, value) in row.sorted(by: { precedes($0.0.text, $1.0.text) })
    where !Self.names.contains(key.text) {
      let parts = key.text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      let metric = String(parts[0])
      let filter = parts.count > 1 ? String(parts[1]) : ""
      if metric.hasSuffix("_stderr") { continue }
      let arrow: Value
      switch directions?[metric] {
      case .bool(let isHigher)?: arrow = isHigher ? "↑" : "↓"
      default: arrow = ""
      }
      let error = row["\(metric)_stderr,\(filter)"]
      rows.append([
        rows.isEmpty ? .string(lead + (row["alias"]?.text ?? name)) : "", rows.isEmpty ? version : "",
        .string(filter), shots, .string(metric), arrow, Self.written(value), error == nil ? "" : "±",
        error.map { $0 == "N/A" ? "   N/A" : Self.written($0) } ?? "",
      ])
    }
    return rows
  }

  /// Four decimals, which the table then takes for the number.
  private static func written(_ value: Value) -> Value {
    if case .double(let number) = value { .string(fixed(number, 4)) } else { value }
  }
}

/// A number with so many decimals, rounded as C's `printf` does.
public func fixed(_ number: Double, _ decimals: Int) -> String {
  number.isFinite ? String(format: "%.\(decimals)f", number) : pythonRepr(number)
}
