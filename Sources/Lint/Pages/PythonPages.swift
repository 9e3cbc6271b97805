import Diagnostics

enum BadFunctionName: CodePage {
  static let code: Diagnostic.Code = "bad-function-name"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    `!function` is followed by the name of a Python file without `.py`, a dot, and the name of the function.

    ```yaml
    task: demo
    dataset_path: json
    test_split: test
    doc_to_text: !function ask
    doc_to_target: answer
    ```
    ```diagnostics
    error[bad-function-name]: `ask` is no `module.function`
     --> example.yaml:4:24
      |
    4 | doc_to_text: !function ask
      |                        ^^^
      = help: write the name of the Python file without `.py`, a dot and the function's name
    ```
    """
}

enum MissingPythonFile: CodePage {
  static let code: Diagnostic.Code = "missing-python-file"
  static let family = Family.python
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The Python file that a function should be in is not beside the task, so that it would have to be an installed module.

    ```python utils.py
    def ask(doc):
        return doc["question"]
    ```
    ```yaml
    task: demo
    dataset_path: json
    test_split: test
    doc_to_text: !function util.ask
    doc_to_target: answer
    ```
    ```diagnostics
    warning[missing-python-file]: there is no `util.py`, so `util` would have to be an installed module
     --> example.yaml:4:24
      |
    4 | doc_to_text: !function util.ask
      |                        ^^^^^^^^
      = help: did you mean `utils.py`?
    ```
    """
}

enum PythonFunction: CodePage {
  static let code: Diagnostic.Code = "python-function"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    The task needs Python where none is run.

    ```yaml
    task: demo
    class: !function task.Demo
    ```
    """
}

enum MissingFunction: CodePage {
  static let code: Diagnostic.Code = "missing-function"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    The Python file or module has no function of the name.
    """
}

enum PythonUnavailable: CodePage {
  static let code: Diagnostic.Code = "python-unavailable"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    A Python function is needed and there is no Python to call it with.
    """
}

enum PythonRaised: CodePage {
  static let code: Diagnostic.Code = "python-raised"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    A Python function failed; the note shows where.
    """
}

enum PythonTimedOut: CodePage {
  static let code: Diagnostic.Code = "python-timed-out"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    A Python function took longer than it may.
    """
}

enum PythonDied: CodePage {
  static let code: Diagnostic.Code = "python-died"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    The Python process ended in the middle of a call.
    """
}

enum UnusableResult: CodePage {
  static let code: Diagnostic.Code = "unusable-result"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    A Python function gave something that is of no use where it is called.
    """
}
