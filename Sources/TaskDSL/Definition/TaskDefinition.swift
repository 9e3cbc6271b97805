public import Diagnostics
public import Metrics
public import Schema
public import Values
public import YAML

/// A task file's keys, typed and with their places; names in it are not yet looked up.
public struct TaskDefinition: Sendable {
  public let task: Located<String>
  public let alias: String?
  public let data: DataKeys
  public let prompt: PromptKeys
  public let scoring: ScoringKeys
  public let metadata: OrderedMap
  /// Whether scoring it executes what a model writes; anything but `false` says so.
  public let isUnsafe: Bool

  /// Where the documents come from.
  public struct DataKeys: Sendable {
    public let path: Located<String>?
    public let name: Located<String>?
    public let arguments: Node?
    public let training, validation, test, fewshot: Located<String>?
    /// Makes the data in the place of `dataset_path`.
    public let custom: FieldSource?
    /// Changes the rows of every split.
    public let process: ProcessSource?
  }

  /// How documents become prompts.
  public struct PromptKeys: Sendable {
    public internal(set) var docToText, docToTarget: FieldSource?
    public let docToChoice: FieldSource?
    public let description: EmbeddedText?
    public let genPrefix: EmbeddedText?
    public let targetDelimiter, fewshotDelimiter: String
    public internal(set) var fewshot: FewshotDefinition
    public let shots: Int?
    /// Images and sounds that belong to a prompt.
    public let media: Media
  }

  /// `doc_to_image` and `doc_to_audio`.
  public struct Media: Sendable {
    public let image, audio: FieldSource?

    var fields: [(key: String, source: FieldSource)] {
      [("doc_to_image", image), ("doc_to_audio", audio)].compactMap { key, source in
        source.map { (key, $0) }
      }
    }
  }

  /// What is asked and how answers become numbers.
  public struct ScoringKeys: Sendable {
    public let outputType: OutputType
    public let metrics: Node?
    public let filters: Node?
    public let generation: Node?
    public let repeats: Int
    /// Gives a document's numbers in the place of the metrics.
    public let process: FieldSource?
  }
}

extension TaskDefinition {
  /// The key of a task that a Python class makes.
  static let pythonKeys = ["class"]

  /// Keys that are read and never used, here and in the harness.
  static let idleKeys = ["should_decontaminate", "doc_to_decontamination_query"]

  /// Keys that a file of tasks may have beside those of a task; what a group does not know reaches its members.
  private static let furtherKeys =
    idleKeys + GroupDefinition.keys + TaskFilePages.anyFile.map(\.name)

  static let dataSchema = Schema<DataKeys>(
    .optional("dataset_path", .locatedText, "the data set's name, a folder, or a reader such as `json`"),
    .optional("dataset_name", .locatedText, "the configuration of the data set"),
    .optional("dataset_kwargs", .arguments, "further arguments, such as `data_files`"),
    .optional("training_split", .locatedText, "examples come from it unless `fewshot_split` is given"),
    .optional("validation_split", .locatedText, "evaluated when there is no `test_split`"),
    .optional("test_split", .locatedText, "the split that is evaluated"),
    .optional("fewshot_split", .locatedText, "the split examples come from"),
    .optional("custom_dataset", .function, "a Python function that makes the data"),
    .optional("process_docs", .process, "changes the rows of each split: steps, or a Python function"),
    make: {
      DataKeys(
        path: $0, name: $1, arguments: $2, training: $3, validation: $4, test: $5, fewshot: $6, custom: $7,
        process: $8)
    })

  static let promptSchema = Schema<PromptKeys>(
    .optional("doc_to_text", .question, "the question: a column's name or a template"),
    .optional("doc_to_target", .answer, "the answer: a column's name, a template or the number of a choice"),
    .optional("doc_to_choice", .choices, "the choices: a list, a column's name or a template of a list"),
    .optional("description", .text, "stands before everything; may be a template"),
    .optional("gen_prefix", .text, "the start of the answer"),
    Field("target_delimiter", .string, default: " ", "between question and answer"),
    Field("fewshot_delimiter", .string, default: "\n\n", "between examples"),
    Field("fewshot_config", .fewshot, default: .none, shown: "none", "how examples are chosen and phrased"),
    .optional("num_fewshot", .int, "how many examples"),
    .optional("doc_to_image", .field, "images of the prompt: columns or templates of lists"),
    .optional("doc_to_audio", .field, "sounds of the prompt: columns or templates of lists"),
    make: {
      PromptKeys(
        docToText: $0, docToTarget: $1, docToChoice: $2, description: $3, genPrefix: $4, targetDelimiter: $5,
        fewshotDelimiter: $6, fewshot: $7, shots: $8, media: Media(image: $9, audio: $10))
    })

