public import Schema

/// What documentation says of the keys of task files.
public enum TaskFilePages {
  public static let task = TaskDefinition.keys
  public static let fewshot = FewshotDefinition.schema.keys
  public static let group = GroupDefinition.schema.keys
  public static let groupMetric = GroupDefinition.AggregateMetric.schema.keys
  /// Keys that name Python code.
  public static let python = TaskDefinition.pythonKeys
  /// Keys without any effect.
  public static let idle = TaskDefinition.idleKeys

  /// Keys that every kind of file may have.
  public static let anyFile = [
    KeyPage(
      "include", shape: "text, or a list of it", fallback: "none", form: Form.text.oneOrMore,
      "files whose keys this one takes over and may replace; relative to this file"),
    KeyPage(
      "tag", shape: "text, or a list of it", fallback: "none", form: Form.text.oneOrMore.orNull,
      "names under which this task is asked for together with others"),
  ]

  /// The keys of a step of `process_docs`.
  public static let steps = [
    KeyPage(
      "set", shape: "mapping", fallback: "none", form: .mapping([], others: .anything),
      "columns and their values: templates, of which a single `{{ expression }}` keeps its kind, or constants"
    ),
    KeyPage(
      "keep", shape: "`{{ expression }}`", fallback: "none", form: .text,
      "rows for which it is false, zero, empty or null are left out"),
    KeyPage(
      "drop", shape: "text, or a list of it", fallback: "none", form: Form.text.oneOrMore,
      "columns to remove"),
    KeyPage(
      "rename", shape: "mapping", fallback: "none", form: .mapping([], others: .text),
      "columns and their new names"),
  ]

  static let step = Form.mapping(steps, others: nil)

  /// The keys of `generation_kwargs` that are known; backends may know more.
  public static let generation = [
    KeyPage(
      "until", shape: "text, or a list of it", fallback: "fewshot_delimiter", form: Form.text.oneOrMore,
      "the answer ends before any of these"),
    KeyPage(
      "max_gen_toks", shape: "whole number", fallback: "none", form: Form.integer.orNull,
      "the most tokens to write; the backend's number if left out"),
    KeyPage(
      "do_sample", shape: "true or false", fallback: "none", form: Form.boolean.orNull,
      "whether tokens are drawn"),
    KeyPage(
      "temperature", shape: "number", fallback: "none", form: .either([.number, .boolean]),
      "how freely they are drawn; 0 is not at all"),
    KeyPage(
      "top_k", shape: "whole number", fallback: "50", form: Form.integer.orNull,
      "only the likeliest so many are drawn from"),
    KeyPage(
      "top_p", shape: "number", fallback: "1.0", form: Form.number.orNull,
      "only the likeliest that make up this share"),
  ]

  /// What makes a file a group.
  public static let groupNames = [
    KeyPage("group", shape: "text", fallback: nil, form: .text, "the group's name"),
    KeyPage(
      "task", shape: "text, or a list", fallback: nil, form: .either([.text, .list(.anything)]),
      "the members: names of tasks, groups and tags, or mappings that change a member's keys"),
  ]

  static let metadata = [
    KeyPage(
      "version", shape: "number", fallback: "none", form: .anything,
      "goes up when the task's scores can no longer be compared with those before; it is reported")
  ]
}
