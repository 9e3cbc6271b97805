import Datasets
public import Diagnostics
import Dispatch
import Synchronization
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
    var units: [Unit] = []
    var seen = Set<String>()
    // Checking all names, the group's tasks come on their own too, without its settings.
    for member in members { add(member, isWhole: names != nil, &seen, &units) }
    for part in checked(units) { report.add(part) }
    report.findings.settleBeyondStandard(areErrors: compiler.options.areExtensionsErrors)
    report.files = Set(members.flatMap(\.leaves).map(\.file)).count + index.broken.count
    report.sources = index.sources
    return report
  }

  /// What can be checked by itself.
  private enum Unit: Sendable {
    case group(LoadedGroup)
    /// A task as a group's settings make it, of which only what it names is looked up.
    case changed(LeafTask)
    case task(LeafTask)
  }

  private func add(_ member: Member, isWhole: Bool, _ seen: inout Set<String>, _ units: inout [Unit]) {
    switch member {
    case .group(let group):
      units.append(.group(group))
      for leaf in member.leaves {
        if leaf.isInline || isWhole {
          if seen.insert(leaf.name).inserted { units.append(.task(leaf)) }
        } else if !leaf.isAsInFile {
          units.append(.changed(leaf))
        }
      }
    case .task(let leaf):
      if seen.insert(leaf.name).inserted { units.append(.task(leaf)) }
    }
  }

  /// What all of them come to, on all processors, in their order.
  private func checked(_ units: [Unit]) -> [Report] {
    let size = 32
    let reports = Mutex<[Int: Report]>([:])
    DispatchQueue.concurrentPerform(iterations: (units.count + size - 1) / size) { run in
      var report = Report()
      for unit in units[run * size..<min(units.count, (run + 1) * size)] { check(unit, &report) }
      reports.withLock { [report] in $0[run] = report }
    }
    let all = reports.withLock { $0 }
    return all.keys.sorted().compactMap { all[$0] }
  }

  private func check(_ unit: Unit, _ report: inout Report) {
    switch unit {
    case .group(let group):
      report.groups += 1
      _ = GroupDefinition.read(group, &report.findings)
    case .changed(let leaf): _ = leaf.bind(compiler.parts, &report.findings)
    case .task(let leaf): check(leaf, &report)
    }
  }

  private func check(_ leaf: LeafTask, _ report: inout Report) {
    report.tasks += 1
    if leaf.isClass {
      if ClassTask(leaf, compiler.parts, &report.findings) != nil { report.withPython.append(leaf.name) }
      return
    }
    guard let task = leaf.bind(compiler.parts, &report.findings) else {
      leaf.checkSplits(in: compiler.datasets, &report.findings)
      return
    }
    if task.isCallingFunctions {
      task.checkSplits(in: compiler.datasets, &report.findings)
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

extension Validation.Report {
  /// Takes in what was found in another part.
  fileprivate mutating func add(_ part: Validation.Report) {
    tasks += part.tasks
    groups += part.groups
    withoutData += part.withoutData
    withPython += part.withPython
    findings.add(contentsOf: part.findings)
  }
}
