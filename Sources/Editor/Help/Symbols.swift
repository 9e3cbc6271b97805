import Diagnostics
import Values
import YAML

extension Workspace {
  /// The keys of a document as an outline.
  func symbols(_ document: OpenDocument) -> [Value] {
    guard document.kind != .other, let tree = OpenDocument.tree(document.text) else { return [] }
    return symbols(tree, positions(document), depth: 0)
  }

  private func symbols(_ node: Node, _ positions: Positions, depth: Int) -> [Value] {
    // Deeper than a filter's options nobody looks.
    guard depth < 6 else { return [] }
    switch node.content {
    case .scalar: return []
    case .mapping(let entries):
      return entries.filter { !$0.key.value.isEmpty }.map { entry in
        symbol(
          entry.key.value, entry.value, Int(entry.key.span.start)..<Int(entry.key.span.end), positions,
          depth: depth)
      }
    case .sequence(let items):
      return items.enumerated().filter { $0.element.scalar == nil }.map { number, item in
        let start = Int(item.span.start)
        return symbol(Self.label(item) ?? "\(number)", item, start..<start, positions, depth: depth)
      }
    }
  }

  private func symbol(
    _ name: String, _ value: Node, _ own: Range<Int>, _ positions: Positions, depth: Int
  ) -> Value {
    let end = max(own.upperBound, Int(value.span.end))
    let start = min(own.lowerBound, max(0, end))
    var symbol: OrderedMap = [
      "name": .string(name), "kind": .int(kind(name, value, depth)),
      "range": positions.range(start..<max(start, end)), "selectionRange": positions.range(own),
    ]
    if let text = value.scalar?.text.text, !text.isEmpty {
      symbol["detail"] = .string(String(text.prefix(60)).replacing("\n", with: " "))
    }
    let children = symbols(value, positions, depth: depth + 1)
    if !children.isEmpty { symbol["children"] = .list(children) }
    return .map(symbol)
  }

  /// What stands for an item of a list.
  private static func label(_ item: Node) -> String? {
    ["name", "metric", "function", "task", "group"].lazy.compactMap { item[$0]?.scalar?.text.text }
      .first { !$0.isEmpty }
  }

  /// The numbers of the protocol: class, array, object, function, property.
  private func kind(_ name: String, _ value: Node, _ depth: Int) -> Int {
    if depth == 0, name == "task" || name == "group" { return 5 }
    if value.tag?.value == "!function" { return 12 }
    return value.items != nil ? 18 : value.entries != nil ? 19 : 7
  }
}
