import Diagnostics
import YAML

/// `\n` in quotes that do not read escapes.
struct LiteralBackslashN: Rule {
  static let code: Diagnostic.Code = "literal-backslash-n"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Single quotes and plain texts of YAML keep `\n` as a backslash and an `n`, which is what the model then reads; double
    quotes make it a line break. Inside `{{ }}` the template engine reads escapes itself.

    ```yaml
    task: demo
    doc_to_text: 'Q: {{question}}\nA:'
    generation_kwargs:
      until: ['\n']
    ```
    ```diagnostics
    warning[literal-backslash-n]: `\n` in single quotes is a backslash and an `n`, no line break
     --> example.yaml:2:30
      |
    2 | doc_to_text: 'Q: {{question}}\nA:'
      |                              ^^
      = help: use double quotes
      = fix: use double quotes

    warning[literal-backslash-n]: `\n` in single quotes is a backslash and an `n`, no line break
     --> example.yaml:4:12
      |
    4 |   until: ['\n']
      |            ^^
      = help: use double quotes
      = fix: use double quotes
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "Q: {{question}}\nA:"
    generation_kwargs:
      until: ["\n"]
    ```

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}}\nA: $\\nu$ {{ lines | join('\\n') }}"
    doc_to_target: '{{ lines | join("\n") }}'
    ```
    """#

  private static let plainKeys = ["target_delimiter", "fewshot_delimiter"]
  /// Commands of formulas that begin with `n`.
  private static let commands = [
    "nabla", "natural", "ne", "neg", "neq", "newcommand", "newline", "nexists", "ni", "nleq", "ngeq", "nmid",
    "noindent", "nonumber", "norm", "normalsize", "not", "notin", "nparallel", "nsubseteq", "nu", "nolimits",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.source.text.holds("\\n") else { return }
    var nodes: [Node] = []
    for settings in file.settings {
      let config = settings.last("fewshot_config")
      for key in TaskContext.templateKeys + Self.plainKeys {
        for node in [settings.last(key), config?.last(key)].compactMap(\.self) { nodes += node.oneOrMore }
      }
      nodes += settings.last("generation_kwargs")?.last("until")?.oneOrMore ?? []
    }
    for node in nodes {
      guard let text = node.plainText, let scalar = node.scalar else { continue }
      // A list in Python's own writing is read with its escapes.
      if text.text.hasPrefix("[") { continue }
      check(text, scalar, &findings)
    }
  }

  private func check(_ text: EmbeddedText, _ scalar: Scalar, _ findings: inout Findings) {
    let parts = TemplateParts(text.text)
    var places: [Range<Int>] = []
    for literal in parts.literals {
      for at in literal.dropLast() where isEscape(at, in: parts.bytes, until: literal.upperBound) {
        places.append(at..<(at + 2))
      }
    }
    guard let first = places.first else { return }
    // Texts of several lines, and those where someone wrote two backslashes, may well show code.
    let isOneLine = scalar.style == .plain || scalar.style == .singleQuoted
    guard isOneLine || isBetweenParts(first, parts) else { return }
    let isFixable = isOneLine && (parts.isConstant || !text.text.contains("\""))
    findings.add(
      Self.finding(
        "`\\n` in \(Self.words(scalar.style)) is a backslash and an `n`, no line break",
        at: text.span(first), help: Self.help(scalar.style),
        fix: isFixable
          ? Fix("use double quotes", safety: .needsReview, Fix.Edit(text.span, quoted(parts, places))) : nil))
  }

  /// Whether what stands there joins what is filled in with a word of the prompt: `{{question}}\nAnswer:`.
  private func isBetweenParts(_ place: Range<Int>, _ parts: TemplateParts) -> Bool {
    let follows = parts.expressions.contains { $0.upperBound == place.lowerBound }
    let next = place.upperBound < parts.bytes.count ? parts.bytes[place.upperBound] : UInt8(ascii: "A")
    return follows
      && (next >= 0x41 && next <= 0x5A || next == UInt8(ascii: "{") || next == UInt8(ascii: "\\"))
  }

  private static func words(_ style: Scalar.Style) -> String {
    switch style {
    case .plain: "a plain text"
    case .singleQuoted: "single quotes"
    case .doubleQuoted: "double quotes, with two backslashes,"
    case .literal, .folded: "a text of several lines"
    }
  }

  private static func help(_ style: Scalar.Style) -> String {
    switch style {
    case .plain, .singleQuoted: "use double quotes"
    case .doubleQuoted: "write one backslash"
    case .literal, .folded: "begin a new line"
    }
  }

  private func isEscape(_ at: Int, in bytes: [UInt8], until end: Int) -> Bool {
    guard bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "n") else { return false }
    if at > 0, bytes[at - 1] == UInt8(ascii: "\\") { return false }
    let word = bytes[(at + 1)..<end].prefix { $0 >= 0x61 && $0 <= 0x7A }
    return !Self.commands.contains(String(decoding: word, as: UTF8.self))
  }

  /// The text in double quotes, with line breaks for the places found.
  private func quoted(_ parts: TemplateParts, _ places: [Range<Int>]) -> String {
    var out: [UInt8] = Array("\"".utf8)
    for (at, byte) in parts.bytes.enumerated() {
      let isBreak = places.contains { $0.lowerBound == at }
      if byte == UInt8(ascii: "\\"), !isBreak { out.append(byte) }
      if byte == UInt8(ascii: "\"") { out.append(UInt8(ascii: "\\")) }
      if byte == 0x0A {
        out += Array("\\n".utf8)
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out + Array("\"".utf8), as: UTF8.self)
  }
}
