import Diagnostics
import Values

/// The examples of one task: where they come from and how each reads, worked out once per row.
struct Examples {
  let phrasing: Phrasing
  let source: ExampleSource
  /// What the last document got, as numbers of the source's rows.
  private(set) var chosen: [Int] = []
  var sampling: Sampling
  let isExcluding: Bool
  let count: Int
  let targetDelimiter, fewshotDelimiter: String
  private var known: [Int: Turn] = [:]

  init(
    phrasing: Phrasing, source: ExampleSource, sampling: Sampling, count: Int, targetDelimiter: String,
    fewshotDelimiter: String
  ) {
    self.source = source
    self.phrasing = phrasing
    self.sampling = sampling
    isExcluding = source.isExcluding
    self.count = count
    self.targetDelimiter = targetDelimiter
    self.fewshotDelimiter = fewshotDelimiter
  }

  /// The examples for the next document.
  mutating func messages(for row: OrderedMap, hasManyInputs: Bool) throws(RowTrouble) -> [Message] {
    guard let chosen = sampling.next(excluding: isExcluding ? row : nil) else {
      throw RowTrouble(
        "too-few-examples",
        "\(count) examples are wanted and the pool has \(phrasing.rows.count)\(isExcluding ? ", of which one more must be left over" : "")",
        at: nil, help: "lower `num_fewshot` or name a larger `fewshot_split`")
    }
    self.chosen = chosen
    var messages: [Message] = []
    for (shot, index) in chosen.enumerated() {
      do throws(RowTrouble) {
        messages += try turn(index, hasManyInputs).messages(ofShot: shot)
      } catch {
        throw error.adding("example \(index) of the pool")
      }
    }
    return messages
  }

  private mutating func turn(_ index: Int, _ hasManyInputs: Bool) throws(RowTrouble) -> Turn {
    if let turn = known[index] { return turn }
    var question = try phrasing.question(of: index)
    var choices = try phrasing.choices(of: index)
    if hasManyInputs, let all = choices {
      question = .string(try Self.pick(question, from: all, phrasing.text))
      choices = nil
    }
    guard case .string(let text) = question else {
      throw RowTrouble(
        "question-not-text", "`doc_to_text` gives \(Phrasing.kind(question)), not text",
        at: phrasing.text?.span)
    }
    let turn = Turn(
      question: text, prefix: try phrasing.prefix(of: index) { phrasing.rows[index][$0] != nil },
      answer: try answer(of: index, choices),
      targetDelimiter: targetDelimiter, fewshotDelimiter: fewshotDelimiter)
    known[index] = turn
    return turn
  }

  /// The text of an example's answer; nil where the row has none, which is not the same as an empty choice.
  private func answer(of row: Int, _ choices: [String]?) throws(RowTrouble) -> String? {
    var answer = try phrasing.answer(of: row)
    if answer.isNull || answer == .string("") { return nil }
    if let choices, answer.asInt != nil { return try Self.pick(answer, from: choices, phrasing.target) }
    if let list = answer.asList {
      guard let first = list.first else {
        throw RowTrouble(
          "answer-not-text", "an example has an empty list of answers", at: phrasing.target?.span)
      }
      answer = first
    }
    guard case .string(let text) = answer else {
      throw RowTrouble(
        "answer-not-text",
        "an example's answer is \(answer.repr), which is \(Phrasing.kind(answer)), not text",
        at: phrasing.target?.span,
        help: "use `{{ column }}` to make it text, or give `doc_to_choice`"
      )
    }
    return text
  }

  /// The choice of a number, counted from the end when it is negative, as Python does.
  static func pick(_ number: Value, from choices: [String], _ field: BoundField?) throws(RowTrouble) -> String
  {
    guard let index = number.asInt, choices.indices.contains(index < 0 ? index + choices.count : index) else {
      throw RowTrouble(
        "gold-out-of-range", "\(number.repr) is not the number of one of \(choices.count) choices",
        at: field?.span)
    }
    return choices[index < 0 ? index + choices.count : index]
  }
}
