import Datasets
import Diagnostics
import Exchange
import Runs
import TaskDSL
import Values
import YAML

extension Inspection {
  /// Looks at the rows of a task, as far as they are at hand, and at what they become.
  func inspectRows(of task: TaskContext, _ outcome: inout Outcome) {
    guard let datasets = request.datasets else { return }
    if task.leaf.isClass { return outcome.withPython.append(task.name) }
    guard let bound = task.bound else {
      task.leaf.checkSplits(in: datasets, &outcome.findings)
      return
    }
    guard let parts = rowParts(of: bound, task, &outcome) else {
      bound.checkSplits(in: datasets, &outcome.findings)
      return
    }
    let isAtHand = bound.data.map { datasets.isAtHand($0) } ?? bound.isCallingFunctions
    guard isAtHand, let split = task.evaluated?.plainText else {
      outcome.withoutData.append(task.name)
      return
    }
    // The few-shot part may name another split than the task does.
    if task.fewshot("split") == nil { bound.checkSplits(in: datasets, &outcome.findings) }
    var compiler = TaskCompiler(parts: parts, options: request.options, datasets: datasets)
    compiler.options.limit = Double(request.rowCount)
    // Findings of its own: the compiler gives no plan where there are errors, also those of other tasks.
    var own = Findings()
    let plan = compiler.compile([.task(task.leaf)], &own)
    outcome.findings.add(contentsOf: own)
    guard let data = bound.data else { return }
    // What is wrong with the rows has just been said.
    var said = Findings()
    guard let rows = datasets.rows(Located(split.text, at: split.span), of: data, &said) else { return }
    let poolSplit = ["fewshot_split", "training_split", "validation_split"].lazy.compactMap { task.text($0) }
      .first
    let pool = poolSplit.flatMap {
      $0.text == split.text ? nil : datasets.rows(Located($0.text, at: $0.span), of: data, &said)
    }
    var context = RowsContext(
      task: task, rows: rows, pool: pool, plan: plan?.tasks.first, requests: plan?.graph.requests ?? [])
    if let planned = plan?.tasks.first {
      let test = SelfTest(planned, requests: context.requests) {
        examples(of: planned, task, compiler, context)
      }
      let result = test.run()
      context.selfTest = result
      outcome.selfTests.append(result)
    }
    for rule in rules { rule.check(context, &outcome.findings) }
  }

  /// Looks at how a task and the model fit together.
  func inspect(_ task: TaskContext, with model: BackendFit, _ outcome: inout Outcome) {
    guard let bound = task.bound, !task.leaf.isClass else { return }
    var plan: Plan?
    // What stands in the way of a plan has been said where the rows were looked at.
    var said = Outcome()
    if let datasets = request.datasets, let parts = rowParts(of: bound, task, &said),
      bound.data.map({ datasets.isAtHand($0) }) ?? true
    {
      var compiler = TaskCompiler(parts: parts, options: request.options, datasets: datasets)
      compiler.options.limit = request.rowCountForModel.map(Double.init)
      plan = compiler.compile([.task(task.leaf)], &said.findings)
    }
    let context = ModelContext(
      task: task, bound: bound, plan: plan?.tasks.first, requests: plan?.graph.requests ?? [], model: model)
    for rule in rules { rule.check(context, &outcome.findings) }
  }

  /// The parts that rows are made with; nil where functions would have to be called and may not be.
  private func rowParts(of bound: BoundTask, _ task: TaskContext, _ outcome: inout Outcome) -> Parts? {
    guard bound.isCallingFunctions else { return parts }
    if bound.definition.isUnsafe, !request.allowsUnsafeCode {
      outcome.withUnsafeCode.append(task.name)
      return nil
    }
    if case .noted = request.functions {
      outcome.withPython.append(task.name)
      return nil
    }
    var parts = parts
    parts.functions = request.functions
    return parts
  }

  /// The answers of a few examples in the words in which prompts show them.
  private func examples(
    of planned: PlannedTask, _ task: TaskContext, _ compiler: TaskCompiler, _ context: RowsContext
  ) -> [String] {
    var requests = context.requests
    if planned.shots == 0 {
      var compiler = compiler
      var unused = Findings()
      compiler.options.limit = 1
      compiler.options.shots = 3
      requests = compiler.compile([.task(task.leaf)], &unused)?.graph.requests ?? []
    }
    guard case .generate(let prompt, _)? = requests.first?.ask else { return [] }
    let delimiter =
      planned.configuration["fewshot_config"]?.asMap?["fewshot_delimiter"]?.asString
      ?? planned.configuration["fewshot_delimiter"]?.asString ?? ""
    let prefix = prompt.pieces.last { $0.origin == .answerPrefix }?.text ?? ""
    return prompt.pieces.compactMap { piece in
      guard case .shotAnswer(let shot) = piece.origin, shot < 3 else { return nil }
      var text = piece.text[...]
      if !delimiter.isEmpty, text.hasSuffix(delimiter) { text = text.dropLast(delimiter.count) }
      if !prefix.isEmpty, text.hasPrefix(prefix) { text = text.dropFirst(prefix.count) }
      return String(text)
    }
  }
}
