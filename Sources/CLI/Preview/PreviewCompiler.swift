import ArgumentParser
import Diagnostics
import Exchange
import Reports
import TaskDSL
import Values

/// Compiles tasks one by one for a preview: what one of them lacks takes none of the others with it.
struct PreviewCompiler {
  let tasks: TaskOptions
  let options: CompileOptions
  let seeds: [Int?]
  /// The rows that are wanted by their numbers; empty for as many as the limit says.
  let documents: [Int]
  let answers: GivenAnswers
  let tokens: (any TokenFormat)?

  /// What can be shown, and whether anything is missing that was asked for.
  struct Outcome {
    var previews: [TaskPreview] = []
    var isComplete = true
  }

  /// - Parameter names: tasks, groups, files and folders; findings are printed.
  func outcome(of names: [String], folders: FolderOptions? = nil) throws -> Outcome {
    var index = (folders ?? tasks.folders).index()
    try (folders ?? tasks.folders).requireFolders(of: index)
    var findings = Findings()
    let members = index.select(names, &findings)
    findings.settleBeyondStandard(areErrors: options.areExtensionsErrors)
    if findings.hasErrors {
      FindingsPrinter(sources: index.sources).print(findings)
      throw ExitCode(1)
    }
    let datasets = tasks.datasets
    var parts = Parts()
    parts.functions = tasks.python.support(folders: index.folders, datasets: datasets, seeds: seeds)
    let compiler = TaskCompiler(parts: parts, options: options, datasets: datasets)
    var outcome = Outcome()
    for member in members {
      for (leaf, groups) in Self.leaves(of: member, []) {
        try add(leaf, groups, compiler, &findings, &outcome)
      }
    }
    FindingsPrinter(sources: index.sources).print(findings)
    return outcome
  }

  private static func leaves(of member: Member, _ path: [String]) -> [(LeafTask, [String])] {
    switch member {
    case .task(let leaf): [(leaf, path)]
    case .group(let group): group.members.flatMap { leaves(of: $0, path + [group.name]) }
    }
  }

  private func add(
    _ leaf: LeafTask, _ groups: [String], _ compiler: TaskCompiler, _ findings: inout Findings,
    _ outcome: inout Outcome
  ) throws {
    var own = Findings()
    var compiler = compiler
    // Examples are drawn for one row after another, so that those before a row that is wanted count.
    if let last = documents.max() { compiler.options.limit = Double(last + 1) }
    let plan = compiler.compile([.task(leaf)], &own)
    findings.add(contentsOf: own)
    guard let plan, let task = plan.tasks.first else {
      outcome.isComplete = false
      guard let outline = compiler.outline(of: leaf) else { return }
      let reasons = own.sorted.filter { $0.severity == .error }.map(\.message)
      var preview = PreviewMaker(tokens: tokens).preview(of: leaf, outline, missing: reasons)
      preview.groups = groups
      outcome.previews.append(preview)
      return
    }
    let places = places(in: task, &outcome)
    let order = Dictionary(
      places.enumerated().map { (task.documents[$1].id, $0) }, uniquingKeysWith: { first, _ in first })
    let answers = answers
    let maker = PreviewMaker(tokens: tokens) { name, document in
      answers.answers(task: name, document: document, order: order[document] ?? 0)
    }
    do throws(BackendError) {
      var preview = try maker.preview(of: task, in: plan.graph, documents: places)
      preview.groups = groups
      outcome.previews.append(preview)
    } catch {
      Failure.say(error)
      throw ExitCode(error.exitCode)
    }
  }

  private func places(in task: PlannedTask, _ outcome: inout Outcome) -> [Int] {
    guard !documents.isEmpty else { return Array(task.documents.indices) }
    let wanted = Set(documents)
    for number in wanted.sorted() where number >= task.originalCount {
      Failure.say(
        "the task `\(task.name)` has no row \(number)",
        "its rows are numbered from 0 to \(task.originalCount - 1)")
      outcome.isComplete = false
    }
    return task.documents.indices.filter { wanted.contains(task.documents[$0].id) }
  }
}