  static let scoringSchema = Schema<ScoringKeys>(
    Field(
      "output_type", Shape<OutputType>.choice, default: OutputType.generateUntil, "what is asked of the model"
    ),
    .optional("metric_list", .node, "the metrics; by default those of the output type"),
    .optional("filter_list", .node, "pipelines from answers to what is scored"),
    .optional("generation_kwargs", .node, "how to generate"),
    Field("repeats", .int, default: 1, "how often each request is sent"),
    .optional("process_results", .function, "a Python function that scores a document in place of metrics"),
    make: { ScoringKeys(outputType: $0, metrics: $1, filters: $2, generation: $3, repeats: $4, process: $5) })

  static let nameSchema = Schema<Names>(
    Field("task", .locatedText, "the task's name"),
    .optional("task_alias", .string, "the name printed in tables"),
    Field("metadata", .metadata, default: OrderedMap(), shown: "none", "notes; `version` is reported"),
    .optional("unsafe_code", .consent, "whether helpers run generated programs"),
    .optional(
      "use_prompt", .locatedText, "a prompt by name, `collection:name` or `FILE.yaml:name`, for `doc_to_text`"
    ),
    make: { Names(task: $0, alias: $1, metadata: $2, unsafeCode: $3, usePrompt: $4) })

  struct Names: Sendable {
    let task: Located<String>
    let alias: String?
    let metadata: OrderedMap
    let unsafeCode: Value?
    let usePrompt: Located<String>?
  }

  /// Every key a task may have, for messages and documentation.
  public static let keys: [KeyPage] =
    KeyPage.all(in: nameSchema) + KeyPage.all(in: dataSchema) + KeyPage.all(in: promptSchema)
    + KeyPage.all(in: scoringSchema)

  /// Reads a whole task; every key speaks before the answer is given.
  ///
  /// Mistakes are said and passed over, so that what else is wrong shows too; a definition with errors is not to be run.
  static func read(_ leaf: LeafTask, _ findings: inout Findings) -> TaskDefinition? {
    let own = keys.map(\.name)
    for entry in leaf.node.entries ?? [] {
      let key = entry.key.value
      if own.contains(key) || idleKeys.contains(key) { continue }
      var finding = Diagnostic.unknownKey(entry.key, among: own + pythonKeys)
      if finding.fix == nil, let near = furtherKeys.nearest(to: key) {
        finding.help = "did you mean `\(near)`?"
        finding.fix = .replace(entry.key.span, with: near)
      }
      findings.add(finding)
    }
    let others: (String) -> Bool = { _ in true }
    let names = nameSchema.decode(leaf.node, &findings, isGoingOn: true, isReserved: others)
    let data = dataSchema.decode(leaf.node, &findings, isGoingOn: true, isReserved: others)
    let prompt = promptSchema.decode(leaf.node, &findings, isGoingOn: true, isReserved: others)
    let scoring = scoringSchema.decode(leaf.node, &findings, isGoingOn: true, isReserved: others)
    guard let names, let data, var prompt, let scoring else { return nil }
    if let use = names.usePrompt, let named = NamedPrompt(use, besides: leaf.file, &findings) {
      prompt.use(named)
    }
    return TaskDefinition(
      task: Located(leaf.name, at: names.task.span), alias: names.alias, data: data, prompt: prompt,
      scoring: scoring, metadata: names.metadata,
      isUnsafe: leaf.node["unsafe_code"].map { $0.value != .bool(false) } ?? false)
  }
}

extension Shape where Value == Node {
  /// Keyword arguments for someone else.
  fileprivate static var arguments: Self {
    Shape("mapping") { node, findings in
      if node.entries == nil, !node.isNull {
        findings.add(.wrongType(node, expected: "a mapping of arguments"))
        return nil
      }
      return node
    }
  }
}

extension Shape where Value == Values.Value {
  /// A boolean of which everything but `false` counts as true.
  fileprivate static var consent: Self {
    Shape("true or false") { node, findings in
      if case .bool? = node.scalar?.value { return node.value }
      findings.add(
        .warning(
          "not-a-boolean", "expected true or false, found \(node.kind); it counts as true", at: node.span,
          help: "write `true` or `false` without quotes"))
      return node.value
    }
  }
}
