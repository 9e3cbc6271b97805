import Diagnostics

/// Why a text is not YAML, in plain words and at the line that is to blame.
///
/// libyaml says where it gave up, which is often a line or more behind the slip.
struct SyntaxTrouble {
  let source: SourceID
  let bytes: [UInt8]
  /// What libyaml says.
  let problem: String
  /// Where it gave up.
  let place: Int
  /// What it was reading then, and where that began.
  let context: String?
  let contextPlace: Int?
  /// The last text between quotes before it gave up.
  let quoted: Range<Int>?
  private let lines: [Range<Int>]

  init(
    source: SourceID, bytes: [UInt8], problem: String, place: Int, context: String?, contextPlace: Int?,
    quoted: Range<Int>?
  ) {
    self.source = source
    self.bytes = bytes
    self.problem = problem
    self.place = min(place, bytes.count)
    self.context = context
    self.contextPlace = contextPlace
    self.quoted = quoted
    var lines: [Range<Int>] = []
    var start = 0
    for (at, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<at)
      start = at + 1
    }
    self.lines = lines + [start..<bytes.count]
  }

  private struct Verdict {
    var words: String
    var range: Range<Int>
    var help: String?
  }

  var diagnostic: Diagnostic {
    let verdict = mergeMark ?? self.verdict
    let range = verdict.range.clamped(to: 0..<bytes.count)
    var labels: [Diagnostic.Label] = []
    if line(of: range.lowerBound) != line(of: place), place < bytes.count {
      labels = [Diagnostic.Label("reading stops here", at: span(place..<place))]
    }
    return .error(
      "malformed-yaml", "this is not YAML: \(verdict.words)", at: span(range), labels: labels,
      help: verdict.help)
  }

  private var verdict: Verdict {
    switch problem {
    case "could not find expected ':'": lineWithoutColon
    case "mapping values are not allowed in this context": unexpectedColon
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      besideQuotes ?? afterQuotes ?? afterBraces ?? oddOneOut
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'": openBracket
    case "found unexpected end of stream", "found unexpected document indicator": openQuote
    case "found character that cannot start any token": wrongStart
    case "found unknown escape character": unknownEscape
    case "did not find expected alphabetic or numeric character":
      Verdict(
        words: "`\(text(place - 1..<place))` refers to an anchor, and no name follows",
        range: place - 1..<place,
        help: "put a text that begins with `*` or `&` in quotes")
    case "did not find expected whitespace or line break", "did not find URI escaped octet",
      "did not find expected '!'":
      Verdict(
        words: "`!` begins a tag, and this is none", range: tagStart..<place + 1,
        help: "put a text that begins with `!` in quotes")
    case "found a tab character that violates indentation":
      Verdict(
        words: "a tab stands where YAML wants spaces", range: place..<place + 1, help: "indent with spaces")
    case "control characters are not allowed":
      Verdict(
        words: problem, range: place..<place + 1,
        help: "remove the character or write it as an escape in double quotes")
    case "did not find expected node content":
      neverClosed ?? Verdict(words: problem, range: place..<place + 1)
    default: Verdict(words: problem, range: place..<place + 1)
    }
  }

  /// Where the tag before the place begins.
  private var tagStart: Int {
    let line = lines[line(of: place)]
    return line.lowerBound < place
      ? bytes[line.lowerBound..<place].lastIndex(of: UInt8(ascii: "!")) ?? place : place
  }

  // MARK: - Causes

  /// What a version control system leaves where two changes met.
  private var mergeMark: Verdict? {
    guard let first = lines.first(where: { text($0).hasPrefix("<<<<<<<") }) else { return nil }
    return Verdict(
      words: "this mark stands where two versions were to be merged", range: content(of: first),
      help: "keep one of the two versions, and remove the marks")
  }

  private var lineWithoutColon: Verdict {
    let number = line(of: contextPlace ?? place)
    return slip(in: number)
      ?? Verdict(
        words: "a `:` is missing in this line", range: content(of: lines[number]),
        help: "write `key: value`; a text that goes on over several lines is indented, or in quotes")
  }

  /// What is wrong with a line that should give a key its value, and does not.
  private func slip(in number: Int) -> Verdict? {
    let line = lines[number]
    let words = text(line)
    let range = content(of: line)
    if words.unicodeScalars.contains("\u{FF1A}") {
      return Verdict(words: "`：` is not the `:` of YAML", range: range, help: "write `:` and a space")
    }
    if words.unicodeScalars.contains("\u{A0}") { return Self.noBreakSpace(range) }
    let trimmed = words.drop { $0 == " " }
    if trimmed.hasPrefix("- ") { return nil }
    if let mark = listMark(in: trimmed, range) { return mark }
    guard firstColon(in: line) == nil else { return nil }
    let key = Self.key(in: trimmed)
    let rest = trimmed[key.endIndex...]
    if !key.isEmpty, rest.hasPrefix(":") {
      return Verdict(
        words: "a space is missing behind the `:`", range: range, help: "write `\(key): \(rest.dropFirst())`")
    }
    if !key.isEmpty, rest.drop(while: { $0 == " " }).hasPrefix("=") {
      return Verdict(
        words: "a key is given its value by `:`, not by `=`", range: range, help: "write `\(key): value`")
    }
    guard !key.isEmpty, rest.first == " " else { return nil }
    return Verdict(
      words: "a `:` is missing in this line", range: range,
      help: "write `\(key): value`; a text that goes on over several lines is indented, or in quotes")
  }

  /// The word or text in quotes that a line begins with.
  private static func key(in words: Substring) -> Substring {
    if let mark = words.first, mark == "\"" || mark == "'",
      let end = words.dropFirst().firstIndex(of: mark)
    {
      return words[...end]
    }
    return words.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  /// The same for the line above a place, if that stands where a key may.
  private func slip(above number: Int) -> Verdict? {
    guard let above = textLine(before: number) else { return nil }
    let depth = indentation(above)
    return depth == 0 || depth < indentation(number) ? slip(in: above) : nil
  }

  /// A bracket that opens in a line above and is closed in none.
  private var neverClosed: Verdict? {
    for number in (0...line(of: place)).reversed() {
      let line = lines[number]
      for (open, close) in [("[", "]"), ("{", "}")] {
        let opened = line.filter { bytes[$0] == open.utf8.first }
        let closed = line.filter { bytes[$0] == close.utf8.first }
        guard opened.count > closed.count, let first = opened.last else { continue }
        return Verdict(
          words: "the `\(open)` that opens here is not closed", range: first..<first + 1,
          help: "close it with `\(close)`")
      }
    }
    return nil
  }

  /// An entry of a list whose mark is none: `-entry`, or another dash than the hyphen.
  private func listMark(in words: Substring, _ range: Range<Int>) -> Verdict? {
    guard let first = words.unicodeScalars.first else { return nil }
    if first == "-" {
      return Verdict(
        words: "a space is missing behind the `-` of a list's entry", range: range,
        help: "write `- \(words.dropFirst())`")
    }
    guard "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{2022}".unicodeScalars.contains(first) else {
      return nil
    }
    return Verdict(
      words: "`\(first)` is not the `-` that begins a list's entry", range: range,
      help: "write `- \(words.dropFirst().drop { $0 == " " })`")
  }

  private var unexpectedColon: Verdict {
    let number = line(of: place)
    let line = lines[number]
    if let first = firstColon(in: line), first < place {
      let value = text(first + 1..<line.upperBound).drop { $0 == " " }
      if let mark = value.unicodeScalars.first,
        "\u{201C}\u{201D}\u{201E}\u{2018}\u{2019}\u{AB}".unicodeScalars.contains(mark)
      {
        return Verdict(
          words: "`\(mark)` is not a quote to YAML, and a `: ` stands in the text", range: place..<place + 1,
          help: "use `\"` or `'`")
      }
      return Verdict(
        words: "a second `: ` stands in this line", range: place..<place + 1,
        help: "a text that holds `: ` needs quotes")
    }
    // The line itself may be right, and the one above not what it goes on from.
    guard let above = textLine(before: number) else {
      return Verdict(
        words: problem, range: place..<place + 1, help: "a text that holds `: ` needs quotes")
    }
    if text(lines[above]).unicodeScalars.contains("\u{A0}") {
      return Self.noBreakSpace(content(of: lines[above]))
    }
    let next = textLine(after: number).map { indentation($0) }
    if let slip = slip(above: number) { return slip }
    let isAboveOdd = next == indentation(number) && content(of: lines[above]).count > 0
    guard isAboveOdd else {
      return Verdict(
        words: "this line is indented deeper than the one above, which has its value already",
        range: content(of: line), help: "indent keys of one mapping alike")
    }
    return Verdict(
      words: "this line has its value already, and those below are indented deeper",
      range: content(of: lines[above]),
      help: "indent keys of one mapping alike, and begin each entry of a list with `- `")
  }

  /// A text between quotes that ends too soon, or too late because it was never closed.
  private var afterQuotes: Verdict? {
    guard let quoted, quoted.upperBound <= place, line(of: max(quoted.upperBound - 1, 0)) == line(of: place)
    else { return nil }
    let mark = text(quoted.lowerBound..<quoted.lowerBound + 1)
    let (first, last) = (line(of: quoted.lowerBound), line(of: place))
    if first < last {
      return Verdict(
        words: "this quote is closed only in line \(last + 1)",
        range: quoted.lowerBound..<lines[first].upperBound, help: "close it at the end of the text: `\(mark)`"
      )
    }
    let next = place < bytes.count ? bytes[place] : 0x20
    if next == UInt8(ascii: "]") || next == UInt8(ascii: "}") { return nil }
    return Verdict(
      words: "the text in quotes ends before this", range: place..<place + 1,
      help: mark == "'"
        ? "write a quote inside single quotes twice: `''`"
        : "write a quote inside double quotes as `\\\"`, or put the text in single quotes")
  }

  /// Two texts between quotes in one line, one behind the other.
  private var besideQuotes: Verdict? {
    let line = content(of: lines[line(of: place)])
    var at = line.lowerBound
    while at < line.upperBound, bytes[at] == UInt8(ascii: "-") || bytes[at] == 0x20 { at += 1 }
    guard at < line.upperBound, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
      let end = bytes[(at + 1)..<line.upperBound].firstIndex(of: bytes[at]),
      let next = bytes[(end + 1)..<line.upperBound].firstIndex(where: { $0 != 0x20 }), next > end + 1,
      bytes[next] == UInt8(ascii: "\"") || bytes[next] == UInt8(ascii: "'")
    else { return nil }
    return slip(in: self.line(of: place))
      ?? Verdict(
        words: "a second text in quotes stands behind the first", range: next..<line.upperBound,
        help: "write each text as an entry of its own, or both as one text")
  }

  private var afterBraces: Verdict? {
    guard place < bytes.count else { return nil }
    if bytes[place] == UInt8(ascii: "]") || bytes[place] == UInt8(ascii: "}") {
      return Verdict(
        words: "this `\(text(place..<place + 1))` closes nothing", range: place..<place + 1, help: "remove it"
      )
    }
    let line = lines[line(of: place)]
    guard line.contains(place), let colon = firstColon(in: line), colon < place,
      text(colon + 1..<line.upperBound).drop(while: { $0 == " " }).hasPrefix("{")
    else { return nil }
    return Verdict(
      words: "a value that begins with `{` is a mapping, and ends at its `}`", range: place..<place + 1,
      help: "put a template in quotes: `\"{{column}} …\"`")
  }

  private var oddOneOut: Verdict {
    let line = lines[line(of: place)]
    switch problem {
    case "did not find expected '-' indicator":
      return Verdict(
        words: "this line is no entry of the list above it", range: content(of: line),
        help: "begin each entry with `- `, all of them indented alike")
    case "did not find expected <document start>":
      if let first = lines.indices.first(where: isText),
        first < self.line(of: place) || slip(in: first) != nil
      {
        if let slip = slip(in: first) { return slip }
        if indentation(first) > 0, bytes[lines[first].lowerBound] == 0x20 {
          return Verdict(
            words: "this line is indented deeper than those below it", range: content(of: lines[first]),
            help: "indent keys of one mapping alike")
        }
      }
      return Verdict(
        words: "the document ended before this line", range: content(of: line),
        help: "remove the `...`; a task file holds one document")
    default:
      if text(line).unicodeScalars.contains("\u{A0}") { return Self.noBreakSpace(content(of: line)) }
      return Verdict(
        words: "this line is indented unlike those it belongs to", range: content(of: line),
        help: "indent keys of one mapping alike, and entries of one list")
    }
  }

  private var openBracket: Verdict {
    let mark = problem.hasSuffix("']'") ? "[" : "{"
    let number = line(of: place)
    if let contextPlace, line(of: contextPlace) != number || place >= bytes.count,
      place >= bytes.count || firstColon(in: lines[number]) != nil
    {
      return Verdict(
        words: "the `\(mark)` that opens here is not closed", range: contextPlace..<contextPlace + 1,
        help: "close it with `\(mark == "[" ? "]" : "}")`")
    }
    return Verdict(
      words: "a comma or the closing bracket is missing before this", range: place..<place + 1,
      help: "put a comma between entries; a text with commas, brackets or quotes in it needs quotes around it"
    )
  }

  private var openQuote: Verdict {
    guard let contextPlace, context?.contains("quoted") == true else {
      return Verdict(
        words: problem, range: place..<place, help: "a quote or bracket that was opened is not closed")
    }
    return Verdict(
      words: "the quote that opens here is never closed",
      range: contextPlace..<lines[line(of: contextPlace)].upperBound, help: "close it at the end of the text")
  }

  private var wrongStart: Verdict {
    let byte = place < bytes.count ? bytes[place] : 0
    if byte == 0x09 {
      return Verdict(
        words: "a tab stands where YAML wants spaces", range: place..<place + 1, help: "indent with spaces")
    }
    let mark = text(place..<min(place + 1, bytes.count))
    return Verdict(
      words: "a text cannot begin with `\(mark)` unless it is in quotes", range: place..<place + 1,
      help: "put the whole text in quotes")
  }

  private var unknownEscape: Verdict {
    let isAtMark = place < bytes.count && bytes[place] == UInt8(ascii: "\\")
    let start = max(0, isAtMark ? place : place - 1)
    let end = min(start + 2, bytes.count)
    return Verdict(
      words: "`\(text(start..<end))` is no escape between double quotes", range: start..<end,
      help: "write two backslashes, or put the text in single quotes, which read no escapes")
  }

  private static func noBreakSpace(_ range: Range<Int>) -> Verdict {
    Verdict(
      words: "there is a no-break space in this line, which is no space to YAML", range: range,
      help: "write a common space in its place")
  }

  // MARK: - Lines

  private func line(of place: Int) -> Int {
    // What lies behind the last line counts to it.
    lines.firstIndex { place <= $0.upperBound } ?? lines.count - 1
  }

  /// The line without the spaces around its text.
  private func content(of line: Range<Int>) -> Range<Int> {
    var (start, end) = (line.lowerBound, line.upperBound)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// Where the text of a line begins, behind the marks of lists.
  private func indentation(_ number: Int) -> Int {
    let line = lines[number]
    var at = line.lowerBound
    while at < line.upperBound {
      let isMark = bytes[at] == UInt8(ascii: "-") && at + 1 < line.upperBound && bytes[at + 1] == 0x20
      guard bytes[at] == 0x20 || isMark else { break }
      at += 1
    }
    return at - line.lowerBound
  }

  private func isText(_ number: Int) -> Bool {
    let content = content(of: lines[number])
    return !content.isEmpty && bytes[content.lowerBound] != UInt8(ascii: "#")
  }

  private func textLine(before number: Int) -> Int? { (0..<number).last(where: isText) }
  private func textLine(after number: Int) -> Int? {
    (number + 1..<max(lines.count, number + 1)).first(where: isText)
  }

  /// The colon behind the key of a line.
  private func firstColon(in line: Range<Int>) -> Int? {
    line.first { at in
      bytes[at] == UInt8(ascii: ":")
        && (at + 1 >= line.upperBound || bytes[at + 1] == 0x20 || bytes[at + 1] == 0x0D)
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  private func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(source: source, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }
}
