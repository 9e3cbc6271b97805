import Schema
import Values

/// Leaves the first answer of each request, as a single value.
struct TakeFirst: Filter {
  static let name = "take_first"

  static let about = """
    Leaves the first answer of each request. It ends nearly every pipeline: metrics compare single answers,
    and before this step a request has a list of them, one for each repeat.

    ```yaml
    function: take_first
    ```
    ```answers
    ["42", "41", "42"]  ->  "42"
    ```

    Steps after it go through the *characters* of the answer, since it is no longer a list.
    """

  static let schema = Schema<Self>(make: { Self() })

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    guard let first = try answer.sequence().first else {
      throw FilterError("there is no first answer: the list is empty")
    }
    return first
  }
}
