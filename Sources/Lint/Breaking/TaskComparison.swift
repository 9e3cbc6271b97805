import Datasets
import Diagnostics
import TaskDSL
import Values
import YAML

/// One task as it was and as it is.
struct TaskComparison {
  let old, new: LeafTask
  let oldDatasets, newDatasets: DatasetStore
  let parts: Parts
  /// How many rows of each task are turned into prompts.
  let rowCount: Int

  /// What came of it.
  struct Outcome {
    var changes: [Change] = []
    /// What is wrong with the new version, so that there was nothing to compare.
    var mistakes: [Diagnostic] = []
    /// Whether the old version could not be used.
    var wasBroken = false
    /// What prompts were compared by.
    var basis = BreakingReport.Basis.none
  }

  var outcome: Outcome {
    var outcome = Outcome()
    let isSameText = old.node.value == new.node.value
    var mistakes = Findings()
    var unused = Findings()
    let before = old.bind(parts, &unused)
    let after = new.bind(parts, &mistakes)
    guard let after else {
      if old.bind(parts, &unused) != nil {
        outcome.mistakes = mistakes.all.filter { $0.severity == .error }
      } else {
        outcome.wasBroken = true
      }
      return outcome
    }
    guard let before else {
      outcome.wasBroken = true
      return outcome
    }
    outcome.changes = functionChanges
    if !isSameText { outcome.changes += SettingsComparison(old: before, new: after, parts: parts).changes }
    let isSameData = !outcome.changes.contains { $0.code == "data-changed" }
    if isSameData { outcome.changes += rowChanges(before, after) }
    if isSameText, outcome.changes.isEmpty { return outcome }
    comparePrompts(before, after, isSameData: isSameData, isSameText: isSameText, &outcome)
    outcome.changes = Self.withoutRepeatedExamples(outcome.changes)
    return outcome
  }

  /// That examples changed is told once, by what changed them.
  private static func withoutRepeatedExamples(_ changes: [Change]) -> [Change] {
    var isTold = false
    return changes.filter { change in
      guard change.code == "examples-changed" else { return true }
      defer { isTold = true }
      return !isTold
    }
  }

  // MARK: - Functions and rows

  /// Functions are compared by the files that hold them: nobody has allowed to run them.
  private var functionChanges: [Change] {
    let names = { (path: String) in Paths.name(of: path) }
    let before = old.functionFiles
    return new.functionFiles.compactMap { path in
      guard let earlier = before.first(where: { names($0) == names(path) }),
        let a = LeafTask.text(at: earlier), let b = LeafTask.text(at: path), !sameBytes(a, b)
      else { return nil }
      let lines = (a.split(separator: "\n"), b.split(separator: "\n"))
      let first = zip(lines.0, lines.1).first { $0 != $1 }
      return Change(
        "function-changed", "the Python file `\(names(path))` changed, so its functions may",
        key: "task", before: first.map { String($0.0.prefix(120)) },
        after: first.map { String($0.1.prefix(120)) })
    }
  }

  private func rowChanges(_ before: BoundTask, _ after: BoundTask) -> [Change] {
    guard let oldData = before.data, let newData = after.data, oldDatasets.isAtHand(oldData),
      newDatasets.isAtHand(newData)
    else { return [] }
    let keys = after.definition.data
    guard let evaluated = keys.test ?? keys.validation else { return [] }
    var unused = Findings()
    guard let a = oldDatasets.rows(evaluated, of: oldData, &unused)?.rows,
      let b = newDatasets.rows(evaluated, of: newData, &unused)?.rows
    else { return [] }
    if a.count != b.count {
      return [
        Change(
          "data-changed", "the split `\(evaluated.value)` has \(b.count) rows, and had \(a.count)",
          key: "dataset_path")
      ]
    }
    let differing = a.indices.filter { a[$0] != b[$0] }
    guard let first = differing.first else { return [] }
    let (x, y) = Change.shown(Value.map(a[first]).json(), Value.map(b[first]).json())
    return [
      Change(
        "data-changed",
        "\(differing.count) of \(b.count) rows of `\(evaluated.value)` changed, the first is row \(first)",
        key: "dataset_path", before: x, after: y)
    ]
  }

