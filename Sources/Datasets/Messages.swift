import Diagnostics
import Schema
import YAML

extension Diagnostic {
  static func missingDataset(_ reference: DatasetReference, mirrors: [String]) -> Diagnostic {
    let path = reference.path.value
    let name = reference.name?.value ?? "default"
    let near = Format.readers.nearest(to: path)
    let layout = "\(path)/\(name)/<split>.jsonl"
    let help =
      near.map { "did you mean the reader `\($0)`?" }
      ?? (mirrors.isEmpty
        ? "put the rows in DIR/\(layout) and give --dataset_mirror DIR or set ASSAY_DATASETS=DIR; "
          + "this version does not download data"
        : "put the rows in \(mirrors[0])/\(layout); this version does not download data")
    let where_ = mirrors.isEmpty ? "" : ", nor in \(mirrors.map { "`\($0)`" }.joined(separator: ", "))"
    return .error(
      "missing-dataset", "the data set `\(path)` is not a folder here\(where_)", at: reference.path.span,
      help: help)
  }

  static func fileAsDataset(_ path: Located<String>) -> Diagnostic {
    let ending = SplitNames.ending(of: path.value)
    let reader =
      ["jsonl": "json", "json": "json", "csv": "csv", "tsv": "csv", "txt": "text"][ending] ?? "json"
    return .error(
      "missing-dataset", "`\(path.value)` is a file; `dataset_path` is a reader or a folder", at: path.span,
      help: "write `dataset_path: \(reader)` and `dataset_kwargs: {data_files: {test: \(path.value)}}`")
  }

  static func noDataFiles(_ reference: DatasetReference) -> Diagnostic {
    .error(
      "missing-dataset", "the reader `\(reference.path.value)` is not told which files to read",
      at: reference.path.span,
      help: "add `dataset_kwargs: {data_files: {test: rows.jsonl}}`; paths are relative to this file")
  }

  static func missingFile(_ path: Located<String>, bases: [String]) -> Diagnostic {
    let name = path.value.split(separator: "/").last.map(String.init) ?? path.value
    let inner = path.value.dropLast(name.count)
    let there = bases.flatMap { Folder.names(in: Folder.join($0, String(inner))) }
    let near = there.nearest(to: name).map { inner + $0 }
    return .error(
      "missing-dataset", "there is no file `\(path.value)`", at: path.span,
      help: near.map { "did you mean `\($0)`?" }
        ?? "looked in \(unique(bases).map { "`\($0.isEmpty ? "." : $0)`" }.joined(separator: " and "))",
      fix: near.map { .replace(path.span, with: String($0)) })
  }

  static func missingHubFile(_ file: HubFile, _ mirrors: [String], at span: SourceSpan) -> Diagnostic {
    .fileFromNetwork(
      span,
      help: mirrors.isEmpty
        ? "put the file at DIR/\(file.path) and give --dataset_mirror DIR or set ASSAY_DATASETS=DIR"
        : "put the file at \(mirrors[0])/\(file.path)")
  }

  static func missingConfiguration(
    _ name: Located<String>, in folder: String, _ there: [String]
  ) -> Diagnostic {
    let near = there.nearest(to: name.value)
    return .error(
      "missing-dataset", "there is no folder `\(name.value)` in `\(folder)`", at: name.span,
      help: near.map { "did you mean `\($0)`?" }
        ?? (there.isEmpty ? nil : "`dataset_name` may be: \(there.joined(separator: ", "))"))
  }

  static func emptyFolder(_ path: Located<String>) -> Diagnostic {
    .error(
      "missing-dataset", "there are no data files in `\(path.value)`", at: path.span,
      help: "files are named for their split: test.jsonl, train.csv")
  }

  static func missingSplit(_ split: Located<String>, of name: String, _ there: [String]) -> Diagnostic {
    let near = there.nearest(to: split.value)
    return .error(
      "missing-split", "`\(name)` has no split `\(split.value)`", at: split.span,
      help: near.map { "did you mean `\($0)`?" } ?? "there is: \(there.joined(separator: ", "))",
      fix: near.map { .replace(split.span, with: $0) })
  }

  static func sliceOfSplit(_ split: Located<String>) -> Diagnostic {
    .error(
      "missing-split", "`\(split.value)` is a part of a split; a task names whole ones", at: split.span,
      help: "name the split alone and use --limit or --samples to take some of its rows")
  }
}

private func unique(_ names: [String]) -> [String] {
  names.enumerated().filter { !names[..<$0.offset].contains($0.element) }.map(\.element)
}
