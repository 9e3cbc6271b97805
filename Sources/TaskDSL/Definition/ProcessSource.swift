public import Diagnostics
import Schema
import Values
public import YAML

/// What a task writes for `process_docs`: a Python function, or steps of our own.
public enum ProcessSource: Sendable {
  case function(Located<String>)
  case steps([Node], SourceSpan)
}

extension Shape where Value == ProcessSource {
  static var process: Self {
    Shape("list of steps, or function", .either([TaskFilePages.step.oneOrMore, .function])) {
      node, findings in
      if node.tag?.value == "!function" {
        return .function(Located(node.scalar?.text.text ?? "", at: node.span))
      }
      if node.tag == nil {
        if let items = node.items { return .steps(items, node.span) }
        if node.entries != nil { return .steps([node], node.span) }
      }
      findings.add(.wrongType(node, expected: "a list of steps, or `!function module.name`"))
      return nil
    }
  }
}
