public import Diagnostics
public import TaskDSL
import Values
public import YAML

/// One file as it stands, before its includes.
public struct FileContext: Sendable {
  public let path: String
  public let source: Source
  /// Nil when the file is not YAML.
  public let root: Node?
  /// What it defines; nil for a file that is only here because another includes it.
  public let role: FileContents.Role?
  /// Every `!function` that it names.
  let functions: [FunctionName]
  let helpers: HelperStore

  init(path: String, source: Source, root: Node?, role: FileContents.Role?, helpers: HelperStore) {
    self.path = path
    self.source = source
    self.root = root
    self.role = role
    self.helpers = helpers
    functions = source.text.holds("!function") ? root?.functionNames ?? [] : []
  }
}

/// A `!function` of a file.
struct FunctionName: Sendable {
  let name: Located<String>
  /// The keys that lead to it.
  let keys: [String]

  /// The name within its file.
  var last: String? { name.value.split(separator: ".").last.map(String.init) }
}

extension Node {
  fileprivate var functionNames: [FunctionName] {
    var found: [FunctionName] = []
    forEachScalar { node, scalar, keys in
      if node.isFunction {
        found.append(FunctionName(name: Located(scalar.text.text, at: node.span), keys: keys))
      }
    }
    return found
  }
}

extension FileContext {
  /// A value that the file gives for a key at the top.
  func value(_ key: String) -> Node? { root?.last(key) }

  /// The mappings that set keys of tasks: the file's own, and in a group those of its members.
  var settings: [Node] {
    guard let root else { return [] }
    return root.entry("group") == nil ? [root] : root.settingsOfMembers
  }

  /// The values that the file gives for a key of tasks, wherever it may set one.
  func values(_ key: String) -> [Node] { settings.compactMap { $0.last(key) } }
}

extension FileContext {
  /// What stands where a task's file can only mean texts: choices, stop strings and parts of prompts.
  var writtenTexts: [Node] { settings.flatMap(\.writtenTexts) }
}

extension Node {
  fileprivate var writtenTexts: [Node] {
    let config = last("fewshot_config")
    var texts = (last("doc_to_choice")?.items ?? []) + (config?.last("doc_to_choice")?.items ?? [])
    texts += last("generation_kwargs")?.last("until")?.oneOrMore ?? []
    for key in [
      "doc_to_text", "doc_to_target", "target_delimiter", "fewshot_delimiter", "gen_prefix", "description",
    ] {
      texts += [last(key), config?.last(key)].compactMap(\.self)
    }
    return texts
  }

  /// A group's own mapping and those of its members, which may be groups too.
  fileprivate var settingsOfMembers: [Node] {
    [self] + (last("task")?.items ?? []).flatMap { $0.entries == nil ? [] : $0.settingsOfMembers }
  }

  /// The value of a key, of several that of the last, which is the one that counts.
  func last(_ key: String) -> Node? { entries?.last { $0.key.value == key }?.value }

  /// Every scalar below, with the keys that lead to it; items of a list have their list's keys.
  func forEachScalar(_ path: [String] = [], _ body: (Node, Scalar, [String]) -> Void) {
    switch content {
    case .scalar(let scalar): body(self, scalar, path)
    case .sequence(let items): for item in items { item.forEachScalar(path, body) }
    case .mapping(let entries):
      for entry in entries { entry.value.forEachScalar(path + [entry.key.value], body) }
    }
  }

  /// Every mapping below, itself included.
  func forEachMapping(_ body: (Node, [Entry]) -> Void) {
    switch content {
    case .scalar: break
    case .sequence(let items): for item in items { item.forEachMapping(body) }
    case .mapping(let entries):
      body(self, entries)
      for entry in entries { entry.value.forEachMapping(body) }
    }
  }

  /// The items of a list, or the value itself as the only one.
  var oneOrMore: [Node] { isNull ? [] : items ?? [self] }

  /// A text that is no function, such as a template or a name.
  var plainText: EmbeddedText? { tag == nil ? text : nil }

  var isFunction: Bool { tag?.value == "!function" }

  /// What is written there when it stands for true.
  var isTrue: Bool { value == true }
}

extension String {
  /// Without white space at both ends.
  var trimmingWhitespace: Substring {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
