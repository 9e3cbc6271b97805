import Schema
import Values

/// Keeps the answer that was given most often.
struct MajorityVote: Filter {
  static let name = "majority_vote"

  static let about = """
    Keeps the answer that was given most often, the earlier one of equals, as a list of one. `take_first`
    after it makes that a single answer.

    ```yaml
    function: majority_vote
    ```
    ```answers
    ["41", "42", "42"]  ->  ["42"]
    ["b", "a"]          ->  ["b"]
    ```
    """

  static let schema = Schema<Self>(make: { Self() })

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    var votes: [Value: Int] = [:]
    var order: [Value] = []
    for it in try answer.sequence() {
      let key = try it.needKey()
      if votes[key] == nil { order.append(key) }
      votes[key, default: 0] += 1
    }
    guard let most = votes.values.max(), let winner = order.first(where: { votes[$0] == most }) else {
      throw FilterError("there is nothing to vote on: the list of answers is empty")
    }
    return .list([winner])
  }
}
