import Patterns
import Schema
import Values

/// Finds which of a document's choices an answer names, as a letter in brackets.
struct MultiChoiceRegex: Filter {
  static let name = "multi_choice_regex"

  static let about = #"""
    Finds which of the document's `choices` an answer names, as a letter in brackets: `(A)` for the first.
    What `regex_pattern` finds is kept as it is. If it finds nothing, the text of a choice is looked for in
    the answer, then a letter after a colon. An answer with none of these becomes `fallback`.

    ```yaml
    function: multi_choice_regex
    regex_pattern: '(\([A-Z]\))'
    ```
    ```document
    {"choices": ["Lima", "Oslo", "New York"]}
    ```
    ```answers
    "The answer is (B)."         ->  "(B)"
    "It is New York, of course"  ->  "(C)"
    "I think: A"                 ->  "(A)"
    "I do not know"              ->  "[invalid]"
    ```

    Differences that do not matter can be left out of account while the text of a choice is looked for, in
    this order: what `regexes_to_ignore` match, case, punctuation of any script. A choice that contains
    another is looked for first, so that *Guilty* is not found in *Guilty of Romance*.

    ```yaml
    function: multi_choice_regex
    regex_pattern: '(\([A-Z]\))'
    ignore_case: true
    ignore_punctuation: true
    ```
    ```document
    {"choices": ["Guilty", "Guilty of Romance", "it's"]}
    ```
    ```answers
    "GUILTY OF ROMANCE!"  ->  "(B)"
    "guilty"              ->  "(A)"
    "Its"                 ->  "(C)"
    ```

    `group_select` says which of several finds to keep, counted from 0, or from the end with -1. When there
    are not so many, the next way to look is taken; the harness stops with an error there.

    ```yaml
    function: multi_choice_regex
    regex_pattern: '(\([A-Z]\))'
    group_select: -1
    ```
    ```document
    {"choices": ["Lima", "Oslo"]}
    ```
    ```answers
    "not (A) but (B)"      ->  "(B)"
    "not Oslo, it is Lima"  ->  "(A)"
    ```
    """#

  static let schema = Schema<Self>(
    Field(
      "regex_pattern", .pattern, default: Pattern(constant: #"#### (\-?[0-9\.\,]+)"#),
      "what to look for first"
    ),
    Field("group_select", .int, default: 0, "which find to keep; -1 is the last"),
    Field("fallback", .value, default: "[invalid]", "what an answer without a find becomes"),
    Field("ignore_case", .bool, default: false, "look for choices in lower case"),
    Field("ignore_punctuation", .bool, default: false, "look for choices without punctuation"),
    Field.optional(
      "regexes_to_ignore", .list(of: .pattern), "look for choices without what these match"),
    make: {
      Self(
        pattern: $0, index: $1, fallback: $2, ignoresCase: $3, ignoresPunctuation: $4, ignored: $5 ?? [])
    })

  let pattern: Pattern
  let index: Int
  let fallback: Value
  let ignoresCase, ignoresPunctuation: Bool
  let ignored: [Pattern]

  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value {
    let choices = try choices(of: document)
    return try answer.items().mapped { (it) throws(FilterError) in
      let text = it.asString ?? ""
      if let find = try found(pattern, in: text) { return .string(find) }
      if let find = try choice(in: try simplified(text), among: choices) { return .string(find) }
      if let find = try letter(in: text, of: choices.count) { return .string("(\(find))") }
      return fallback
    }
  }

  private func choices(of document: Value) throws(FilterError) -> [String] {
    guard let choices = document.asMap?["choices"] else {
      throw FilterError(
        "the document has no column `choices`", help: "let `process_docs` make one, a list of texts")
    }
    var texts: [String] = []
    for choice in try choices.items() { texts.append(try simplified(try choice.needText().pythonStripped)) }
    guard texts.count <= 26 else {
      throw FilterError("there are \(texts.count) choices but letters for 26 only")
    }
    return texts
  }

  /// A text without what does not matter.
  private func simplified(_ text: String) throws(FilterError) -> String {
    var text = text
    for pattern in ignored {
      text = try searched(pattern) { () throws(PatternError) in try pattern.replacing(in: text, with: "") }
    }
    if ignoresCase { text = text.pythonLowercased }
    if ignoresPunctuation { text.unicodeScalars.removeAll(where: \.isPunctuation) }
    return text
  }

  private func choice(in text: String, among choices: [String]) throws(FilterError) -> String? {
    let texts = choices.map(Pattern.escape)
    // Python's sort is stable, and so the first of equally long ones is tried first.
    let longestFirst = texts.indices.sorted {
      let (a, b) = (texts[$0].unicodeScalars.count, texts[$1].unicodeScalars.count)
      return a == b ? $0 < $1 : a > b
    }
    let any = longestFirst.map { texts[$0] }.joined(separator: "|")
    guard let find = try found(try compiled(any), in: text) else { return nil }
    let place = choices.lastIndex { sameBytes($0, find) }
    return place.map { "(\(Self.letters[$0]))" } ?? find
  }

  private func letter(in text: String, of count: Int) throws(FilterError) -> String? {
    guard count > 0 else { return nil }
    return try found(try compiled(#":\s*([A-\#(Self.letters[count - 1])])"#), in: text)
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// What a pattern finds, nil for nothing and for an empty text.
  private func found(_ pattern: Pattern, in text: String) throws(FilterError) -> String? {
    let finds = try searched(pattern) { () throws(PatternError) in try pattern.findAll(in: text) }
    let find: String? =
      switch finds {
      case .whole(let finds): finds.element(index)
      case .groups(let finds): finds.element(index)?.first { !$0.isEmpty }
      }
    guard let stripped = find?.pythonStripped, !stripped.isEmpty else { return nil }
    return stripped
  }

  private func compiled(_ pattern: String) throws(FilterError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(pattern)
    } catch {
      throw FilterError("the choices cannot be looked for: \(error.message)")
    }
  }
}

/// Makes a search that was given up an error of the filter.
private func searched<Found>(
  _ pattern: Pattern, _ search: () throws(PatternError) -> Found
) throws(FilterError) -> Found {
  do throws(PatternError) {
    return try search()
  } catch {
    throw FilterError(
      "`\(pattern.text.prefix(60))` could not be searched for: \(error.message)",
      help: "make its parts exclude each other, so that there is one way to match")
  }
}

extension Unicode.Scalar {
  fileprivate var isPunctuation: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
