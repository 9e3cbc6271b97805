import Diagnostics
import Foundation
import TestKit
import Testing
import Values

@testable import YAML

@Suite struct `the quick reader` {
  /// All there is to know of a tree, as lines.
  private func lines(_ node: Node, _ indent: String = "") -> [String] {
    let tag = node.tag.map { " \($0.value)@\($0.span.start)-\($0.span.end)" } ?? ""
    let place = "\(node.span.start)-\(node.span.end)\(tag)"
    switch node.content {
    case .scalar(let it):
      let bytes = it.text.text.utf8.count
      let places = (0..<bytes).map { it.text.span($0..<$0 + 1).start }
      return [
        "\(indent)\(place) \(it.style) \(it.value.repr) \(it.text.text.debugDescription) "
          + "\(it.text.span.start)-\(it.text.span.end) \(places)"
      ]
    case .sequence(let items): return ["\(indent)\(place) list"] + items.flatMap { lines($0, indent + "  ") }
    case .mapping(let entries):
      return ["\(indent)\(place) mapping"]
        + entries.flatMap {
          [
            "\(indent)\($0.key.value.debugDescription) \($0.keyValue.repr) \($0.key.span.start)-\($0.key.span.end)"
          ] + lines($0.value, indent + "  ")
        }
    }
  }

  /// Whether it reads a text; if it does, then as libyaml does.
  private func isRead(_ text: String) -> Bool {
    let source = Source(name: "case.yaml", text: text)
    guard let quick = parseQuickly(source) else { return false }
    var findings = Findings()
    let tree = parseWithLibrary(source, &findings)
    let isSame = tree.map { lines($0) == lines(quick) } ?? false
    #expect(isSame && findings.all.isEmpty, "\(text.debugDescription)")
    if !isSame, let tree {
      for (theirs, ours) in zip(lines(tree), lines(quick)) where theirs != ours {
        Issue.record("libyaml: \(theirs)\nquick: \(ours)")
        break
      }
    }
    return true
  }

  /// The task files of the library, and those of other tests.
  private static let files: [String] = {
    let top = repositoryRoot.path
    let below = [
      "TaskLibrary", "Tests/YAMLTests/Cases", "Tests/TaskDSLTests/Fixtures", "Tests/CLITests/Cases",
    ]
    return below.flatMap { folder -> [String] in
      let names =
        FileManager.default.enumerator(atPath: "\(top)/\(folder)")?.compactMap { $0 as? String } ?? []
      return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(top)/\(folder)/\($0)" }
    }.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
  }()

  @Test func `real task files come out as libyaml has them, and many are read`() {
    let count = Self.files.count { isRead($0) }
    #expect(count * 4 > Self.files.count, "\(count) of \(Self.files.count)")
  }

  @Test func `so do real task files with a byte or line changed`() {
    var random = SeededRandom(seed: 11)
    let wedges = Array("\n -:#'\"\\!&*[]{}|>%@`?,.~\tax0\u{85}\u{FEFF}\u{2028}é".unicodeScalars)
    for file in Self.files where file.utf8.count < 3000 {
      for _ in 0..<60 {
        var scalars = Array(file.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &random) where !scalars.isEmpty {
          let place = Int.random(in: 0..<scalars.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: scalars[place] = random.pick(wedges)
          case 1: scalars.remove(at: place)
          case 2: scalars.insert(contentsOf: "\n  ".unicodeScalars, at: place)
          default: scalars.insert(random.pick(wedges), at: place)
          }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        _ = isRead(String(text))
      }
    }
  }

  /// What a made-up file is put together from.
  private static let pieces = [
    "a: ", "b: ", "key: ", "\"quoted\": ", "'single': ", "task: ", "yes: ", "12: ", "- ", "- ", "-", "  ",
    "  ", " ",
    "\n", "\n", "\n", "\n  ", "\n- ", "\n    ", "\n\n", "word", "two words", "1.5", "-3", "no", "null",
    "\"text\"",
    "\"a \\n b\"", "\"a\\\n  \\ b \\\n c\"", "\"two\n  lines \n\n more\"", "'it''s'", "'two\n  lines'",
    " # note",
    "#", ":", ": ", "!function utils.f", "!function ", "!!str ", "&x ", "*x", "[a, b]", "{a: b}",
    "|\n  block\n",
    "\"\\u00e9\\x41\"", "\"\\ud800\"", "é", "日本", "---", "...", "%", "<<", "\"\\\\ \n x\"", "''", "\"\"", ".",
    "http://a/b", "a:b", "\t",
  ]

  @Test func `so do texts put together at random`() {
    var random = SeededRandom(seed: 5)
    var count = 0
    for _ in 0..<60_000 {
      let text = (0..<Int.random(in: 2...14, using: &random)).map { _ in random.pick(Self.pieces) }.joined()
      if isRead(text) { count += 1 }
    }
    #expect(count > 500, "\(count)")
  }

  @Test func `so do files that are whole for the most part`() {
    var random = SeededRandom(seed: 9)
    let values = Self.pieces.filter { !$0.hasSuffix(": ") && !$0.hasPrefix("-") && !$0.hasPrefix("\n") }
    var count = 0
    func lines(_ depth: Int, _ indent: Int) -> [String] {
      let pad = String(repeating: " ", count: indent)
      return (0..<Int.random(in: 1...4, using: &random)).flatMap { number -> [String] in
        let key = "\(pad)\(random.pick(["k", "\"q ", "'s "]))\(number)"
        let whole = key.contains("\"") ? key + "\":" : key.contains("'") ? key + "':" : key + ":"
        switch Int.random(in: 0..<(depth < 3 ? 6 : 3), using: &random) {
        case 0: return [whole]
        case 1: return ["\(whole) \(random.pick(values))\n\(pad)  \(random.pick(values))"]
        case 2: return ["\(whole) \(random.pick(values))"]
        case 3: return [whole] + lines(depth + 1, indent + random.pick([1, 2, 4]))
        case 4:
          let dash = pad + random.pick(["- ", "  - ", "-  "])
          return [whole] + (0..<2).map { _ in dash + random.pick(values) }
        default:
          var inner = lines(depth + 1, indent + 2)
          inner[0] = pad + "- " + inner[0].dropFirst(indent + 2)
          return [whole] + inner
        }
      }
    }
    for _ in 0..<20_000
    where isRead(lines(0, 0).joined(separator: "\n") + random.pick(["", "\n", "\n# end"])) {
      count += 1
    }
    #expect(count > 2_000, "\(count)")
  }

  @Test(arguments: [
    "a: 1\na: 2\n", "a: &x 1\nb: *x\n", "a: |\n  text\n", "a: [1, 2]\n", "a: 1\n---\nb: 2\n", "a: b: c\n",
    "a: \"text\nb: 1\n", "\u{FEFF}a: 1\n", "a: \u{85}b\n", "a:\tb\n", "a: 1\r\n", "yes: 1\n", "<<: {a: 1}\n",
    "",
  ])
  func `it leaves to libyaml what it does not know`(_ text: String) {
    #expect(parseQuickly(Source(name: "case.yaml", text: text)) == nil)
  }
}
