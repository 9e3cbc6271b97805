import Diagnostics

enum PromptChanged: CodePage {
  static let code: Diagnostic.Code = "prompt-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that the model is asked in other words than before: the question, the description or the start of
    the answer. Like all that can change scores it is an error while `metadata.version` is what it was, and a note where it is
    another.
    """
}

enum ExamplesChanged: CodePage {
  static let code: Diagnostic.Code = "examples-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found other few-shot examples than before: how many there are, where they come from, how they are chosen
    or how they read. Where a task leaves their number to the run, prompts with two examples are compared.
    """
}

enum ChoicesChanged: CodePage {
  static let code: Diagnostic.Code = "choices-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that something else is scored behind the prompt than before: other choices, another order, or
    another delimiter before them.
    """
}

enum AnswerChanged: CodePage {
  static let code: Diagnostic.Code = "answer-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that another answer counts as right than before.
    """
}

enum FiltersChanged: CodePage {
  static let code: Diagnostic.Code = "filters-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found other filters between answers and scores than before. Settings that are written out with their
    defaults count as left out.
    """
}

enum MetricsChanged: CodePage {
  static let code: Diagnostic.Code = "metrics-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found a metric that is new, gone, or set otherwise than before, or another number of a group. A metric list
    that names what is the default anyway is no change.
    """
}

enum GenerationChanged: CodePage {
  static let code: Diagnostic.Code = "generation-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that answers are generated otherwise than before: other stop strings, another length or
    temperature, more repeats.
    """
}

enum OutputTypeChanged: CodePage {
  static let code: Diagnostic.Code = "output-type-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found another `output_type` than before, so that something else is asked of the model altogether.
    """
}

enum ScoringChanged: CodePage {
  static let code: Diagnostic.Code = "scoring-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that another function scores documents than before.
    """
}

enum FunctionChanged: CodePage {
  static let code: Diagnostic.Code = "function-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that a Python file changed whose functions the task calls. They are not run to find out whether
    they do the same; where only a comment changed, ignore the finding.
    """
}

enum DataChanged: CodePage {
  static let code: Diagnostic.Code = "data-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found another data set, split or revision than before, or other rows in files that are at hand.
    """
}

enum MembersChanged: CodePage {
  static let code: Diagnostic.Code = "members-changed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.error

  static let about = """
    `assay breaking` found that a group has other members than before, so that its number is the mean of others; or that
    the name of a task is that of a group now.
    """
}

enum TaskAdded: CodePage {
  static let code: Diagnostic.Code = "task-added"
  static let family = Family.history
  static let severity = Diagnostic.Severity.note

  static let about = """
    `assay breaking` found a task or group that was not there before.
    """
}

enum TaskRemoved: CodePage {
  static let code: Diagnostic.Code = "task-removed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `assay breaking` found that a task or group is not there any more. Who runs it by its name gets an error, but no other
    score.
    """
}

enum TaskRenamed: CodePage {
  static let code: Diagnostic.Code = "task-renamed"
  static let family = Family.history
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `assay breaking` found a task under another name that is the same in all else. A group of the old name with the task as its
    only member lets people run it as before.
    """
}
