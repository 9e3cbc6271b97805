import Diagnostics
public import Filters
import Schema
import Templates
import Values

/// Makes a template's value of each answer.
struct TemplateFilter: Filter {
  static let name = "template"

  static let about = """
    Makes of each answer what a template says. The template sees `answer`, the document's columns under their names,
    and the whole document as `doc`; a column that is itself called `answer` is `doc.answer`. It is our own; the
    harness has no such filter.

    ```yaml
    function: template
    template: "{{ answer.split('=') | last | trim }}"
    ```
    ```answers
    "2 + 2 = 4"                 ->  "4"
    ["x = 1", "so it is = 12"]  ->  ["1", "12"]
    ```

    One expression keeps the kind of its value, here a number; anything around it makes a text.

    ```yaml
    function: template
    template: "{{ options.index(answer) if answer in options else -1 }}"
    ```
    ```document
    {"options": ["red", "green"]}
    ```
    ```answers
    "green"  ->  1
    "blue"   ->  -1
    ```
    """

  static let schema = Schema<Self>(
    Field("template", .template, "what becomes of an answer"), make: { Self(template: $0) })

  let template: ValueTemplate

  /// The name under which a template sees what the filters left of an answer.
  static let answer = "answer"

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    let row = document.asMap ?? [:]
    guard let answers = answer.asList else { return try one(answer, row) }
    var left: [Value] = []
    for answer in answers { left.append(try one(answer, row)) }
    return .list(left)
  }

  private func one(_ answer: Value, _ row: OrderedMap) throws(FilterError) -> Value {
    do throws(TemplateError) {
      return try template.value(of: row, [.string(Self.answer): answer])
    } catch {
      throw FilterError(error.message, help: error.help, at: error.span ?? template.text.span)
    }
  }
}

extension FilterRegistry {
  /// The filters that a task may name: the built-in ones, and those that need the language of tasks.
  public static let tasks: FilterRegistry = {
    var registry = FilterRegistry.builtin
    registry.add(TemplateFilter.self)
    return registry
  }()
}
