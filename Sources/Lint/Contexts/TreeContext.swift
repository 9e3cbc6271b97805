import Diagnostics
public import TaskDSL
import YAML

/// All that is looked at in one go.
public struct TreeContext: Sendable {
  public let index: TaskIndex
  /// The files that are looked at, with those that they include.
  public let files: [FileContext]
  /// Files in the folders that end in `.yml`.
  public let yml: [FileContext]
}

extension TreeContext {
  /// The paths that some file includes.
  var includedPaths: Set<String> {
    var included = Set<String>()
    for file in files where file.source.text.holds("include") {
      file.root?.forEachMapping { _, entries in
        for entry in entries where entry.key.value == "include" {
          for name in entry.value.oneOrMore.compactMap(\.plainText) {
            included.insert(Paths.join(Paths.folder(of: file.path), name.text))
          }
        }
      }
    }
    return included
  }
}
