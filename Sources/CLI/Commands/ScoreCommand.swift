import ArgumentParser

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score the kept answers of a run again, without a model.",
    discussion: """
      Tasks are read anew, so that changed filters and metrics count; changed prompts have no answers. Further flags are \
      those of `run` and count before the run's own: `--tasks`, `--include_path`, `--bootstrap_iters`, `--output_path`, \
      `--log_samples` and so on.
      Exits with 1 when the tasks cannot be scored, 3 when documents are missing from the scores.
      """)

  @Argument(
    help: ArgumentHelp(
      "The run's folder (the last run in it is meant), its answers_*.jsonl or its results_*.json.",
      valueName: "run"))
  var path: String

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Flags of `run`, laid over those of the run.", valueName: "flags"))
  var flags: [String] = []

  func run() throws { try KeptRun(path).score(flags, isWhole: false) }
}
