import ArgumentParser
import Backends
import Diagnostics
import Filters
import Metrics
import Reports
import Schema
import TaskDSL
import Values
import YAML

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List tasks, groups, tags, filters, metrics or backends.",
    discussion:
      "Files that could not be read are named at the end, on standard error; `assay validate` says why.")

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case tasks, groups, subtasks, tags, filters, metrics, backends
  }
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @Argument(help: "What to list.")
  var kind = Kind.tasks

  @OptionGroup var folders: FolderOptions

  @Option(help: "How to print it.")
  var format = Format.table

  func run() async throws { try Self.list(kind, folders, format) }

  static func list(_ kind: Kind, _ folders: FolderOptions, _ format: Format = .table) throws {
    let index = folders.index()
    Surroundings.keep(index)
    let (headers, rows) = table(kind, index)
    switch format {
    case .table:
      print(MarkdownTable(headers: headers, rows: kind == .tags ? joined(rows) : rows).text, terminator: "")
    case .json:
      let keys = headers.map { Value.string($0.lowercased().replacing(" ", with: "_")) }
      print(Value.list(rows.map { .map(OrderedMap(zip(keys, $0))) }).json(indent: 2))
    }
    try folders.requireFolders(of: index)
    let broken = index.broken.map(\.path)
    if !broken.isEmpty {
      let shown = broken.prefix(5).joined(separator: ", ") + (broken.count > 5 ? ", …" : "")
      Surroundings.say("\(broken.count) file\(broken.count == 1 ? "" : "s") could not be read: \(shown)")
    }
  }

  /// With lists as texts.
  private static func joined(_ rows: [[Value]]) -> [[Value]] {
    rows.map {
      $0.map { cell in cell.asList.map { .string($0.map(\.text).joined(separator: ", ")) } ?? cell }
    }
  }

  private static func table(_ kind: Kind, _ index: TaskIndex) -> (headers: [String], rows: [[Value]]) {
    switch kind {
    case .tasks, .subtasks:
      let rows = (index.entries(of: .task) + index.entries(of: .pythonTask)).map { entry -> [Value] in
        [
          .string(entry.name), .string(entry["output_type"]?.scalar?.text.text ?? "generate_until"),
          .string(entry.file),
        ]
      }
      return (["Task", "Output type", "File"], rows)
    case .groups:
      return (
        ["Group", "Members", "File"],
        index.entries(of: .group).map { group -> [Value] in
          [.string(group.name), .int(group["task"]?.items?.count ?? 0), .string(group.file)]
        }
      )
    case .tags:
      return (
        ["Tag", "Tasks"],
        index.entries(of: .tag).map { [.string($0.name), .list($0.members.sorted().map { .string($0) })] }
      )
    case .filters:
      return (
        ["Filter", "What it does"], FilterRegistry.tasks.pages.map { row($0.name, $0.about) }
      )
    case .metrics:
      return (
        ["Metric", "What it measures"],
        MetricRegistry.builtin.pages.map { row($0.name, $0.about) }
      )
    case .backends:
      return (
        ["Backend", "What it is"], BackendRegistry.builtin.pages.map { row($0.name, $0.about) }
      )
    }
  }

  private static func row(_ name: String, _ page: String) -> [Value] {
    [.string(name), .string(summary(page))]
  }

  /// The first sentence of a page.
  private static func summary(_ page: String) -> String {
    let paragraph = page.split(separator: "\n\n", maxSplits: 1).first.map(String.init) ?? page
    let line = paragraph.split(separator: "\n").joined(separator: " ")
    let sentence = line.split(separator: ". ", maxSplits: 1).first.map(String.init) ?? line
    return sentence.hasSuffix(".") || sentence.hasSuffix(":") ? String(sentence.dropLast()) : sentence
  }
}
