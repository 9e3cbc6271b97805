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
        KeyRow.table(TaskFilePages.anyFile.map(\.row), "Key"), "## Tasks",
        KeyRow.table(TaskFilePages.task.map(\.row), "Key"),
        """
        Read without effect, as in the harness: \(list(TaskFilePages.idle)).
        A Python class in the place of all other keys: \(list(TaskFilePages.python)); see [Python](Python.md).

        ### `process_docs`

        A list of steps, or one step; each has one or more of these keys, carried out in the order in which they stand.
        Steps are an extension; [Without Python](WithoutPython.md) shows what they are for.
        """,
        KeyRow.table(TaskFilePages.steps.map(\.row), "Key"),
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
        KeyRow.table(TaskFilePages.generation.map(\.row), "Key"), "## Groups",
        KeyRow.table((TaskFilePages.groupNames + TaskFilePages.group).map(\.row), "Key"),
        "Every other key is a setting for all members.\n\n### `aggregate_metric_list`",
        KeyRow.table(TaskFilePages.groupMetric.map(\.row), "Key"),
      ])
  }

  private static func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
