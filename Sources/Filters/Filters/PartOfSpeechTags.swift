import Patterns
import Schema
import Values

/// Keeps the tags of an answer that writes words with their parts of speech.
struct PartOfSpeechTags: Filter {
  static let name = "regex_pos"

  static let about = #"""
    Keeps the tags of an answer that writes each word with its part of speech, as in `('dog', 'NOUN')`: a
    list of them. An answer without any becomes `fallback`.

    ```yaml
    function: regex_pos
    ```
    ```answers
    "[('The', 'DET'), ('dog', 'NOUN')]"  ->  ["DET", "NOUN"]
    "DET NOUN"                           ->  ["invalid"]
    ```

    `regex_pattern` and `group_select` are accepted and change nothing, as in the harness.

    ```yaml
    function: regex_pos
    regex_pattern: "\\['(.*?)'\\]"
    group_select: 0
    fallback: [X]
    ```
    ```answers
    "['NOUN']"  ->  ["X"]
    ```
    """#

  static let schema = Schema<Self>(
    Field("regex_pattern", .pattern, default: Pattern(constant: #"\['(.*?)'\]"#), "without effect"),
    Field("group_select", .value, default: 0, "without effect"),
    Field("fallback", .value, default: ["invalid"], "what an answer without tags becomes"),
    make: { Self(fallback: $2.isNull ? ["invalid"] : $2) })

  private static let pair = Pattern(constant: #"\('([^']*)', '([^']*)'\)"#)

  let fallback: Value

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in
      let tags = if case .string(let text) = it { try tags(in: text) } else { try tags(of: it) }
      return tags.isEmpty ? fallback : .list(tags)
    }
  }

  private func tags(in text: String) throws(FilterError) -> [Value] {
    do throws(PatternError) {
      guard case .groups(let pairs) = try Self.pair.findAll(in: text) else { return [] }
      return pairs.map { .string($0[1]) }
    } catch {
      throw FilterError("the answer could not be searched for tags: \(error.message)")
    }
  }

  /// The tags of what are pairs already.
  private func tags(of pairs: Value) throws(FilterError) -> [Value] {
    var tags: [Value] = []
    for pair in try pairs.items() {
      let parts = try pair.items()
      guard parts.count == 2 else { throw FilterError("expected a word with its tag, found \(pair.repr)") }
      tags.append(parts[1])
    }
    return tags
  }
}
