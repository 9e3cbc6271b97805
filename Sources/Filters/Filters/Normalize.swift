import Schema
import Values

/// Brings answers into the form in which question answering compares them.
struct Normalize: Filter {
  static let name = "normalize"

  static let about = """
    Brings each answer into the form in which question answering compares texts: lower case, without ASCII's
    punctuation, without the articles a, an and the, with single spaces between words. It is our own; the harness
    has no such filter.

    ```yaml
    function: normalize
    ```
    ```answers
    "  The  Eiffel Tower!"  ->  "eiffel tower"
    "a U.S. state"          ->  "us state"
    ["Yes.", "An apple"]    ->  ["yes", "apple"]
    ```

    Each part can be changed. `punctuation: all` removes what Unicode calls punctuation too; `accents: remove`
    takes the marks from letters of alphabets such as Latin, Greek and Cyrillic, and leaves other scripts alone.

    ```yaml
    function: normalize
    punctuation: all
    accents: remove
    articles: keep
    ```
    ```answers
    "«Ça va, a José?»"  ->  "ca va a jose"
    "東京。"             ->  "東京"
    ```
    ```yaml
    function: normalize
    lowercase: false
    whitespace: keep
    ```
    ```answers
    "The  End."  ->  "   End"
    ```

    The right answers have to look alike: normalise them in a step of `process_docs`, where templates have the same
    under `| normalize`.
    """

  static let schema = Schema<Self>(
    Field("lowercase", .bool, default: true, "whether letters become small, as Python's `lower` does it"),
    Field(
      "punctuation", .choice, default: TextNormalization.Punctuation.ascii,
      "which marks go: the 32 of ASCII, all of Unicode's as well, or none"),
    Field(
      "articles", .choice, default: TextNormalization.Removal.remove, "the words a, an, the, in any case"),
    Field(
      "accents", .choice, default: TextNormalization.Removal.keep,
      "marks on letters: é becomes e, й becomes и"),
    Field(
      "whitespace", .choice, default: TextNormalization.Space.collapse,
      "runs of white space: `collapse` makes one blank of each, and removes those at the ends"),
    make: { lowercase, punctuation, articles, accents, whitespace in
      var normalization = TextNormalization()
      normalization.isLowercase = lowercase
      normalization.punctuation = punctuation
      normalization.articles = articles
      normalization.accents = accents
      normalization.whitespace = whitespace
      return Self(normalization: normalization)
    })

  let normalization: TextNormalization

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    guard let answers = answer.asList else { return .string(normalization.normalized(try answer.needText())) }
    return try answers.mapped { (it) throws(FilterError) in
      .string(normalization.normalized(try it.needText()))
    }
  }
}
