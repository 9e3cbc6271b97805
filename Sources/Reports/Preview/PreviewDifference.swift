import Exchange
import TaskDSL
public import Values

/// Two versions of a task: what differs in their settings, and in the prompts of the same rows.
public struct PreviewDifference: Sendable {
  /// A key of the task with what it says in each version; nil where it is not set.
  struct Setting: Sendable {
    let key: String
    let old, new: Value?
  }

  /// A row in both versions; nil where one has no such row.
  struct Document: Sendable {
    let id: Int
    let old, new: DocumentPreview?
  }

  /// What each version is called.
  let oldName, newName: String
  let old, new: TaskPreview
  let settings: [Setting]
  let documents: [Document]

  public init(old: TaskPreview, new: TaskPreview, oldName: String, newName: String) {
    self.old = old
    self.new = new
    self.oldName = oldName
    self.newName = newName
    settings = Self.withoutInherited(Self.settings(old.configuration, new.configuration))
    let before = Dictionary(old.documents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(new.documents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    documents = Set(before.keys).union(after.keys).sorted().map {
      Document(id: $0, old: before[$0], new: after[$0])
    }
  }

  /// Examples follow what is asked unless they have a wording of their own, so that one change would be told twice.
  private static func withoutInherited(_ settings: [Setting]) -> [Setting] {
    settings.filter { setting in
      guard setting.key.hasPrefix("fewshot_config.") else { return true }
      let key = setting.key.dropFirst("fewshot_config.".count)
      return !settings.contains { $0.key == key && $0.old == setting.old && $0.new == setting.new }
    }
  }

  /// Whether prompts and settings are alike.
  public var isSame: Bool { settings.isEmpty && documents.allSatisfy(\.isSame) }

  /// The keys in the order of the configuration, those of mappings one by one.
  private static func settings(_ old: OrderedMap, _ new: OrderedMap) -> [Setting] {
    var keys = old.keys
    for key in new.keys where old[key] == nil { keys.append(key) }
    return keys.flatMap { key -> [Setting] in
      let (before, after) = (old[key], new[key])
      if before == after { return [] }
      if let before = before?.asMap, let after = after?.asMap {
        // Where the file lies is no setting.
        return settings(before, after).filter { $0.key != "config_source" }.map {
          Setting(key: "\(key.text).\($0.key)", old: $0.old, new: $0.new)
        }
      }
      return [Setting(key: key.text, old: before, new: after)]
    }
  }
}

extension PreviewDifference.Document {
  var isSame: Bool { difference.isSame }

  var difference: LineDifference { LineDifference(old?.lines ?? [], new?.lines ?? []) }
}

extension DocumentPreview {
  /// All that the model is given and what is right, as lines that can be compared.
  fileprivate var lines: [String] {
    var lines: [String] = []
    for context in contexts {
      lines += context.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      lines[lines.count - 1] += "▏"
      lines += context.requests.compactMap(\.continuation).map { "» \(pythonRepr($0))" }
    }
    return lines + ["gold: \(gold)"]
  }
}

// MARK: - For programs

extension PreviewDifference {
  public var value: Value {
    [
      "old": side(oldName, old), "new": side(newName, new), "is_same": .bool(isSame),
      "settings": .list(
        settings.map {
          ["key": .string($0.key), "old": $0.old ?? .null, "new": $0.new ?? .null]
        }),
      "documents": .list(
        documents.map { document in
          [
            "doc_id": .int(document.id), "is_same": .bool(document.isSame),
            "old": document.old.map { old.value(ofDocument: $0) } ?? .null,
            "new": document.new.map { new.value(ofDocument: $0) } ?? .null,
          ]
        }),
    ]
  }

  private func side(_ name: String, _ task: TaskPreview) -> Value {
    ["name": .string(name), "task": .string(task.name), "file": .string(task.file)]
  }
}
