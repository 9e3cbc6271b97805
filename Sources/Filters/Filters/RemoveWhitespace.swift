import Schema
import Values

/// Removes white space at both ends of each answer.
struct RemoveWhitespace: Filter {
  static let name = "remove_whitespace"

  static let about = """
    Removes white space at both ends of each answer. White space is what Python's `strip` takes for it,
    no-break spaces included.

    ```yaml
    function: remove_whitespace
    ```
    ```answers
    "  42\\n"                 ->  "42"
    "\\u00a0two words\\u3000"  ->  "two words"
    [" a", "b "]            ->  ["a", "b"]
    ```
    """

  static let schema = Schema<Self>(make: { Self() })

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in .string(try it.needText().pythonStripped) }
  }
}
