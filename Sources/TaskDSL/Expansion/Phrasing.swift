import Diagnostics
import Values

/// The three parts of a document that make its prompt, worked out for the rows of a split.
///
/// A task has one for the documents it evaluates and one for its examples, which may be phrased differently.
struct Phrasing {
  let text, target, choice: BoundField?
  let genPrefix: BoundText?
  /// What tells a column's name from a template.
  let columns: Columns
  let rows: [OrderedMap]
  private let functions: FunctionValues

  /// - Parameter order: the rows that will be asked for, if it is known.
  init(
    text: BoundField?, target: BoundField?, choice: BoundField?, genPrefix: BoundText?, columns: Columns,
    rows: [OrderedMap], order: [Int]? = nil
  ) {
    self.text = text
    self.target = target
    self.choice = choice
    self.genPrefix = genPrefix
    self.columns = columns
    self.rows = rows
    functions = FunctionValues(rows: rows, order: order)
  }

  /// The question: text, or the number of a choice where each choice is a context of its own.
  func question(of row: Int) throws(RowTrouble) -> Value {
    guard let text else { return .string("") }
    let value = try value(of: text, row)
    if choice != nil, !text.isRaw(columns), case .string(let digits) = value {
      return Self.number(digits) ?? value
    }
    return value
  }

  /// The answer: text, the number of a choice, or a list where several answers are right.
  func answer(of row: Int) throws(RowTrouble) -> Value {
    guard let target else { return .string("") }
    let value = try value(of: target, row)
    guard !target.isRaw(columns), case .string(let text) = value else { return value }
    if choice != nil, let number = Self.number(text) { return number }
    if text.utf8.count > 1, text.hasPrefix("["), text.hasSuffix("]"), let list = pythonLiteral(text) {
      return list
    }
    return value
  }

  /// The choices, in order; nil where the task has none.
  func choices(of row: Int) throws(RowTrouble) -> [String]? {
    guard let choice else { return nil }
    let value = try choiceValue(choice, row)
    guard let items = value.asList else {
      throw RowTrouble(
        "choices-not-a-list", "`doc_to_choice` gives \(Self.kind(value)) where a list of texts is needed",
        at: choice.span,
        help: "give a list, a column that holds one, or a template such as `{{ [a, b] }}`")
    }
    var texts: [String] = []
    for item in items {
      guard case .string(let text) = item else {
        throw RowTrouble(
          "choice-not-text", "the choice \(item.repr) is \(Self.kind(item)), not text", at: choice.span,
          help: "turn it into text, for example with `|string`")
      }
      texts.append(text)
    }
    return texts
  }

  private func choiceValue(_ choice: BoundField, _ row: Int) throws(RowTrouble) -> Value {
    // A template of one expression gives its list directly; printing and reading it back would give the same.
    if let value = try choice.unprinted(in: rows[row], columns), value.asList != nil { return value }
    let value = try value(of: choice, row)
    guard !choice.isRaw(columns), case .string(let text) = value else { return value }
    guard let literal = pythonLiteral(text) else {
      let shown = Value.string(String(text.prefix(80))).repr
      throw RowTrouble(
        "choices-not-a-list", "`doc_to_choice` gives the text \(shown), which is no list", at: choice.span,
        help: "a template such as `{{ [a, b] }}` quotes its texts itself")
    }
    return literal
  }

  /// The start of the answer; an empty one counts as none.
  func prefix(of row: Int, isKnown: (String) -> Bool) throws(RowTrouble) -> String? {
    guard let genPrefix else { return nil }
    let text = try genPrefix.string(in: rows[row], isColumn: isKnown(genPrefix.text.text))
    return text.isEmpty ? nil : text
  }

  private func value(of field: BoundField, _ row: Int) throws(RowTrouble) -> Value {
    if let function = field.function { return try functions.value(of: function, at: row) }
    return try field.value(in: rows[row], columns)
  }

  func check(_ findings: inout Findings) {
    text?.check(columns, &findings)
    target?.check(columns, &findings)
    choice?.check(columns, &findings)
    genPrefix?.check(columns, &findings)
  }

  /// A text of digits alone is read as a number, as Python's `isdigit` and literals have it.
  private static func number(_ text: String) -> Value? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      case .int(let number)? = pythonLiteral(text)
    else { return nil }
    return .int(number)
  }

  static func kind(_ value: Value) -> String {
    switch value {
    case .null: "nothing (null)"
    case .bool: "a boolean"
    case .int, .double: "a number"
    case .string: "a text"
    case .list, .tuple: "a list"
    case .map: "a mapping"
    case .object(let it): "a \(it.typeName)"
    }
  }
}
