public import Datasets
import Diagnostics
import Exchange
import Synchronization
import Templates
public import Values

/// Answers what the Python functions of tasks ask while they run: for rows that are at hand, and for a template's text.
public final class HelperQuestions: Sendable {
  private let datasets: DatasetStore
  private let templates = Mutex<[ExactText: Template]>([:])

  /// A class that makes its templates anew for each document would fill the memory.
  private static let most = 256

  public init(_ datasets: DatasetStore) { self.datasets = datasets }

  /// Nil for a question that is not known here.
  public func answer(_ name: String, _ parameters: OrderedMap) throws -> Value? {
    switch name {
    case "datasets.load": try tables(parameters)
    case "template.render": .string(try rendered(parameters))
    default: nil
    }
  }

  private static let nowhere = SourceSpan(source: SourceID(index: 0), start: 0, end: 0)

  private func tables(_ parameters: OrderedMap) throws(ForeignError) -> Value {
    let path = parameters["path"]?.asString ?? ""
    let reference = DatasetReference(
      path: Located(path, at: Self.nowhere),
      name: parameters["name"]?.asString.map { Located($0, at: Self.nowhere) }, taskFolder: ".")
    var findings = Findings()
    guard let splits = datasets.splits(of: reference, &findings) else {
      throw ForeignError(
        .unavailable,
        "the data set `\(path)` is not on this machine: give --dataset_mirror, or install `datasets`")
    }
    var tables = OrderedMap()
    for split in splits {
      guard let rows = datasets.rows(Located(split, at: Self.nowhere), of: reference, &findings) else {
        continue
      }
      tables[split] = ForeignTable(columns: rows.columns, rows: rows.rows).value
    }
    return .map(tables)
  }

  private func rendered(_ parameters: OrderedMap) throws(ForeignError) -> String {
    let text = parameters["template"]?.text ?? ""
    let template: Template
    if let known = templates.withLock({ $0[ExactText(text)] }) {
      template = known
    } else {
      var findings = Findings()
      guard let made = Template(EmbeddedText(text, at: Self.nowhere), in: .tasks, &findings) else {
        throw ForeignError(.raised, findings.all.first?.message ?? "the template cannot be read")
      }
      template = made
      templates.withLock { templates in
        if templates.count >= Self.most { templates = [:] }
        templates[ExactText(text)] = made
      }
    }
    do throws(TemplateError) {
      return try template.render(parameters["document"]?.asMap ?? [:])
    } catch {
      throw ForeignError(.raised, error.message, help: error.help)
    }
  }
}
