import Schema
import Values

/// Turns each answer into upper case.
struct Uppercase: Filter {
  static let name = "uppercase"

  static let about = """
    Turns each answer into upper case, as Python's `upper` does: by Unicode's full mappings, whatever the
    language.

    ```yaml
    function: uppercase
    ```
    ```answers
    "b"              ->  "B"
    "Straße"         ->  "STRASSE"
    ["yes", "no"]    ->  ["YES", "NO"]
    ```
    """

  static let schema = Schema<Self>(make: { Self() })

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in .string(try it.needText().pythonUppercased) }
  }
}
