import Schema
import Values

/// Looks each answer up in a table.
struct MapFilter: Filter {
  static let name = "map"

  static let about = """
    Looks each answer up in `mapping_dict`. One that is not there becomes `default_value`.

    ```yaml
    function: map
    mapping_dict: {A: 0, B: 1}
    default_value: -1
    ```
    ```answers
    "B"         ->  1
    "C"         ->  -1
    ["A", "b"]  ->  [0, -1]
    ```

    Keys are what YAML makes of them: `1: one` is the number, which no text equals, and `yes: 1` is true. Put
    quotes around keys that are to be compared with texts.

    ```yaml
    function: map
    mapping_dict: {"1": one, "yes": right}
    ```
    ```answers
    "1"    ->  "one"
    "yes"  ->  "right"
    "2"    ->  null
    ```
    """

  static let schema = Schema<Self>(
    Field.optional("mapping_dict", .map, "what each answer becomes"),
    Field("default_value", .value, default: .null, "what an answer that is not there becomes"),
    make: { Self(table: $0 ?? [:], absent: $1) })

  let table: OrderedMap
  let absent: Value

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in table[try it.needKey()] ?? absent }
  }
}
