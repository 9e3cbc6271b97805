import Datasets
import Diagnostics
import TaskDSL
import Values

/// Rows made of the columns that two versions of a task read, for tasks whose data is not at hand.
struct TrialRows {
  let old, new: LeafTask
  let parts: Parts
  let options: CompileOptions

  /// What a column may hold.
  private enum Kind: CaseIterable {
    case text, texts, number, map
  }

  /// A store that has rows both versions can use; nil where none of the kinds tried will do.
  func store(_ columns: [String]) -> DatasetStore? {
    let columns = Array(columns.prefix(12))
    let kinds = columns.map { _ in Kind.text }
    let guessed = columns.map { $0.hasSuffix("s") && $0.count > 4 ? Kind.texts : .text }
    for start in [guessed, kinds] {
      if let store = works(columns, start) { return store }
    }
    for first in columns.indices {
      for kind in Kind.allCases {
        var trial = kinds
        trial[first] = kind
        if let store = works(columns, trial) { return store }
        for second in columns.indices where second > first {
          for other in Kind.allCases {
            trial = kinds
            (trial[first], trial[second]) = (kind, other)
            if let store = works(columns, trial) { return store }
          }
        }
      }
    }
    return nil
  }

  private func works(_ columns: [String], _ kinds: [Kind]) -> DatasetStore? {
    let rows = (0..<4).map { number in
      OrderedMap(zip(columns, kinds).map { (Value.string($0), Self.value($0, $1, number)) })
    }
    let store = DatasetStore(everywhere: Rows(columns: columns, rows: rows, file: "trial rows"))
    let compiler = TaskCompiler(parts: parts, options: options, datasets: store)
    for leaf in [old, new] {
      var findings = Findings()
      guard compiler.compile([.task(leaf)], &findings) != nil else { return nil }
    }
    return store
  }

  /// Plain words, blanks at the ends, several lines: what templates treat differently.
  private static func value(_ column: String, _ kind: Kind, _ number: Int) -> Value {
    switch kind {
    case .text:
      let texts = ["\(column) text", "  \(column) with blanks ", "\(column) line one\nline two", "\(number)"]
      return .string(texts[number])
    case .texts: return .list((0..<4).map { .string("\(column) \(number).\($0)") })
    case .number: return .int(number)
    case .map:
      return [
        "text": .list((0..<4).map { .string("\(column) \(number).\($0)") }),
        "label": ["A", "B", "C", "D"], "choices": ["w", "x", "y", "z"],
      ]
    }
  }
}
