import Diagnostics
import Exchange
import Schema
import Values
import YAML

/// A task that a Python class makes: all keys but its name are the class's own business.
struct ClassTask: Sendable {
  let leaf: LeafTask
  let type: BoundFunction
  /// Every function that its file names, by the keys and places that lead to it.
  let functions: [(path: [Value], function: BoundFunction)]

  var name: String { leaf.name }

  /// Nil with findings where the class cannot be called.
  init?(_ leaf: LeafTask, _ parts: Parts, _ findings: inout Findings) {
    guard let node = leaf.node["class"] else { return nil }
    guard node.tag?.value == "!function", let scalar = node.scalar else {
      findings.add(.wrongType(node, expected: "`!function module.Class`"))
      return nil
    }
    let binder = FunctionBinder(support: parts.functions, paths: leaf.paths)
    let named = Located(scalar.text.text, at: node.span)
    guard let type = binder.function("class", named, &findings) else { return nil }
    var functions: [(path: [Value], function: BoundFunction)] = []
    for (path, name) in leaf.node.functionPlaces where path != ["class"] {
      guard let function = binder.function(path.last?.text ?? "", name, &findings) else { return nil }
      functions.append((path, function))
    }
    self.leaf = leaf
    self.type = type
    self.functions = functions
  }
}

extension LeafTask {
  /// Whether a Python class makes the task.
  public var isClass: Bool { node.entry("class") != nil }
}
