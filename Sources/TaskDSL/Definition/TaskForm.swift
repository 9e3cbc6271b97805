import Datasets
import Filters
import Metrics
public import Schema

/// What task files look like, with the names that some registries know: for editors.
public struct TaskForm: Sendable {
  /// The keys of a file that defines a task, or is there for others to include.
  public let task: [KeyPage]
  /// The keys of a group's file, among them those that are settings for its members.
  public let group: [KeyPage]
  /// A member of a group: a name, or a mapping.
  public let member: Form

  public init(_ parts: Parts = Parts()) {
    let forms: [String: Form] = [
      "dataset_path": .either([.name(Self.readers, isOpen: true), .null]),
      "dataset_kwargs": Form.mapping(DatasetPages.arguments, others: .anything).orNull,
      "filter_list": Form.list(Self.pipeline(parts.filters)).orNull,
      "metric_list": Form.list(Self.metric(parts.metrics)).orNull,
      "generation_kwargs": Form.mapping(TaskFilePages.generation, others: .anything).orNull,
    ]
    let idle = TaskFilePages.idle.map {
      KeyPage($0, shape: "anything", fallback: "none", form: .anything, "read without effect")
    }
    let python = TaskFilePages.python.map {
      KeyPage(
        $0, shape: "function", fallback: "none", form: .either([.function, .anything]),
        "a Python class that is the task")
    }
    let own = TaskFilePages.task.map { key in forms[key.name].map { key.with($0) } ?? key }
    let task = own + TaskFilePages.anyFile + idle + python
    let names = Set(TaskFilePages.groupNames.map(\.name) + TaskFilePages.group.map(\.name))
    let settings = task.filter { !names.contains($0.name) }
    // A member may be a group whose members may be groups.
    member = .named("member") { Self.member(task: task, settings: settings) }
    self.task = task
    group = Self.group(settings, member: member)
  }

  private static func group(_ settings: [KeyPage], member: Form) -> [KeyPage] {
    let names = TaskFilePages.groupNames.map { $0.name == "task" ? $0.with(member.oneOrMore) : $0 }
    let list = KeyPage(
      "task_list", shape: "anything", fallback: "none", form: .anything, "read without effect")
    return names + TaskFilePages.group + [list] + settings
  }

  /// A group is told from a task by its key `group`; either may stand for the one or the other.
  private static func member(task: [KeyPage], settings: [KeyPage]) -> Form {
    let inner = Form.named("member") { member(task: task, settings: settings) }
    let group = group(settings, member: inner)
    let both = task.filter { $0.name != "task" && $0.name != "metadata" }
    // None of a group's keys must be there, since a member may be a task.
    let own = group.filter { key in !both.contains { $0.name == key.name } }.map {
      KeyPage($0.name, shape: $0.shape, fallback: "none", form: $0.form, $0.about)
    }
    return .either([.text, .mapping(own + both, others: nil)])
  }

  private static let readers = [
    Form.Name("json", summary: "Files of JSON lines, or of one JSON list."),
    Form.Name("csv", summary: "Files of comma-separated values."),
    Form.Name("text", summary: "Files of text, a row for each line, paragraph or document."),
  ]

  private static func pipeline(_ filters: FilterRegistry) -> Form {
    .mapping(
      [
        KeyPage("name", shape: "text", fallback: nil, form: .text, "the name in tables of results"),
        KeyPage("filter", shape: "list of steps", fallback: nil, form: .list(step(filters)), "the steps"),
      ], others: nil)
  }

  private static func step(_ filters: FilterRegistry) -> Form {
    let custom = Form.Name("custom", summary: "A Python function of the task's, named by `filter_fn`.")
    let names = filters.pages.map { Form.Name($0.name, page: $0.about) } + [custom]
    let function = KeyPage(
      "function", shape: "name of a filter, or function", fallback: nil,
      form: .either([.name(names, isOpen: false), .function]), "the filter")
    let python = KeyPage(
      "filter_fn", shape: "function", fallback: nil, form: .function,
      "the function: it gets all answers and all documents")
    let variants = filters.pages.map { Form.Variants.Variant($0.name, keys: $0.options, isOpen: false) }
    return .variants(
      Form.Variants(
        by: "function", common: [function],
        variants + [Form.Variants.Variant("custom", keys: [python], isOpen: true)]))
  }

  private static func metric(_ metrics: MetricRegistry) -> Form {
    let rouge = Form.Name("rouge", summary: "The four metrics `rouge1`, `rouge2`, `rougeL` and `rougeLsum`.")
    let names = metrics.pages.map { Form.Name($0.name, page: $0.about) } + [rouge]
    let ways = metrics.aggregations.pages.map { Form.Name($0.name, page: $0.about) }
    let common = [
      KeyPage(
        "metric", shape: "name of a metric, or function", fallback: nil,
        // A task that scores its documents itself names its numbers as it likes.
        form: .either([.name(names, isOpen: true), .function]), "the metric"),
      KeyPage(
        "aggregation", shape: "name, or function", fallback: "none",
        form: .either([.name(ways, isOpen: false), .function]),
        "how the documents' numbers become one; by default the metric's own way"),
      KeyPage(
        "higher_is_better", shape: "true or false", fallback: "none", form: Form.boolean.orNull,
        "the arrow in tables"),
      KeyPage(
        "hf_evaluate", shape: "true or false", fallback: "false", form: .boolean,
        "whether the `evaluate` library's metric of that name is meant"),
      KeyPage(
        "score", shape: "`{{ expression }}`", fallback: "none", form: .text,
        "an expression that gives the number, under whatever name"),
    ]
    // What a metric does not know has no effect in most tasks, so that it is no mistake of form.
    return .variants(
      Form.Variants(
        by: "metric", common: common,
        metrics.pages.map { Form.Variants.Variant($0.name, keys: $0.options, isOpen: true) }))
  }
}
