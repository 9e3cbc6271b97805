// Runs the demo's choices on a backend of one's own: the shortest continuation is always the likeliest.
import Datasets
import Diagnostics
import Exchange
import Runs
import TaskDSL

struct ShortestAnswer: Backend {
  var abilities: Abilities { [.loglikelihood] }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    for (index, request) in requests.enumerated() {
      guard case .loglikelihood(_, let continuation) = request.ask else { continue }
      delivery.answer(index, .loglikelihood(-Double(continuation.utf8.count), isGreedy: false))
    }
  }
}

var index = TaskIndex(roots: [CommandLine.arguments.dropFirst().first ?? "TaskLibrary"])
var findings = Findings()
let members = index.select(["demo_choices"], &findings)
let compiler = TaskCompiler(
  options: CompileOptions(limit: 50), datasets: DatasetStore(mirrors: [], workingDirectory: "."))

guard let plan = compiler.compile(members, &findings) else {
  for finding in findings.sorted { print(finding.terminal(in: index.sources)) }
  throw BackendError(.unusable, "the tasks do not compile")
}
let results = try await Evaluation(plan: plan, backend: ShortestAnswer()).run()
for task in results.tasks {
  for score in task.scores {
    print(task.task.name, score.key, score.number ?? .nan, score.standardError ?? .nan)
  }
}
