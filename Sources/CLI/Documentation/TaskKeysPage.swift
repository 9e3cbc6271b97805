import TaskDSL

extension ReferencePage {
  static func taskKeys() -> ReferencePage {
    ReferencePage(
      "TaskKeys.md", title: "Keys of task files",
      [
        """
        A file is a task if it has the key `task` with a name, a group if it has `group`. *Function* means
        `!function file.name`, the name of a Python function beside the file.

        ## Any file
        """,
        KeyRow.table(anyFile, "Key"), "## Tasks", KeyRow.table(TaskFilePages.task.map(\.row), "Key"),
        """
        Read without effect, as in the harness: \(list(TaskFilePages.idle)).
        A Python class in the place of all other keys: \(list(TaskFilePages.python)); see [Python](Python.md).

        ### `process_docs`

        A list of steps, or one step; each has one or more of these keys, carried out in the order in which they stand.
        Steps are an extension; [Without Python](WithoutPython.md) shows what they are for.
        """,
        KeyRow.table(steps, "Key"),
        """
        ### `fewshot_config`

        A key that is left out means the task's own; null takes the task's own away.
        """,
        KeyRow.table(TaskFilePages.fewshot.map(\.row), "Key"),
        """
        ### `filter_list`

        A list of pipelines, each with a `name` and, under `filter`, a list of steps; each step has the name of its
        filter under `function`, and that filter's options. [Filters.md](Filters.md) tells the filters. Without the key
        the first answer is scored as it is, under the name `none`.

        ### `metric_list`

        A list of metrics, each with its name under `metric`, and if wanted `aggregation`, `higher_is_better` and the
        metric's own options. [Metrics.md](Metrics.md) tells them. A metric may be listed once. With `score`, an
        expression, an entry is a metric of its own under whatever name: see [Without Python](WithoutPython.md).

        ### `generation_kwargs`

        Backends ignore what they do not know, and say so.
        """,
        KeyRow.table(generation, "Key"), "## Groups",
        KeyRow.table(group + TaskFilePages.group.map(\.row), "Key"),
        "Every other key is a setting for all members.\n\n### `aggregate_metric_list`",
        KeyRow.table(TaskFilePages.groupMetric.map(\.row), "Key"),
      ])
  }

  private static let anyFile = [
    KeyRow(
      name: "include", shape: "text, or a list of it", fallback: "none",
      about: "files whose keys this one takes over and may replace; relative to this file"),
    KeyRow(
      name: "tag", shape: "text, or a list of it", fallback: "none",
      about: "names under which this task is asked for together with others"),
  ]

  private static let steps = [
    KeyRow(
      name: "set", shape: "mapping", fallback: "none",
      about:
        "columns and their values: templates, of which a single `{{ expression }}` keeps its kind, or constants"
    ),
    KeyRow(
      name: "keep", shape: "`{{ expression }}`", fallback: "none",
      about: "rows for which it is false, zero, empty or null are left out"),
    KeyRow(name: "drop", shape: "text, or a list of it", fallback: "none", about: "columns to remove"),
    KeyRow(name: "rename", shape: "mapping", fallback: "none", about: "columns and their new names"),
  ]

  private static let generation = [
    KeyRow(
      name: "until", shape: "text, or a list of it", fallback: "fewshot_delimiter",
      about: "the answer ends before any of these"),
    KeyRow(
      name: "max_gen_toks", shape: "whole number", fallback: "none",
      about: "the most tokens to write; the backend's number if left out"),
    KeyRow(name: "do_sample", shape: "true or false", fallback: "none", about: "whether tokens are drawn"),
    KeyRow(
      name: "temperature", shape: "number", fallback: "none",
      about: "how freely they are drawn; 0 is not at all"),
    KeyRow(
      name: "top_k", shape: "whole number", fallback: "50", about: "only the likeliest so many are drawn from"
    ),
    KeyRow(
      name: "top_p", shape: "number", fallback: "1.0", about: "only the likeliest that make up this share"),
  ]

  private static let group = [
    KeyRow(name: "group", shape: "text", fallback: nil, about: "the group's name"),
    KeyRow(
      name: "task", shape: "text, or a list", fallback: nil,
      about: "the members: names of tasks, groups and tags, or mappings that change a member's keys"),
  ]

  private static func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
