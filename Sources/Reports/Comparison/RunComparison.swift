import Exchange
public import Runs
import TaskDSL
public import Values

/// One document's numbers in a run.
public struct ScoredDocument: Sendable {
  public let id: Int
  /// Of its row: documents of one number that differ are not compared.
  public let hash: String
  /// Metrics' names and values; what is no number is passed over.
  public let metrics: OrderedMap

  public init(id: Int, hash: String, metrics: OrderedMap) {
    self.id = id
    self.hash = hash
    self.metrics = metrics
  }
}

/// What a run's samples say: by task and filter, its documents.
public struct RunSamples: Sendable {
  public struct Key: Hashable, Sendable {
    public let task: String
    public let filter: String

    public init(task: String, filter: String) {
      self.task = task
      self.filter = filter
    }
  }

  public private(set) var keys: [Key] = []
  private var documents: [Key: [ScoredDocument]] = [:]
  /// By task and metric, whether more is better.
  public var directions: [String: [String: Bool]] = [:]

  public init() {}

  public mutating func add(_ document: ScoredDocument, _ key: Key) {
    if documents[key] == nil { keys.append(key) }
    documents[key, default: []].append(document)
  }

  public subscript(_ key: Key) -> [ScoredDocument] { documents[key] ?? [] }
}

/// Two runs on the same documents.
public struct RunComparison: Sendable {
  public struct Row: Sendable {
    public let task: String
    public let filter: String
    public let metric: String
    public let difference: PairedDifference
    public let isHigherBetter: Bool?
    /// The documents that went from wrong to right, and from right to wrong.
    public let up: [Int]
    public let down: [Int]
    /// Worse by more than chance explains, all rows taken together.
    public fileprivate(set) var isWorse = false
  }

  public private(set) var rows: [Row] = []
  /// What could not be compared, a sentence each.
  public private(set) var remarks: [String] = []

  /// - Parameter alpha: how probable it may be that any row is called worse where none is.
  public init(_ first: RunSamples, _ second: RunSamples, alpha: Double = 0.05) {
    for key in first.keys {
      let others = Dictionary(second[key].map { ($0.id, $0) }) { $1 }
      guard !others.isEmpty else {
        remarks.append("`\(key.task)` (\(key.filter)) is in the first run only")
        continue
      }
      compare(key, first[key], others, first.directions[key.task] ?? second.directions[key.task] ?? [:])
    }
    for key in second.keys where first[key].isEmpty {
      remarks.append("`\(key.task)` (\(key.filter)) is in the second run only")
    }
    judge(alpha)
  }

  private mutating func compare(
    _ key: RunSamples.Key, _ documents: [ScoredDocument], _ others: [Int: ScoredDocument],
    _ directions: [String: Bool]
  ) {
    var pairs: [(ScoredDocument, ScoredDocument)] = []
    var changed = 0
    for document in documents {
      guard let other = others[document.id] else { continue }
      if document.hash == other.hash { pairs.append((document, other)) } else { changed += 1 }
    }
    if changed > 0 {
      remarks.append("`\(key.task)`: \(changed) documents differ between the runs and are left out")
    }
    let lonely = documents.count + others.count - 2 * (pairs.count + changed)
    if lonely > 0 { remarks.append("`\(key.task)` (\(key.filter)): \(lonely) documents are in one run only") }
    var names: [String] = []
    for (document, _) in pairs {
      for name in document.metrics.keys.map(\.text) where !names.contains(name) { names.append(name) }
    }
    for name in names {
      let values = pairs.compactMap { a, b -> (id: Int, first: Double, second: Double)? in
        guard let x = a.metrics[name]?.asNumber, let y = b.metrics[name]?.asNumber else { return nil }
        return (a.id, x, y)
      }
      guard !values.isEmpty else { continue }
      rows.append(
        Row(
          task: key.task, filter: key.filter, metric: name,
          difference: PairedDifference(values.map { ($0.first, $0.second) }),
          isHigherBetter: directions[name],
          up: values.filter { $0.second > $0.first }.map(\.id),
          down: values.filter { $0.second < $0.first }.map(\.id)))
    }
  }

  /// Holm's rule (Scandinavian Journal of Statistics 6, 1979): of many rows one looks worse by chance alone, so the least
  /// probable must pass a bar as high as there are rows, the next one lower.
  private mutating func judge(_ alpha: Double) {
    let order = rows.indices.filter {
      rows[$0].difference.probability != nil && rows[$0].isHigherBetter != nil
    }
    .sorted { (rows[$0].difference.probability ?? 1, $0) < (rows[$1].difference.probability ?? 1, $1) }
    for (place, index) in order.enumerated() {
      guard (rows[index].difference.probability ?? 1) <= alpha / Double(order.count - place) else { return }
      let isUp = rows[index].difference.difference > 0
      rows[index].isWorse =
        isUp != (rows[index].isHigherBetter ?? isUp) && rows[index].difference.difference != 0
    }
  }

  /// The rows as a table in Markdown.
  public var table: String {
    let headers = ["Task", "Filter", "Metric", "", "n", "A", "B", "B - A", "95 % interval", "p", "Flips"]
    let cells = rows.map { row -> [Value] in
      let d = row.difference
      return [
        .string(row.task), .string(row.filter), .string(row.metric),
        .string(row.isHigherBetter.map { $0 ? "↑" : "↓" } ?? ""), .int(d.count), .string(fixed(d.first, 4)),
        .string(fixed(d.second, 4)), .string((d.difference >= 0 ? "+" : "") + fixed(d.difference, 4)),
        .string(d.interval.map { "\(fixed($0.lowerBound, 4)) … \(fixed($0.upperBound, 4))" } ?? ""),
        .string(d.probability.map { $0 < 0.0001 ? "<0.0001" : fixed($0, 4) } ?? ""),
        .string(d.flips.map { "+\($0.up) -\($0.down)" } ?? ""),
      ]
    }
    return MarkdownTable(headers: headers, rows: cells).text
  }
}

extension Value {
  /// A number; true counts one, as Python has it.
  fileprivate var asNumber: Double? {
    switch self {
    case .bool(let it): it ? 1 : 0
    case .int(let it): Double(it)
    case .double(let it): it
    default: nil
    }
  }
}

extension RunResults {
  /// What comparing this run with another needs.
  public var comparableSamples: RunSamples {
    var samples = RunSamples()
    for task in tasks {
      let name = task.task.name
      for (metric, direction) in task.directions {
        if case .bool(let it) = direction { samples.directions[name, default: [:]][metric.text] = it }
      }
      for sample in task.samples {
        let document = task.task.documents[sample.document]
        samples.add(
          ScoredDocument(
            id: document.id, hash: sha256(document.whole.json(indent: 2)), metrics: sample.metrics),
          RunSamples.Key(task: name, filter: sample.filter))
      }
    }
    return samples
  }
}
