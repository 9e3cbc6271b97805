import Patterns
import Schema
import Values

/// Writes an answer that names persons, places, organisations and dates in one form.
struct FormatSpan: Filter {
  static let name = "format_span"

  static let about = """
    Writes an answer that names persons, places, organisations and dates in one form: `label: name`, joined
    by ` $ `. Labels are `per`, `loc`, `org` and `date`, and words such as *people*, *country*, *company* and
    *time* before a colon stand for them. Names are divided by commas, labels by `$`, `$$` or a new line; the
    name *none* is left out, and all is in lower case.

    ```yaml
    function: format_span
    ```
    ```answers
    "Person: Obama, none $$ location:Kenya\\nTime: today"  ->  "per: obama $ loc: kenya $ date: today"
    "ORG: UN, WHO"                                        ->  "org: un $ org: who"
    "nobody is named"                                     ->  ""
    ```
    """

  static let schema = Schema<Self>(make: { Self() })

  private static let labels: [(pattern: Pattern, label: String)] = [
    (Pattern(constant: #"\bperson\s*:"#), "PER:"),
    (Pattern(constant: #"\blocation\s*:"#), "LOC:"),
    (Pattern(constant: #"\borganization\s*:"#), "ORG:"),
    (Pattern(constant: #"\bcounties\s*:"#), "LOC:"),
    (Pattern(constant: #"\bplaces\s*:"#), "LOC:"),
    (Pattern(constant: #"\bpeople\s*:"#), "PER:"),
    (Pattern(constant: #"\bpersons\s*:"#), "PER:"),
    (Pattern(constant: #"\bcompany\s*:"#), "ORG:"),
    (Pattern(constant: #"\bcountry\s*:"#), "LOC:"),
    (Pattern(constant: #"\bcontinent\s*:"#), "LOC:"),
    (Pattern(constant: #"\btime\s*:"#), "DATE:"),
    (Pattern(constant: #"\bdate\s*:"#), "DATE:"),
    (Pattern(constant: #"\bper\s*:"#), "PER:"),
    (Pattern(constant: #"\bloc\s*:"#), "LOC:"),
    (Pattern(constant: #"\borg\s*:"#), "ORG:"),
  ]
  private static let span = Pattern(constant: #"\b(PER|LOC|ORG|DATE):\s*([^$]+)"#)
  private static let twoDollars = Pattern(constant: #"\$\$"#)
  private static let trailingDollars = Pattern(constant: #"\$+\Z"#)

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    try answer.items().mapped { (it) throws(FilterError) in
      let text = try it.needText().pythonLowercased
      do throws(PatternError) {
        return .string(try spans(in: try labelled(text)))
      } catch {
        throw FilterError("the answer could not be searched for names: \(error.message)")
      }
    }
  }

  /// The text with the four labels in capitals and single dollars between.
  private func labelled(_ text: String) throws(PatternError) -> String {
    var text = text.pythonLowercased
    for (pattern, label) in Self.labels { text = try pattern.replacing(in: text, with: label) }
    text = try Self.twoDollars.replacing(in: text, with: "$")
    text = try Self.trailingDollars.replacing(in: text, with: "")
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" ? "$" : $0 })).pythonStripped
  }

  private func spans(in text: String) throws(PatternError) -> String {
    guard case .groups(let finds) = try Self.span.findAll(in: text) else { return "" }
    let spans = finds.flatMap { find in
      let names = find[1].unicodeScalars.split(separator: ",", omittingEmptySubsequences: false)
      return names.map { Substring($0).pythonStripped }
        .filter { !sameBytes($0.pythonLowercased, "none") }
        .map { "\(find[0].pythonLowercased): \($0)" }
    }
    return spans.joined(separator: " $ ")
  }
}
