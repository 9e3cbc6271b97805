import Diagnostics
import Lint
import TaskDSL
import Values
import YAML

extension Workspace {
  static let fixAllKind = "source.fixAll.assay"

  /// What can be done about the findings on the lines of a range.
  ///
  /// - Parameter kinds: those that are asked for, with all below them; empty for every kind.
  mutating func actions(_ document: OpenDocument, in range: Range<Int>, kinds: [String]) -> [Value] {
    func wants(_ kind: String) -> Bool {
      kinds.isEmpty || kinds.contains { kind == $0 || kind.hasPrefix($0 + ".") }
    }
    guard document.kind != .other, wants("quickfix") || wants(Self.fixAllKind) else { return [] }
    let report = report(document)
    let path = Paths.normal(document.path)
    let positions = positions(document)
    // An editor asks for the place of the cursor, which is seldom on the very words.
    let start = positions.line(positions.line(of: range.lowerBound)).lowerBound
    let end = positions.line(positions.line(of: range.upperBound)).upperBound
    let own = report.findings.filter { finding in
      report.file(of: finding) == path && Int(finding.span.start) <= end && start <= Int(finding.span.end)
    }
    var actions: [Value] = []
    if wants("quickfix") {
      let all = shown(report, in: document)
      func told(_ finding: Diagnostic) -> Value {
        report.findings.firstIndex(of: finding).map { all[$0] } ?? .null
      }
      for finding in own {
        if let fix = finding.fix, !fix.edits.isEmpty { actions.append(action(fix, told(finding), report)) }
      }
      for finding in own {
        if let ignore = ignore(finding, document, positions) {
          actions.append(
            quickFix(
              "ignore `\(finding.code.name)` here", told(finding), isPreferred: false,
              [(document.path, [ignore])]))
        }
      }
    }
    // Asked for with every move of the cursor, so that it is not tried in vain.
    let isRepairable = report.findings.contains { $0.fix?.safety == .safe }
    if isRepairable, wants(Self.fixAllKind), let all = fixAll(document, positions) { actions.append(all) }
    return actions
  }

  private func action(_ fix: Fix, _ diagnostic: Value, _ report: LintReport) -> Value {
    var edits: [(path: String, edits: [Value])] = []
    for edit in fix.edits {
      guard let source = report.sources[edit.span.source] else { continue }
      let range = Positions(source.text, encoding).range(edit.span)
      let text: Value = ["range": range, "newText": .string(edit.replacement)]
      if let place = edits.firstIndex(where: { $0.path == source.name }) {
        edits[place].edits.append(text)
      } else {
        edits.append((source.name, [text]))
      }
    }
    let isSafe = fix.safety == .safe
    return quickFix(
      isSafe ? fix.title : "\(fix.title) (may change prompts or scores)", diagnostic, isPreferred: isSafe,
      edits)
  }

  private func quickFix(
    _ title: String, _ diagnostic: Value, isPreferred: Bool, _ edits: [(path: String, edits: [Value])]
  ) -> Value {
    var action: OrderedMap = [
      "title": .string(title), "kind": "quickfix", "edit": ["changes": changes(edits)],
    ]
    if !diagnostic.isNull { action["diagnostics"] = [diagnostic] }
    if isPreferred { action["isPreferred"] = true }
    return .map(action)
  }

  private func changes(_ edits: [(path: String, edits: [Value])]) -> Value {
    .map(OrderedMap(edits.map { (Value.string(uri(of: $0.path)), Value.list($0.edits)) }))
  }

  /// An editor's own address for what it has open.
  private func uri(of path: String) -> String {
    documents.values.first { Paths.normal($0.path) == path || $0.path == path }?.uri ?? FileURI.uri(path)
  }

  /// Every safe repair of the document at once.
  private func fixAll(_ document: OpenDocument, _ positions: Positions) -> Value? {
    guard document.kind == .task else { return nil }
    var request = LintRequest()
    request.files = [document.path]
    request.texts = texts
    request.roots = library
    request.workingDirectory = folders.first ?? "/"
    let fixed = linter.fixed(request, isUnsafe: false)
    guard let text = fixed.texts[Paths.normal(document.path)], text != document.text else { return nil }
    let whole = positions.range(0..<positions.bytes.count)
    return [
      "title": "repair all that can be repaired safely", "kind": .string(Self.fixAllKind),
      "edit": ["changes": changes([(document.path, [["range": whole, "newText": .string(text)]])])],
    ]
  }

  // MARK: - Comments that ignore

  /// The edit that keeps a finding back: a comment on the line above its entry, or one more code in a comment there.
  private func ignore(_ finding: Diagnostic, _ document: OpenDocument, _ positions: Positions) -> Value? {
    guard document.kind == .task, linter.registry[finding.code.name] != nil,
      let tree = OpenDocument.tree(document.text)
    else { return nil }
    let line = positions.line(of: Int(tree.entryStart(around: finding.span.start) ?? finding.span.start))
    let start = positions.line(line).lowerBound
    if line > 0, let known = existing(on: line - 1, positions) {
      let at = positions.range(known..<known)
      return ["range": at, "newText": .string(", \(finding.code.name)")]
    }
    let shape = YAMLLine(positions, line)
    let blanks = String(repeating: " ", count: shape.indentation)
    return [
      "range": positions.range(start..<start),
      "newText": .string("\(blanks)# assay: ignore[\(finding.code.name)]\n"),
    ]
  }

  /// Where a further code goes into a comment that is a line of its own.
  private func existing(on line: Int, _ positions: Positions) -> Int? {
    let range = positions.line(line)
    let text = String(decoding: positions.bytes[range], as: UTF8.self)
    guard let head = text.prefixMatch(of: /\s*#\s*assay:\s*ignore\[[^\]]+/) else { return nil }
    return range.lowerBound + text[..<head.range.upperBound].utf8.count
  }
}

extension Node {
  /// Where the innermost entry begins that stands on lines of its own and holds a byte.
  fileprivate func entryStart(around offset: UInt32) -> UInt32? {
    switch content {
    case .scalar: return nil
    case .sequence(let items):
      return items.lazy.filter { $0.span.start <= offset && offset <= $0.span.end }
        .compactMap { $0.entryStart(around: offset) }.first
    case .mapping(let entries):
      for entry in entries {
        let end = max(entry.key.span.end, entry.value.span.end)
        guard entry.key.span.start <= offset, offset <= end else { continue }
        return entry.value.entryStart(around: offset) ?? entry.key.span.start
      }
      return nil
    }
  }
}