  // MARK: - Prompts

  private static let promptKeys = [
    "description", "doc_to_text", "doc_to_target", "doc_to_choice", "gen_prefix", "target_delimiter",
    "fewshot_delimiter", "process_docs", "use_prompt", "fewshot_config", "fewshot_split", "custom_dataset",
  ]

  /// Prompts are compared over the same rows, so that other rows do not pass for another way of asking.
  private func comparePrompts(
    _ before: BoundTask, _ after: BoundTask, isSameData: Bool, isSameText: Bool, _ outcome: inout Outcome
  ) {
    if isSameText { return }
    if before.isCallingFunctions || after.isCallingFunctions {
      outcome.basis = .text
      outcome.changes += textChanges
      return
    }
    var datasets = newDatasets
    var isReal = isSameData && after.data.map { newDatasets.isAtHand($0) } ?? false
    if isReal, compiled(old.asIf(in: new.file), datasets, shots: nil) == nil { isReal = false }
    if !isReal {
      let columns = after.readColumns + before.readColumns.filter { !after.readColumns.contains($0) }
      var options = CompileOptions()
      options.shots = nil
      guard let made = TrialRows(old: old, new: new, parts: parts, options: options).store(columns) else {
        outcome.basis = .text
        outcome.changes += textChanges
        return
      }
      datasets = made
    }
    guard let a = compiled(old.asIf(in: new.file), datasets, shots: nil),
      let b = compiled(new, datasets, shots: nil)
    else {
      outcome.basis = .text
      outcome.changes += textChanges
      return
    }
    outcome.basis = isReal ? .rows : .trialRows
    let word = isReal ? "row" : "trial row"
    outcome.changes += PromptComparison(old: a, new: b, rowWord: word).changes
    compareExamples(datasets, word, isShown: (b.tasks.first?.shots ?? 0) > 0, &outcome)
  }

  /// Examples show only where they are asked for, which a run may do for any task that does not forbid it.
  private func compareExamples(
    _ datasets: DatasetStore, _ word: String, isShown: Bool, _ outcome: inout Outcome
  ) {
    // Examples are phrased as questions and answers are, so that a change of those is theirs too.
    let isPhrasing = outcome.changes.contains { ["prompt-changed", "answer-changed"].contains($0.code) }
    guard !isShown, !isPhrasing, let a = compiled(old.asIf(in: new.file), datasets, shots: 2),
      let b = compiled(new, datasets, shots: 2)
    else { return }
    outcome.changes += PromptComparison(old: a, new: b, rowWord: word, isAboutExamples: true).changes
  }

  private func compiled(_ leaf: LeafTask, _ datasets: DatasetStore, shots: Int?) -> Plan? {
    var compiler = TaskCompiler(parts: parts, datasets: datasets)
    compiler.options.limit = Double(rowCount)
    compiler.options.shots = shots
    var unused = Findings()
    return compiler.compile([.task(leaf)], &unused)
  }

  /// Where nothing can be compiled, the keys that make prompts are compared as they are written.
  private var textChanges: [Change] {
    Self.promptKeys.compactMap { key in
      let (before, after) = (old.node[key]?.value ?? .null, new.node[key]?.value ?? .null)
      guard before != after else { return nil }
      let (a, b) = Change.shown(before.repr, after.repr)
      let isTarget = key == "doc_to_target"
      let code: Diagnostic.Code =
        key.hasPrefix("fewshot") ? "examples-changed" : isTarget ? "answer-changed" : "prompt-changed"
      return Change(code, "`\(key)` changed", key: key, before: a, after: b)
    }
  }
}
