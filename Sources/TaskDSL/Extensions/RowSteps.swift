import Datasets
import Diagnostics
import Values
import YAML

/// The steps of a `process_docs` that needs no Python.
struct RowSteps: Sendable {
  let span: SourceSpan
  private let steps: [RowStep]

  init(_ nodes: [Node], at span: SourceSpan, _ findings: inout Findings) {
    self.span = span
    steps = nodes.flatMap { RowStep.read($0, &findings) }
  }

  /// The rows that are left of a split; nil with findings when that cannot be told.
  func applied(to rows: Rows, of split: String, _ findings: inout Findings) -> Rows? {
    var own = Findings()
    var columns = rows.columns
    for step in steps { columns = step.check(columns, &own) }
    findings.add(contentsOf: own)
    guard !own.hasErrors else { return nil }
    var left: [OrderedMap] = []
    left.reserveCapacity(rows.rows.count)
    for (index, row) in rows.rows.enumerated() {
      do throws(RowTrouble) {
        if let row = try changed(row) { left.append(row) }
      } catch {
        findings.add(error.adding("row \(index) of `\(split)` as it is read").finding(at: span))
        return nil
      }
    }
    if left.isEmpty, !rows.rows.isEmpty {
      findings.add(
        .error(
          "no-rows-kept", "none of the \(rows.rows.count) rows of `\(split)` is kept", at: keep ?? span,
          help: "look at the rows' values: texts and numbers are never equal"))
      return nil
    }
    return Rows(columns: columns, rows: left, file: rows.file)
  }

  /// Nil where the row is left out.
  private func changed(_ row: OrderedMap) throws(RowTrouble) -> OrderedMap? {
    var row = row
    for step in steps where try !step.apply(to: &row) { return nil }
    return row
  }

  private var keep: SourceSpan? {
    for case .keep(let template) in steps { return template.text.span }
    return nil
  }
}

/// What changes the rows of a split.
enum BoundProcess: Sendable {
  case function(BoundFunction)
  case steps(RowSteps)

  /// The same for the same code, so that a split is worked out once.
  var identity: String {
    switch self {
    case .function(let function): "\(function.name.value) \(function.name.span.source.index)"
    case .steps(let steps): "\(steps.span.source.index):\(steps.span.start)"
    }
  }
}
