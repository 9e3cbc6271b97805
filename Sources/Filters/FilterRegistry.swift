public import Diagnostics
public import Schema
public import YAML

/// The filters a task may name: a value, so that tests and plug-ins make their own.
public struct FilterRegistry: Sendable {
  private struct Entry: Sendable {
    let page: Page
    let make: @Sendable (Node, inout Findings) -> (any Filter)?
  }

  private var entries: [String: Entry] = [:]

  public init(_ filters: [any Filter.Type] = []) {
    for filter in filters { add(filter) }
  }

  public mutating func add<Added: Filter>(_ filter: Added.Type) {
    precondition(entries[Added.name] == nil, "two filters are named `\(Added.name)`")
    entries[Added.name] = Entry(page: Page(Added.name, about: Added.about, Added.schema)) { node, findings in
      Added.schema.decode(node, &findings) { $0 == "function" }
    }
  }

  /// In alphabetical order.
  public var names: [String] { entries.keys.sorted() }
  /// What documentation says of each, in alphabetical order.
  public var pages: [Page] { names.compactMap { entries[$0]?.page } }
  /// One sentence on one of them, for lists.
  public func summary(of name: String) -> String { entries[name]?.page.summary ?? "" }

  /// Makes a filter from a step of a pipeline: the whole mapping, `function` included.
  public func make(
    _ name: Located<String>, _ options: Node, _ findings: inout Findings
  ) -> (any Filter)? {
    guard let entry = entries[name.value] else {
      findings.add(.unknownFilter(name, among: names))
      return nil
    }
    return entry.make(options, &findings)
  }
}

extension FilterRegistry {
  package static let builtinFilters: [any Filter.Type] = [
    FormatSpan.self,
    Lowercase.self,
    MajorityVote.self,
    MapFilter.self,
    MultiChoiceRegex.self,
    Normalize.self,
    PartOfSpeechTags.self,
    RegexFilter.self,
    RemoveWhitespace.self,
    TakeFirst.self,
    TakeFirstK.self,
    Uppercase.self,
  ]

  /// Every filter in the folder `Filters`.
  public static let builtin = FilterRegistry(builtinFilters)
}

extension Diagnostic {
  fileprivate static func unknownFilter(_ name: Located<String>, among names: [String]) -> Diagnostic {
    let near = names.nearest(to: name.value)
    return .error(
      "unknown-filter", "no filter is named `\(name.value)`", at: name.span,
      help: near.map { "did you mean `\($0)`?" } ?? "filters: \(names.joined(separator: ", "))",
      fix: near.map { .replace(name.span, with: $0) })
  }
}
