import Diagnostics
import Schema
import Values
import YAML

/// Where the splits of a data set are, and how their files are read.
struct DataFiles {
  /// In order: the first settles the types of the columns.
  var splits: [(split: String, files: [String])]
  /// The reader's name; nil where the ending of a file says it.
  var reader: String?
  var options: ReaderOptions
  /// Whether the types of the columns are declared elsewhere, as those of a mirror are.
  var isTyped = false
  /// What messages call it: the path as the task gives it, or the folder.
  var name: String
  /// The place in the task to point at when a file is bad.
  var span: SourceSpan
  /// The same where the task names the files of a split.
  var spans: [String: SourceSpan] = [:]

  func span(of split: String) -> SourceSpan { spans[split] ?? span }
}

/// Finds out what a reference means.
struct Locator {
  let reference: DatasetReference
  let mirrors: [String]
  let workingDirectory: String

  /// Nil with findings when there are no such files.
  func locate(_ findings: inout Findings) -> DataFiles? {
    guard let options = options(&findings) else { return nil }
    let path = reference.path.value
    if Format.readers.contains(path) { return readerFiles(options, &findings) }
    for base in [reference.taskFolder, workingDirectory] {
      let folder = Folder.join(base, path)
      if Folder.isFolder(folder) {
        noteUnlessInWorkingFolder(reference.path, workingDirectory, &findings)
        return folderFiles(folder, options, &findings)
      }
      if Folder.isFile(folder) {
        findings.add(.fileAsDataset(reference.path))
        return nil
      }
    }
    for mirror in mirrors {
      let folder = Folder.join(Folder.join(workingDirectory, mirror), path)
      if Folder.isFolder(folder) {
        return mirrored(folder, shown: Folder.join(mirror, path), options, &findings)
      }
    }
    findings.add(.missingDataset(reference, mirrors: mirrors))
    return nil
  }

  /// Whether the data is on this machine as far as the task tells; files that it names count even where they are missing.
  ///
  /// Asked for thousands of tasks at once, nearly all of which have their data elsewhere.
  var isAtHand: Bool {
    let path = reference.path.value
    var unused = Findings()
    if Format.readers.contains(path) {
      let isElsewhere = reference.arguments?["data_files"].map(isRemote) ?? false
      return !isElsewhere || locate(&unused) != nil
    }
    var hasFolder = false
    for base in [reference.taskFolder, workingDirectory] {
      switch Folder.kind(of: Folder.join(base, path)) {
      case .file: return true
      case .folder: hasFolder = true
      case nil: break
      }
    }
    let isThere =
      hasFolder
      || mirrors.contains { Folder.isFolder(Folder.join(Folder.join(workingDirectory, $0), path)) }
    return isThere && locate(&unused) != nil
  }

  private func isRemote(_ node: Node) -> Bool {
    let inner = node.items ?? node.entries?.map(\.value) ?? []
    return node.text?.text.contains("://") ?? inner.contains(where: isRemote)
  }

  private func options(_ findings: inout Findings) -> ReaderOptions? {
    let isReader = Format.readers.contains(reference.path.value)
    let empty = Node(.mapping([]), at: reference.path.span)
    var node = reference.arguments ?? empty
    if node.isNull { node = empty }
    // Data sets of the hub take keywords of their own; only readers are known to the last key.
    return ReaderOptions.schema.decode(node, &findings) { key in
      !isReader || ReaderOptions.others.contains(key)
    }
  }

  private var argumentSpan: SourceSpan {
    (reference.arguments?["data_files"] ?? reference.arguments?["data_dir"])?.span ?? reference.path.span
  }

  private func files(
    _ splits: [(split: String, files: [String])], _ reader: String?, _ options: ReaderOptions, name: String
  ) -> DataFiles {
    DataFiles(splits: splits, reader: reader, options: options, name: name, span: argumentSpan)
  }

  // MARK: - Readers

  private var bases: [String] {
    let bases = [reference.taskFolder, workingDirectory]
    guard let folder = reference.arguments?["data_dir"]?.text?.text else { return bases }
    return bases.map { Folder.join($0, folder) }
  }

  private func readerFiles(_ options: ReaderOptions, _ findings: inout Findings) -> DataFiles? {
    let reader = reference.path.value
    if let node = reference.arguments?["data_files"], !node.isNull {
      return named(node, bases, options, reader, name: reader, &findings)
    }
    if reference.arguments?["data_dir"] != nil {
      let folder = bases.first { Folder.isFolder($0) }
      let splits = folder.map { SplitNames.splits(in: Folder.files(below: $0)) } ?? []
      if let folder, !splits.isEmpty {
        return files(absolute(splits, folder), reader, options, name: reader)
      }
      findings.add(.error("missing-dataset", "there are no data files in this folder", at: argumentSpan))
      return nil
    }
    findings.add(.noDataFiles(reference))
    return nil
  }

  private func absolute(
    _ splits: [(split: String, files: [String])], _ folder: String
  ) -> [(split: String, files: [String])] {
    splits.map { ($0.split, $0.files.map { Folder.join(folder, $0) }) }
  }

