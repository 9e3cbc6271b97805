import Diagnostics
import Synchronization
import Values
import YAML

/// A file's mapping over those of its includes, laid together only for those who want it whole.
///
/// Of thousands of files in an index a run wants a few, of the others a name or two.
final class Layers: Sendable {
  /// The mappings of the includes, the lowest first.
  let below: [[Node.Entry]]
  /// The file's own mapping, its `include` still in it.
  let own: Node
  private let whole = Mutex<Node?>(nil)
  private let ownTask = Mutex<(node: Node, paths: FilePaths)?>(nil)

  init(below: [[Node.Entry]], own: Node) {
    self.below = below
    self.own = own
  }

  /// The value of a key; the highest layer that has it counts.
  subscript(_ key: String) -> Node? {
    if let value = own[key] { return value }
    for layer in below.reversed() {
      if let entry = layer.first(where: { sameBytes($0.key.value, key) }) { return entry.value }
    }
    return nil
  }

  /// All layers of this file, for one that includes it.
  var all: [[Node.Entry]] { below + [own.entries ?? []] }

  /// The file's own keys laid over those of its includes, in their order; values are replaced whole.
  ///
  /// Worked out once, when it is first asked for: a task is wanted on its own and by each group around it.
  var node: Node {
    whole.withLock { known in
      if let known { return known }
      let node = laidTogether
      known = node
      return node
    }
  }

  /// The task that the file makes by itself, and the files that its functions are named in, worked out once as well.
  func task(_ paths: (Node) -> FilePaths) -> (node: Node, paths: FilePaths) {
    let node = node
    return ownTask.withLock { known in
      if let known { return known }
      let task = node.forTask([])
      let made = (node: task, paths: paths(task))
      known = made
      return made
    }
  }

  private var laidTogether: Node {
    guard own["include"] != nil else { return own }
    let base = below.reduce([]) { base, layer in
      base.overlaid(with: layer.filter { $0.key.value != "include" && $0.key.value != "task_list" })
    }
    let mine = (own.entries ?? []).filter { $0.key.value != "include" }
    return Node(.mapping(base.overlaid(with: mine)), at: own.span)
  }
}
