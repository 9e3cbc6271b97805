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

  @OptionGroup var tasks: TaskOptions

  @Option(help: "How to print it.")
  var format = Format.table

  func run() async throws {
    let index = tasks.index()
    let (headers, rows) = table(index)
    switch format {
    case .table: print(MarkdownTable(headers: headers, rows: rows).text, terminator: "")
    case .json:
      let keys = headers.map { Value.string($0.lowercased().replacing(" ", with: "_")) }
      print(Value.list(rows.map { .map(OrderedMap(zip(keys, $0.map { .string($0) }))) }).json(indent: 2))
    }
    if !index.broken.isEmpty {
      Surroundings.say(
        "\(index.broken.count) file(s) could not be read: \(index.broken.prefix(5).map(\.path).joined(separator: ", "))"
      )
    }
  }

  private func table(_ index: TaskIndex) -> (headers: [String], rows: [[String]]) {
    switch kind {
    case .tasks, .subtasks:
      let rows = (index.entries(of: .task) + index.entries(of: .pythonTask)).map { entry in
        [entry.name, entry.node?["output_type"]?.scalar?.text.text ?? "generate_until", entry.file]
      }
      return (["Task", "Output type", "File"], rows)
    case .groups:
      return (
        ["Group", "Members", "File"],
        index.entries(of: .group).map { [$0.name, "\($0.node?["task"]?.items?.count ?? 0)", $0.file] }
      )
    case .tags:
      return (
        ["Tag", "Tasks"],
        index.entries(of: .tag).map { [$0.name, $0.members.sorted().joined(separator: ", ")] }
      )
    case .filters:
      return (
        ["Filter", "What it does"], FilterRegistry.builtin.pages.map { [$0.name, Self.summary($0.about)] }
      )
    case .metrics:
      return (
        ["Metric", "What it measures"],
        MetricRegistry.builtin.pages.map { [$0.name, Self.summary($0.about)] }
      )
    case .backends:
      return (
        ["Backend", "What it is"], BackendRegistry.builtin.pages.map { [$0.name, Self.summary($0.about)] }
      )
    }
  }

  /// The first sentence of a page.
  private static func summary(_ page: String) -> String {
    let paragraph = page.split(separator: "\n\n", maxSplits: 1).first.map(String.init) ?? page
    let line = paragraph.split(separator: "\n").joined(separator: " ")
    return line.split(separator: ". ", maxSplits: 1).first.map {
      $0.hasSuffix(".") ? String($0.dropLast()) : String($0)
    } ?? line
  }
}