  /// The files that `data_files` names.
  private func named(
    _ node: Node, _ bases: [String], _ options: ReaderOptions, _ reader: String?, name: String,
    _ findings: inout Findings
  ) -> DataFiles? {
    guard let patterns = DataFilePatterns(node, &findings) else { return nil }
    var splits: [(split: String, files: [String])] = []
    var spans: [String: SourceSpan] = [:]
    var isSound = true
    for (split, wanted) in patterns.splits {
      var found: [String] = []
      for pattern in wanted {
        let hubFile = HubFile(pattern.value)
        let places = hubFile == nil ? bases : mirrors.map { Folder.join(workingDirectory, $0) }
        let path = hubFile?.path ?? pattern.value
        let matches = places.lazy.map { Folder.matches(Folder.join($0, path)) }.first { !$0.isEmpty }
        if matches == nil {
          findings.add(
            hubFile.map { .missingHubFile($0, mirrors, at: pattern.span) }
              ?? .missingFile(pattern, bases: bases))
          isSound = false
        }
        found += matches ?? []
        if hubFile == nil, bases == self.bases, matches != nil {
          noteUnlessInWorkingFolder(pattern, bases[1], &findings)
        }
      }
      splits.append((split, found))
      if let first = wanted.first, let last = wanted.last {
        spans[split] = SourceSpan(source: first.span.source, start: first.span.start, end: last.span.end)
      }
    }
    guard isSound else { return nil }
    var named = files(splits, reader, options, name: name)
    named.spans = spans
    return named
  }

  /// Files beside the task are found from wherever a command is given; others look in the working folder only.
  private func noteUnlessInWorkingFolder(
    _ path: Located<String>, _ folder: String, _ findings: inout Findings
  ) {
    let there = Folder.join(folder, path.value)
    guard Folder.matches(there).isEmpty, !Folder.isFolder(there) else { return }
    findings.add(
      .beyondStandard(
        "`\(path.value)` is looked for beside the task's file", at: path.span,
        others: "the harness looks in the working folder only; give the command in the task's folder"))
  }

  // MARK: - Folders

  private func folderFiles(
    _ folder: String, _ options: ReaderOptions, _ findings: inout Findings
  ) -> DataFiles? {
    var folder = folder
    let name = reference.name?.value ?? "default"
    if Folder.isFolder(Folder.join(folder, name)) {
      folder = Folder.join(folder, name)
    } else if let given = reference.name, given.value != "default" {
      findings.add(.missingConfiguration(given, in: reference.path.value, Folder.folders(in: folder)))
      return nil
    }
    if let inner = reference.arguments?["data_dir"]?.text?.text { folder = Folder.join(folder, inner) }
    if let node = reference.arguments?["data_files"], !node.isNull {
      return named(node, [folder], options, nil, name: reference.path.value, &findings)
    }
    let all = Folder.files(below: folder)
    var splits = SplitNames.splits(in: all)
    // Files named for a split of their own are found by that name too.
    for plain in SplitNames.plain(in: all)
      + SplitNames.plain(in: Folder.files(below: Folder.join(folder, "data")))
      .map({ ($0.split, $0.files.map { "data/\($0)" }) })
    where !splits.contains(where: { $0.split == plain.split }) {
      splits.append(plain)
    }
    guard !splits.isEmpty else {
      findings.add(.emptyFolder(reference.path))
      return nil
    }
    return files(absolute(splits, folder), nil, options, name: reference.path.value)
  }

  private func mirrored(
    _ folder: String, shown: String, _ options: ReaderOptions, _ findings: inout Findings
  ) -> DataFiles? {
    let name = reference.name?.value ?? "default"
    let inner = Folder.join(folder, name)
    if let node = reference.arguments?["data_files"], !node.isNull {
      // What was loaded from those files may lie here by the names of the splits, as `load_dataset` gives them.
      var unfound = Findings()
      if let found = named(node, [inner, folder], options, nil, name: reference.path.value, &unfound) {
        findings.add(contentsOf: unfound)
        return found
      }
      guard let splits = loadedSplits(node, inner) else {
        findings.add(contentsOf: unfound)
        return nil
      }
      return mirror(splits, inner, options)
    }
    guard Folder.isFolder(inner) else {
      findings.add(
        .missingConfiguration(
          reference.name ?? Located("default", at: reference.path.span), in: shown,
          Folder.folders(in: folder)))
      return nil
    }
    let splits = SplitNames.plain(in: Folder.files(below: inner))
    guard !splits.isEmpty else {
      findings.add(.emptyFolder(Located(Folder.join(shown, name), at: reference.path.span)))
      return nil
    }
    return mirror(splits, inner, options)
  }

  private func mirror(
    _ splits: [(split: String, files: [String])], _ folder: String, _ options: ReaderOptions
  ) -> DataFiles {
    var found = files(absolute(splits, folder), nil, options, name: reference.path.value)
    found.isTyped = true
    return found
  }

  /// The files that bear the names of the splits of `data_files`; nil where one is missing.
  private func loadedSplits(_ node: Node, _ folder: String) -> [(split: String, files: [String])]? {
    var none = Findings()
    guard let wanted = DataFilePatterns(node, &none)?.splits.map(\.split) else { return nil }
    let plain = SplitNames.plain(in: Folder.files(below: folder))
    let found = wanted.compactMap { split in plain.first { $0.split == split } }
    return found.count == wanted.count ? found : nil
  }
}

extension Folder {
  fileprivate static func folders(in folder: String) -> [String] {
    names(in: folder).filter { isFolder(join(folder, $0)) }
  }
}
