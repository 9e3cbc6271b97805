import Datasets
import Diagnostics
import TaskDSL
import Values
import YAML

extension Workspace {
  /// The columns of a document's rows with their values in the first row, those that steps add among them.
  ///
  /// - Parameter line: the line that is being typed, which may be what keeps the rest from being YAML.
  func columns(of document: OpenDocument, at line: Range<Int>?) -> [(name: String, value: Value?)] {
    var texts = [document.text]
    if let line {
      var bytes = Array(document.text.utf8)
      let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 }
      let removed = (colon ?? line.lowerBound)..<line.upperBound
      bytes.replaceSubrange(removed, with: [])
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    if let sound = document.lastSound { texts.append(sound) }
    for text in texts {
      if let columns = columns(of: document, text), !columns.isEmpty { return columns }
    }
    return []
  }

  private func columns(of document: OpenDocument, _ text: String) -> [(name: String, value: Value?)]? {
    let folder = document.path.lastIndex(of: "/").map { String(document.path[..<$0]) } ?? "."
    guard let node = task(document, text)?.task.node ?? OpenDocument.tree(text),
      let path = node["dataset_path"]?.text
    else { return nil }
    let reference = DatasetReference(
      path: Located(path.text, at: path.span),
      name: node["dataset_name"]?.text.map { Located($0.text, at: $0.span) },
      arguments: node["dataset_kwargs"], taskFolder: folder)
    let keys = ["test_split", "validation_split", "training_split", "fewshot_split"]
    var unused = Findings()
    for split in keys.compactMap({ node[$0]?.text }) {
      guard let rows = datasets.rows(Located(split.text, at: split.span), of: reference, &unused) else {
        continue
      }
      let first = rows.rows.first
      let known = rows.columns.map { (name: $0, value: first?[$0]) }
      let steps = node["process_docs"].map { $0.items ?? [$0] } ?? []
      let added = steps.flatMap { $0["set"]?.entries ?? [] }.map(\.key.value)
      return known + added.filter { name in !rows.columns.contains(name) }.map { ($0, nil) }
    }
    return nil
  }
}
