import Metrics

/// The files of a new task, which run as they are and say what to change.
public struct Starter: Sendable {
  /// One file, by its name in the task's folder.
  public struct File: Sendable {
    public let name: String
    public let text: String

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text + "\n"
    }
  }

  public let name: String
  public let files: [File]
  /// Whether it is called by its name, as a group is, or by its file.
  public let isGroup: Bool

  /// What to start a task of one kind with; nil for a kind that nobody starts.
  public static func task(_ name: String, outputType: String) -> Starter? {
    switch OutputType(rawValue: outputType) {
    case .multipleChoice: multipleChoice(name)
    case .generateUntil: writtenAnswer(name)
    case .loglikelihood: likelyEnding(name)
    case .loglikelihoodRolling: likelyText(name)
    case nil: nil
    }
  }

  /// The names of `output_type`, the usual first.
  public static let outputTypes = [
    "multiple_choice", "generate_until", "loglikelihood", "loglikelihood_rolling",
  ]

  init(_ name: String, isGroup: Bool = false, _ files: [File]) {
    self.name = name
    self.isGroup = isGroup
    self.files = files
  }

  /// What is said of the rows at the head of every kind of task.
  static func data(hasExamples: Bool) -> String {
    hasExamples
      ? """
      # Where the rows are: files beside this one, or the name of a data set such as `openai/gsm8k`. A row is one line of
      # JSON; what stands there under a name, a column, is written `{{name}}` below.
      dataset_path: json
      dataset_kwargs:
        data_files:
          train: examples.jsonl
          test: rows.jsonl
      # The rows of `test_split` are evaluated. Those of `training_split` are examples, of which so many stand in each prompt;
      # `--num_fewshot` asks for another number.
      training_split: train
      test_split: test
      num_fewshot: 2
      """
      : """
      # Where the rows are: a file beside this one, or the name of a data set such as `openai/gsm8k`. A row is one line of
      # JSON; what stands there under a name, a column, is written `{{name}}` below.
      dataset_path: json
      dataset_kwargs:
        data_files:
          test: rows.jsonl
      test_split: test
      # No examples stand in the prompts: there are no rows but those that are evaluated.
      num_fewshot: 0
      """
  }

  static let version = """
    # Goes up when scores can no longer be compared with those before. It stands in every table of results.
    metadata:
      version: 1.0
    """
}
