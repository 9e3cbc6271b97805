import Diagnostics
import Dispatch
import Exchange
import Runs
import Synchronization
import TaskDSL

/// Takes the rules to one part after the other, on all processors.
struct Inspection: Sendable {
  let rules: [any Rule]
  let parts: Parts
  let request: LintRequest
  let index: TaskIndex

  struct Outcome: Sendable {
    var findings = Findings()
    var withoutData: [String] = []
    var withPython: [String] = []
    var withUnsafeCode: [String] = []
    var selfTests: [SelfTestResult] = []
  }

  func run(_ units: [Survey.Unit], in tree: TreeContext) -> Outcome {
    let size = 32
    let outcomes = Mutex<[Int: Outcome]>([:])
    // What is asked of the tree as a whole is one more part, and the longest.
    DispatchQueue.concurrentPerform(iterations: 1 + (units.count + size - 1) / size) { run in
      var outcome = Outcome()
      if run == 0 {
        for rule in rules { rule.check(tree, &outcome.findings) }
      } else {
        for unit in units[(run - 1) * size..<min(units.count, run * size)] { inspect(unit, &outcome) }
      }
      outcomes.withLock { [outcome] in $0[run] = outcome }
    }
    var whole = Outcome()
    let all = outcomes.withLock { $0 }
    for run in all.keys.sorted() {
      guard let outcome = all[run] else { continue }
      whole.findings.add(contentsOf: outcome.findings)
      whole.withoutData += outcome.withoutData
      whole.withPython += outcome.withPython
      whole.withUnsafeCode += outcome.withUnsafeCode
      whole.selfTests += outcome.selfTests
    }
    return whole
  }

  private func inspect(_ unit: Survey.Unit, _ outcome: inout Outcome) {
    switch unit {
    case .file(let file): for rule in rules { rule.check(file, &outcome.findings) }
    case .group(let group):
      _ = GroupDefinition.read(group, &outcome.findings)
      let context = GroupContext(group: group, index: index)
      for rule in rules { rule.check(context, &outcome.findings) }
    case .base(let leaf):
      // What is missing comes from the files that include it; what is there can be wrong by itself.
      var bound = Findings()
      _ = leaf.bind(parts, &bound)
      for finding in bound.all where !Self.isOfWhole(finding) { outcome.findings.add(Self.asAdvice(finding)) }
    case .task(let leaf):
      var bound = Findings()
      let task = TaskContext(leaf, leaf.bind(parts, &bound))
      bound.settleBeyondStandard(areErrors: request.options.areExtensionsErrors)
      for finding in bound.all { outcome.findings.add(Self.asAdvice(finding)) }
      for rule in rules where !leaf.isClass || Self.classFamilies.contains(type(of: rule).family) {
        rule.check(task, &outcome.findings)
      }
      if request.datasets != nil { inspectRows(of: task, &outcome) }
      if let model = request.model { inspect(task, with: model, &outcome) }
    }
  }

  /// What there is to say of a task that is a Python class: the meaning of its other keys is the class's own.
  private static let classFamilies: Set<Family> = [.names, .python, .safety]

  /// Whether a finding is about how the keys of a task fit together, of which a base has only some.
  private static func isOfWhole(_ finding: Diagnostic) -> Bool {
    switch finding.code.name {
    case "missing-key": finding.message.contains("is required") || finding.message.contains("which split")
    case "unknown-metric": finding.fix == nil
    default: ["metric-does-not-fit", "argument-has-no-effect"].contains(finding.code.name)
    }
  }

  /// What Assay does not do yet is no mistake of whoever wrote the task.
  private static func asAdvice(_ finding: Diagnostic) -> Diagnostic {
    guard ["python-function", "hf-evaluate-unavailable"].contains(finding.code) else {
      return finding
    }
    var advice = finding
    advice.severity = .warning
    return advice
  }
}
