public import Diagnostics

/// The rules there are, and the pages of all codes: a value, so that tests and plug-ins make their own.
public struct RuleRegistry: Sendable {
  public private(set) var rules: [any Rule.Type] = []
  private var known: [String: any CodePage.Type] = [:]
  /// Those of the pages that are rules; to ask a type whether it is one takes long.
  private var ruleTypes: [String: any Rule.Type] = [:]

  /// - Parameter pages: of findings that other parts of Assay make.
  public init(_ rules: [any Rule.Type] = [], pages: [any CodePage.Type] = []) {
    for rule in rules { add(rule) }
    for page in pages { add(page: page) }
  }

  public mutating func add(_ rule: any Rule.Type) {
    add(page: rule)
    rules.append(rule)
    ruleTypes[rule.code.name] = rule
  }

  private mutating func add(page: any CodePage.Type) {
    precondition(known[page.code.name] == nil, "two pages are for the code `\(page.code.name)`")
    known[page.code.name] = page
  }

  /// In alphabetical order.
  public var codes: [String] { known.keys.sorted() }
  public var pages: [any CodePage.Type] { codes.compactMap { known[$0] } }

  public subscript(_ code: String) -> (any CodePage.Type)? { known[code] }

  /// Whether nothing but a rule finds it, so that it can be turned on and off by presets.
  public func isRule(_ code: String) -> Bool { ruleTypes[code] != nil }

  func rule(_ code: String) -> (any Rule.Type)? { ruleTypes[code] }

  public func family(of code: Diagnostic.Code) -> Family? { known[code.name]?.family }
  public func tier(of code: Diagnostic.Code) -> Tier { known[code.name]?.tier ?? .static }

  /// Whether a preset has a code; what other parts of Assay find is in all of them.
  public func has(_ code: String, in preset: Preset) -> Bool {
    guard let rule = ruleTypes[code] else { return true }
    return preset == .strict || rule.presets.contains(preset)
  }
}

extension CodePage {
  /// The page's first sentence, for lists.
  public static var summary: String {
    let end = about.firstRange(of: "\n\n")?.lowerBound ?? about.endIndex
    let text = String(about[..<end]).replacing("\n", with: " ")
    return text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
  }
}
