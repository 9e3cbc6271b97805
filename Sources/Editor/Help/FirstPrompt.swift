import Diagnostics
import Exchange
import Lint
import Metrics
import TaskDSL
import Values
import YAML

/// The prompt of a task's first row, as the model reads it.
struct FirstPrompt: Sendable {
  /// On one line, for a lens over the file.
  let title: String
  /// The whole of it; `▏` marks where the prompt ends, `»` what is asked after it.
  let text: String
}

extension Workspace {
  /// Nil where the document is no task.
  func firstPrompt(_ document: OpenDocument) -> FirstPrompt? {
    guard let (leaf, _) = task(document, document.text) else { return nil }
    var findings = Findings()
    var parts = linter.parts
    parts.functions = .noted
    guard let bound = leaf.bind(parts, &findings), !findings.hasErrors else {
      return FirstPrompt(none: "no prompt yet: the file has errors", findings)
    }
    if bound.isCallingFunctions {
      return FirstPrompt(none: "Python functions make this prompt; `assay preview` calls them", Findings())
    }
    var compiler = TaskCompiler(parts: parts, datasets: datasets)
    compiler.options.limit = 1
    compiler.options.allowsUnsafeCode = true
    guard let plan = compiler.compile([.task(leaf)], &findings), let task = plan.tasks.first,
      let document = task.documents.first
    else { return FirstPrompt(none: "no prompt", findings) }
    return FirstPrompt(plan, task, document)
  }
}

extension FirstPrompt {
  fileprivate init(none reason: String, _ findings: Findings) {
    let first = findings.sorted.first { $0.severity == .error }
    title = first.map { "\(reason): \($0.message)" } ?? reason
    text = title + "\n"
  }

  fileprivate init(_ plan: Plan, _ task: PlannedTask, _ document: PlannedDocument) {
    let requests = document.requests.compactMap(\.first).map { plan.graph.requests[$0] }
    var text = ""
    var end = ""
    for (number, request) in requests.enumerated() {
      switch request.ask {
      case .loglikelihoodRolling(let whole):
        text += whole + "\n"
        end = String(whole.prefix(60))
      case .loglikelihood(let context, let continuation):
        if number == 0 || task.hasManyInputs { text += context.text + "▏\n" }
        text += "» \(pythonRepr(continuation))\n"
        end = String(context.text.suffix(60)) + "▏"
      case .generate(let context, let options):
        text += context.text + "▏\n» until \(options.until.map(pythonRepr).joined(separator: ", "))\n"
        end = String(context.text.suffix(60)) + "▏"
      }
    }
    if task.outputType != .loglikelihoodRolling { text += "gold: \(Self.gold(task, document))\n" }
    self.text = text
    title = "first prompt: …" + end.replacing("\n", with: "⏎")
  }

  private static func gold(_ task: PlannedTask, _ document: PlannedDocument) -> String {
    let gold = task.hasManyInputs ? document.question : document.target
    if let choices = document.choices, let index = gold.asInt, choices.indices.contains(index) {
      return "\(index) \(pythonRepr(choices[index]))"
    }
    return gold.repr
  }
}
