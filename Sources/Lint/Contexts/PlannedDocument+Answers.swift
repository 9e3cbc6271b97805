import TaskDSL
import Values

extension PlannedDocument {
  /// The right answers as texts.
  var answers: [String] {
    switch target {
    case .string(let text): return [text]
    case .list(let texts), .tuple(let texts): return texts.map(\.text)
    case .int(let number):
      if let choices, choices.indices.contains(number) { return [choices[number]] }
      return [target.text]
    default: return [target.text]
    }
  }
}
