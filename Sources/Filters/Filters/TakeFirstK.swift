import Schema
import Values

/// Keeps the first few answers of each request.
struct TakeFirstK: Filter {
  static let name = "take_first_k"

  static let about = """
    Keeps the first `k` answers of each request, for instance to vote among fewer answers than were drawn.
    Each request must have as many; `repeats` says how often it is sent.

    ```yaml
    function: take_first_k
    k: 2
    ```
    ```answers
    ["42", "41", "42"]  ->  ["42", "41"]
    ```

    A negative number leaves out answers at the end.

    ```yaml
    function: take_first_k
    k: -1
    ```
    ```answers
    ["42", "41", "42"]  ->  ["42", "41"]
    ```
    """

  static let schema = Schema<Self>(
    Field("k", .int, "how many answers to keep"),
    make: { Self(count: $0) })

  let count: Int

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    let answers = try answer.sequence()
    guard answers.count >= count else {
      throw FilterError(
        "\(count) answers are wanted, but there are \(answers.count)",
        help: "set `repeats: \(count)` in the task")
    }
    let kept = answers.prefix(count < 0 ? max(0, answers.count + count) : count)
    return switch answer {
    case .string: .string(kept.map(\.text).joined())
    case .tuple: .tuple(Array(kept))
    default: .list(Array(kept))
    }
  }
}
