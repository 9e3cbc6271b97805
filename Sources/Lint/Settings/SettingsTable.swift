import Diagnostics
import TaskDSL

/// The settings of every file: what the command line says over the nearest `assay.yaml`.
struct SettingsTable: Sendable {
  private let request: LintSettings
  private var byFile: [String: LintSettings] = [:]

  init(for paths: Set<String>, _ request: LintRequest, _ registry: RuleRegistry, in survey: inout Survey) {
    self.request = request.settings
    guard request.isUsingSettingsFiles else { return }
    var read: [String: SettingsFile?] = [:]
    var nearest: [String: String?] = [:]
    for path in paths.sorted() {
      let folder = Paths.folder(of: path)
      guard let base = Self.nearest(folder, request.workingDirectory, &nearest) else { continue }
      let file = read[base] ?? Self.read(base, registry, &survey)
      read[base] = .some(file)
      guard let file else { continue }
      var settings = file.settings
      let relative = Self.path(path, from: base, request.workingDirectory)
      for (glob, own) in file.byPath where Paths.matches(relative, glob) {
        settings = settings.overlaid(with: own)
      }
      // Which advice a folder wants does not say that nothing else may be wrong.
      if request.leastSeverity == .error { settings.select = [] }
      byFile[path] = settings.overlaid(with: self.request)
    }
  }

  private static func read(
    _ folder: String, _ registry: RuleRegistry, _ survey: inout Survey
  ) -> SettingsFile? {
    guard let root = survey.settings(at: Paths.join(folder, SettingsFile.name)) else { return nil }
    return SettingsFile.read(root, registry, &survey.findings)
  }

  /// The nearest folder, from one upwards, that has settings.
  ///
  /// - Parameter known: what this came to for other folders; most share those above them.
  private static func nearest(
    _ folder: String, _ workingDirectory: String, _ known: inout [String: String?]
  ) -> String? {
    var folder = folder
    var passed: [String] = []
    var found: String?
    while true {
      if let nearest = known[folder] {
        found = nearest
        break
      }
      passed.append(folder)
      if Paths.exists(Paths.join(folder, SettingsFile.name)) {
        found = folder
        break
      }
      if folder == "/" { break }
      if folder == "." {
        guard workingDirectory.hasPrefix("/"), workingDirectory != "/" else { break }
        folder = Paths.folder(of: workingDirectory)
      } else {
        folder = folder.hasSuffix("..") ? Paths.join(workingDirectory, folder) : Paths.folder(of: folder)
      }
    }
    for folder in passed { known[folder] = .some(found) }
    return found
  }

  /// A path as the settings in a folder write it.
  private static func path(_ path: String, from folder: String, _ workingDirectory: String) -> String {
    let whole = Paths.join(workingDirectory, path)
    let base = Paths.join(workingDirectory, folder)
    return whole.hasPrefix(base + "/") ? String(whole.dropFirst(base.utf8.count + 1)) : path
  }

  /// Every combination that some file has.
  var all: [LintSettings] {
    byFile.values.reduce(into: [request]) { all, settings in
      if !all.contains(settings) { all.append(settings) }
    }
  }

  func isOn(_ finding: Diagnostic, _ index: TaskIndex, _ registry: RuleRegistry) -> Bool {
    isOn(finding.code.name, in: finding.span.source, index, registry)
  }

  func isOn(_ code: String, in source: SourceID, _ index: TaskIndex, _ registry: RuleRegistry) -> Bool {
    let settings = index.path(of: source).flatMap { byFile[$0] } ?? request
    return settings.isOn(code, in: registry)
  }
}
