import Schema
import Values

/// Turns each answer into lower case.
struct Lowercase: Filter {
  static let name = "lowercase"

  static let about = """
    Turns each answer into lower case, as Python's `lower` does: by Unicode's full mappings, whatever the
    language.

    ```yaml
    function: lowercase
    ```
    ```answers
    "The Answer"    ->  "the answer"
    "ΟΔΥΣΣΕΥΣ"      ->  "οδυσσευς"
    ["Yes", "NO"]   ->  ["yes", "no"]
    ```
    """

  static let schema = Schema<Self>(make: { Self() })

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in .string(try it.needText().pythonLowercased) }
  }
}
