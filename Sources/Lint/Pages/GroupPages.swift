import Diagnostics

enum MissingInclude: CodePage {
  static let code: Diagnostic.Code = "missing-include"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.error

  static let about = """
    An included file is not there. A relative path starts from the folder of the file that includes it.

    ```yaml base.yaml
    output_type: generate_until
    ```
    ```yaml
    include: bse.yaml
    task: demo
    ```
    ```diagnostics
    error[missing-include]: cannot read `bse.yaml`: there is no such file
     --> example.yaml:1:10
      |
    1 | include: bse.yaml
      |          ^^^^^^^^
      = help: did you mean `base.yaml`?
    ```
    """
}

enum IncludeCycle: CodePage {
  static let code: Diagnostic.Code = "include-cycle"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.error

  static let about = """
    An include leads back to a file that is being read.

    ```yaml other.yaml
    include: example.yaml
    ```
    ```yaml
    include: other.yaml
    task: demo
    ```
    ```diagnostics
    error[include-cycle]: this include leads back to `example.yaml`
     --> other.yaml:1:10
      |
    1 | include: example.yaml
      |          ^^^^^^^^^^^^
     ::: example.yaml:1:10
      |
    1 | include: other.yaml
      |          ---------- by way of this include
      = help: move what the files share to a base that includes none of them
    ```
    """
}

enum UnknownMember: CodePage {
  static let code: Diagnostic.Code = "unknown-member"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.error

  static let about = """
    A group lists a member that nothing is named.

    ```yaml addition.yaml
    task: addition
    ```
    ```yaml
    group: arithmetic
    task: [adition]
    ```
    ```diagnostics
    error[unknown-member]: the group `arithmetic` has a member `adition`, but nothing has that name
     --> example.yaml:2:8
      |
    2 | task: [adition]
      |        ^^^^^^^
      = help: did you mean `addition`?
      = fix: replace with `addition`
    ```
    ```yaml fixed
    group: arithmetic
    task: [addition]
    ```
    """
}

enum GroupCycle: CodePage {
  static let code: Diagnostic.Code = "group-cycle"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.error

  static let about = """
    A group holds itself, directly or by way of other groups.

    ```yaml
    group: all
    task: [all]
    ```
    ```diagnostics
    error[group-cycle]: the group `all` holds itself
     --> example.yaml:1:8
      |
    1 | group: all
      |        ^^^
    ```
    """
}

enum ConflictingTask: CodePage {
  static let code: Diagnostic.Code = "conflicting-task"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.error

  static let about = """
    One command wants the same task with different settings, as two groups make it. Its results could not be told apart.
    """
}

enum DuplicateName: CodePage {
  static let code: Diagnostic.Code = "duplicate-name"
  static let family = Family.names
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Names of tasks and groups are one set. Of two files with one name the first is taken, by the order of their paths.

    ```yaml a.yaml
    task: demo
    ```
    ```yaml
    task: demo
    ```
    ```diagnostics
    warning[duplicate-name]: the name `demo` is already that of a task in a.yaml; this one is left out
     --> example.yaml:1:7
      |
    1 | task: demo
      |       ^^^^
      = help: rename one of them
    ```
    """
}

enum ReplacedTag: CodePage {
  static let code: Diagnostic.Code = "replaced-tag"
  static let family = Family.names
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A tag of a later folder replaces the tag of the same name in an earlier one, with all its tasks.
    """
}

enum UnknownTask: CodePage {
  static let code: Diagnostic.Code = "unknown-task"
  static let family = Family.names
  static let severity = Diagnostic.Severity.error

  static let about = """
    No task, group or tag has the name that was asked for. `assay ls tasks` lists them.
    """
}

enum MissingFolder: CodePage {
  static let code: Diagnostic.Code = "missing-folder"
  static let family = Family.names
  static let severity = Diagnostic.Severity.error

  static let about = """
    A folder given with --include_path is not there.
    """
}

enum TaskAndGroup: CodePage {
  static let code: Diagnostic.Code = "task-and-group"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.error

  static let about = """
    A file is a task or a group. With `group` it is a group, and what stands under `task` is the list of its members; before
    there were tags, a task said by `group` what `tag` says now.

    ```yaml
    group: demos
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[task-and-group]: this file has both `group` and `task`, so that it is a group without members
     --> example.yaml:1:1
      |
    1 | group: demos
      | ^^^^^
     ::: example.yaml:2:7
      |
    2 | task: demo
      |       ---- the name of a task
      = help: write `tag` in place of `group` to have the task found under that name too
      = fix: replace with `tag`
    ```
    ```yaml fixed
    tag: demos
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```

    ```yaml
    tag: demos
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    """
}
