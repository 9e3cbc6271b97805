import ArgumentParser
import Diagnostics
import TaskDSL
import Values

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show the exact prompts of tasks.",
    discussion: """
      Shows the first document of each task, or as many as --limit says. On a terminal pieces are coloured by where they \
      come from: system and description, examples, question, start of the answer; `▏` marks where the prompt ends. \
      Nothing is run.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Prompts") var prompts: PromptOptions
  @OptionGroup(title: "Prompts") var compatibility: CompatibilityOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  @OptionGroup var file: ConfigurationOptions

  @Option(help: "How to print it.")
  var format = Format.text

  func validate() throws { try tasks.requireNames() }

  func run() async throws {
    let options = compatibility.over(try prompts.compileOptions(model, defaultLimit: 1))
    let plan = try tasks.plan(options, seeds: try prompts.seeds()).plan
    let paint = Surroundings.paint(isTerminal: Surroundings.isOutputTerminal)
    let count = try model.tokenCount()
    var values: [Value] = []
    for task in plan.tasks {
      let view = PromptView(plan: plan, task: task, tokenCount: count)
      for index in task.documents.indices {
        switch format {
        case .text: print(view.text(ofDocument: index, paint))
        case .json: values.append(view.value(ofDocument: index))
        }
      }
    }
    if format == .json { print(Value.list(values).json(indent: 2)) }
  }
}
