import Datasets
import Diagnostics
import Exchange
import Values
import YAML

/// The rows of one task's splits: from its data set or the function that makes it, through `process_docs`, once.
final class TaskRows {
  private let task: BoundTask
  private let datasets: DatasetStore
  /// What the function that makes the data is given.
  private let metadata: OrderedMap
  private var made: [(name: String, table: ForeignTable)]?
  private var processed: [String: Rows?] = [:]

  init(task: BoundTask, datasets: DatasetStore, metadata: OrderedMap) {
    self.task = task
    self.datasets = datasets
    self.metadata = metadata
  }

  /// A split's rows after `process`; nil with findings when there are none to be had.
  func rows(
    _ split: Located<String>, _ process: BoundProcess?, _ findings: inout Findings
  ) -> Rows? {
    let key = "\(split.value)\u{0}\(process?.identity ?? "")"
    if let known = processed[key] { return known }
    let rows = raw(split, &findings).flatMap { self.processed($0, of: split.value, process, &findings) }
    processed[key] = .some(rows)
    return rows
  }

  private func raw(_ split: Located<String>, _ findings: inout Findings) -> Rows? {
    if let custom = task.customData { return made(by: custom, split, &findings) }
    return task.data.flatMap { datasets.rows(split, of: $0, &findings) }
  }

  private func processed(
    _ rows: Rows, of split: String, _ process: BoundProcess?, _ findings: inout Findings
  ) -> Rows? {
    switch process {
    case nil: return rows
    case .function(let function): return called(function, rows, &findings)
    case .steps(let steps): return steps.applied(to: rows, of: split, &findings)
    }
  }

  private func called(_ process: BoundFunction, _ rows: Rows, _ findings: inout Findings) -> Rows? {
    do throws(ForeignError) {
      let table = ForeignTable(columns: rows.columns, rows: rows.rows, name: rows.name)
      let changed = try process.ready().processed(table)
      return Rows(columns: changed.columns, rows: changed.rows, file: rows.file)
    } catch {
      findings.add(process.finding(error))
      return nil
    }
  }

  private func made(
    by function: BoundFunction, _ split: Located<String>, _ findings: inout Findings
  ) -> Rows? {
    do throws(ForeignError) {
      if made == nil { made = try function.ready().splits(try keywords(function)) }
      let splits = made ?? []
      guard let table = splits.first(where: { sameBytes($0.name, split.value) })?.table else {
        let names = splits.map { "`\($0.name)`" }.joined(separator: ", ")
        findings.add(
          .error(
            "missing-split", "`\(function.name.value)` makes no split `\(split.value)`", at: split.span,
            help: "its splits: \(names)"))
        return nil
      }
      return Rows(columns: table.columns, rows: table.rows, file: function.name.value)
    } catch {
      made = []
      findings.add(function.finding(error))
      return nil
    }
  }

  /// The task's metadata and `dataset_kwargs`, of which none may be in both.
  private func keywords(_ function: BoundFunction) throws(ForeignError) -> OrderedMap {
    var keywords = metadata
    for (key, value) in task.definition.data.arguments?.value.asMap ?? [:] {
      if keywords[key] != nil {
        throw ForeignError(
          .raised, "`\(function.name.value)` gets `\(key.text)` twice, from `metadata` and `dataset_kwargs`",
          help: "rename one of them")
      }
      keywords[key] = value
    }
    return keywords
  }
}
