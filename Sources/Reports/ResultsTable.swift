import Foundation
import Metrics
public import Runs
import TaskDSL
import Values

extension RunResults {
  /// The results as Markdown tables: all tasks and groups, then the groups that aggregate.
  public var tables: String {
    var rows: [[String]] = []
    var groupRows: [[String]] = []
    for (name, depth) in ordered {
      let lines = self.rows(of: name, depth)
      rows += lines
      if groups.contains(where: { $0.group.name == name }) { groupRows += lines }
    }
    let first = MarkdownTable(headers: Self.headers("Tasks"), rows: rows).text
    return groupRows.isEmpty
      ? first : first + "\n" + MarkdownTable(headers: Self.headers("Groups"), rows: groupRows).text
  }

  private static func headers(_ kind: String) -> [String] {
    [kind, "Version", "Filter", "n-shot", "Metric", "", "Value", "", "Stderr"]
  }

  /// Names with how deep they stand: groups from the outside in, their members by name, then the tasks left over.
  private var ordered: [(name: String, depth: Int)] {
    let byName = Dictionary(groups.map { ($0.group.name, $0.group) }) { first, _ in first }
    let inner = Set(groups.flatMap(\.group.children))
    var seen = Set<String>()
    var out: [(String, Int)] = []
    func walk(_ name: String, _ depth: Int) {
      guard seen.insert(name).inserted else { return }
      out.append((name, depth))
      for child in (byName[name]?.children ?? []).sorted(by: precedes) { walk(child, depth + 1) }
    }
    for name in byName.keys.sorted(by: precedes) where !inner.contains(name) { walk(name, 0) }
    for name in tasks.map(\.task.name).sorted(by: precedes) { walk(name, 0) }
    return out
  }

  private func rows(of name: String, _ depth: Int) -> [[String]] {
    let lead = depth > 0 ? String(repeating: " ", count: depth) + "- " : ""
    if let task = tasks.first(where: { $0.task.name == name }) {
      return rows(
        lead + (task.task.alias ?? name), task.task.metadata["version"]?.text ?? "Yaml", "\(task.task.shots)",
        task.scores)
    }
    guard let group = groups.first(where: { $0.group.name == name }) else { return [] }
    let shots = Set(tasks.filter { group.group.leaves.contains($0.task.name) }.map(\.task.shots))
    return rows(
      lead + (group.group.alias ?? name), group.group.definition.metadata["version"]?.text ?? "N/A",
      shots.count == 1 ? "\(shots.first ?? 0)" : "", group.scores.map(\.score))
  }

  private func rows(_ name: String, _ version: String, _ shots: String, _ scores: [Score]) -> [[String]] {
    scores.sorted { precedes($0.key, $1.key) }.enumerated().map { index, score in
      [
        index == 0 ? name : "", index == 0 ? version : "", score.filter, shots, score.metric,
        score.isHigherBetter.map { $0 ? "↑" : "↓" } ?? "", fixed(score.value, 4), "±",
        score.standardError.map { fixed($0, 4) } ?? "N/A",
      ]
    }
  }
}

/// A number with so many decimals, rounded as C's `printf` does.
public func fixed(_ number: Double, _ decimals: Int) -> String {
  number.isFinite ? String(format: "%.\(decimals)f", number) : pythonRepr(number)
}
