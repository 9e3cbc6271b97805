import Datasets
public import Diagnostics
import YAML

/// Checks task files without a model: everything that can be known before a run.
public struct Validation: Sendable {
  /// What was looked at and what was found.
  public struct Report: Sendable {
    public var tasks = 0
    public var groups = 0
    public var files = 0
    /// Tasks whose data is not at hand, so that rows and columns could not be checked.
    public var withoutData: [String] = []
    /// Tasks whose rows were not checked because Python functions make or phrase them.
    public var withPython: [String] = []
    public var findings = Findings()
    public var sources = Sources()
  }

  public var compiler: TaskCompiler
  /// How many rows of each task are turned into prompts to see that they can be.
  public var rowCount: Int

  public init(compiler: TaskCompiler, rowCount: Int = 20) {
    self.compiler = compiler
    // No code of a task's author runs to find out whether its file is right.
    self.compiler.parts.functions = .noted
    self.rowCount = rowCount
  }

  /// Checks every task and group of an index whose names are wanted.
  ///
  /// - Parameter names: nil for all.
  public func check(_ index: TaskIndex, names: [String]? = nil) -> Report {
    var index = index
    var report = Report()
    if names == nil {
      for broken in index.broken { report.findings.add(contentsOf: broken.findings) }
      report.findings.add(contentsOf: index.findings)
    }
    let wanted = names ?? index.names.filter { index.entries[$0]?.kind != .tag }
    var members: [Member] = []
    for name in wanted {
      // One name at a time: a task may well stand in two groups with different settings.
      members += index.select([name], &report.findings)
    }
    var seen = Set<String>()
    for member in members {
      // Checking all names, the group's tasks come on their own too, without its settings.
      check(member, isWhole: names != nil, &seen, &report)
    }
    report.findings.settleBeyondStandard(areErrors: compiler.options.areExtensionsErrors)
    report.files = Set(members.flatMap(\.leaves).map(\.file)).count + index.broken.count
    report.sources = index.sources
    return report
  }

  private func check(_ member: Member, isWhole: Bool, _ seen: inout Set<String>, _ report: inout Report) {
    switch member {
    case .group(let group):
      report.groups += 1
      _ = GroupDefinition.read(group, &report.findings)
      for leaf in member.leaves {
        if leaf.isInline || isWhole {
          check(leaf, &seen, &report)
        } else {
          _ = leaf.bind(compiler.parts, &report.findings)
        }
      }
    case .task(let leaf): check(leaf, &seen, &report)
    }
  }

  private func check(_ leaf: LeafTask, _ seen: inout Set<String>, _ report: inout Report) {
    guard seen.insert(leaf.name).inserted else { return }
    report.tasks += 1
    guard let task = leaf.bind(compiler.parts, &report.findings) else {
      leaf.checkSplits(in: compiler.datasets, &report.findings)
      return
    }
    if task.isCallingFunctions {
      leaf.checkSplits(in: compiler.datasets, &report.findings)
      report.withPython.append(leaf.name)
      return
    }
    guard let data = task.data, compiler.datasets.isAtHand(data) else {
      report.withoutData.append(leaf.name)
      return
    }
    var trial = compiler
    trial.options.limit = Double(rowCount)
    _ = trial.compile([.task(leaf)], &report.findings)
  }
}
