import Diagnostics
import YAML

extension BoundTask {
  /// The columns that it may read: variables of its templates, and texts that could be the name of a column.
  package var readColumns: [String] {
    let fields = [text, target, choice, fewshot.text, fewshot.target, fewshot.choice]
    var names = fields.compactMap(\.self).flatMap(\.readColumns)
    names += [description, genPrefix, fewshot.genPrefix].compactMap(\.self).flatMap(\.readColumns)
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }
}

extension BoundField {
  fileprivate var readColumns: [String] {
    guard case .text(let text) = source else { return [] }
    if !variables.isEmpty { return variables }
    return text.text.isName ? [text.text] : []
  }
}

extension String {
  /// Whether it is a name as programs have them.
  fileprivate var isName: Bool {
    guard let first = unicodeScalars.first, first == "_" || first.properties.isAlphabetic else {
      return false
    }
    return unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
  }
}

extension LeafTask {
  /// The same task as if another file defined it, from whose folder its data is looked for.
  package func asIf(in file: String) -> LeafTask {
    LeafTask(name: name, node: node, file: file, isInline: isInline, paths: paths)
  }

  /// The Python files that most likely hold its functions, in the order of their names.
  package var functionFiles: [String] {
    let files = node.functions.compactMap { function -> String? in
      let parts = function.value.split(separator: ".").dropLast()
      guard let folder = paths[function.span.source].map({ Paths.folder(of: $0) }), !parts.isEmpty else {
        return nil
      }
      return Paths.join(folder, parts.joined(separator: "/") + ".py")
    }
    return Set(files).sorted()
  }

  /// The text of a file beside it; nil where there is none.
  package static func text(at path: String) -> String? {
    if case .success(let text) = Files.text(at: path) { text } else { nil }
  }
}
