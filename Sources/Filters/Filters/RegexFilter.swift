import Patterns
import Schema
import Values

/// Keeps what a regular expression finds in each answer.
struct RegexFilter: Filter {
  static let name = "regex"

  static let about = #"""
    Keeps what `regex_pattern` finds, without white space at its ends. An answer in which nothing is found
    becomes `fallback`.

    ```yaml
    function: regex
    regex_pattern: '#### (-?[0-9.,]+)'
    ```
    ```answers
    "6 * 7 makes #### 42"  ->  "42"
    "I do not know"        ->  "[invalid]"
    ```

    `group_select` says which of several finds to keep, counted from 0, or from the end with -1. When there
    are not so many, the answer becomes `fallback`; the harness stops with an error there.

    ```yaml
    function: regex
    regex_pattern: '\d+'
    group_select: -1
    fallback: none
    ```
    ```answers
    "3 apples and 4 pears"  ->  "4"
    "no numbers"            ->  "none"
    ```
    ```yaml
    function: regex
    regex_pattern: '\d+'
    group_select: 1
    ```
    ```answers
    "3 apples and 4 pears"  ->  "4"
    "3 apples"              ->  "[invalid]"
    ```

    With one group in the pattern the find is what the group matched, even if that is nothing. With several it
    is the first of them that matched something.

    ```yaml
    function: regex
    regex_pattern: 'answer: (?:([A-D])|(\w+))'
    ```
    ```answers
    "answer: B"     ->  "B"
    "answer: none"  ->  "none"
    ```
    ```yaml
    function: regex
    regex_pattern: 'a(z)?b'
    ```
    ```answers
    "ab"  ->  ""
    ```

    Patterns are those of Python's `re`.
    """#

  static let schema = Schema<Self>(
    Field(
      "regex_pattern", .pattern, default: Pattern(constant: #"#### (\-?[0-9\.\,]+)"#), "what to look for"),
    Field("group_select", .int, default: 0, "which find to keep; -1 is the last"),
    Field("fallback", .value, default: "[invalid]", "what an answer without a find becomes"),
    make: { Self(pattern: $0, index: $1, fallback: $2) })

  let pattern: Pattern
  let index: Int
  let fallback: Value

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in try selected(in: it.asString ?? "") }
  }

  private func selected(in text: String) throws(FilterError) -> Value {
    do {
      switch try pattern.findAll(in: text) {
      case .whole(let finds):
        guard let find = finds.element(index) else { return fallback }
        return .string(find.pythonStripped)
      case .groups(let finds):
        guard let groups = finds.element(index) else { return fallback }
        if let find = groups.first(where: { !$0.isEmpty }) { return .string(find.pythonStripped) }
        return if case .string(let text) = fallback { .string(text.pythonStripped) } else { fallback }
      }
    } catch {
      throw FilterError(
        "`regex_pattern` could not be searched for: \(error.message)",
        help: "make its parts exclude each other, so that there is one way to match")
    }
  }
}
