import Values

let wordwrapParameters = ["width=", "break_long_words=", "wrapstring=", "break_on_hyphens="]

/// Jinja's `wordwrap`: Python's `textwrap.wrap` of each line.
func wordwrapped(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard let text = try value.defined().anyString else {
    throw .noAttribute("splitlines", of: value)
  }
  let width = try given[0]?.index() ?? 79
  let mark = try given[2].flatMap { $0.isNull ? nil : $0 }?.string() ?? "\n"
  let wrapper = Wrapper(
    width: width, breaksWords: given[1]?.isTruthy ?? true, breaksOnHyphens: given[3]?.isTruthy ?? true)
  var parts: [String] = []
  for line in StringMethods.lines(text) { parts.append(try wrapper.wrap(line).joined(separator: mark)) }
  return .string(parts.joined(separator: mark))
}

private struct Wrapper {
  let width: Int
  let breaksWords: Bool
  let breaksOnHyphens: Bool

  func wrap(_ line: String) throws(TemplateError) -> [String] {
    guard width > 0 else { throw TemplateError(.value, "invalid width \(width) (must be > 0)") }
    var chunks = Array(chunks(Array(line.unicodeScalars)).reversed())
    var lines: [String] = []
    while !chunks.isEmpty {
      var current: [[Unicode.Scalar]] = []
      var length = 0
      if isBlank(chunks[chunks.count - 1]), !lines.isEmpty { chunks.removeLast() }
      while let next = chunks.last, length + next.count <= width {
        length += next.count
        current.append(next)
        chunks.removeLast()
      }
      if let next = chunks.last, next.count > width { breakWord(&chunks, &current, length) }
      if let last = current.last, isBlank(last) { current.removeLast() }
      if !current.isEmpty { lines.append(String(current.joined())) }
    }
    return lines
  }

  private func isBlank(_ chunk: [Unicode.Scalar]) -> Bool { chunk.allSatisfy(\.isPythonSpace) }

  private func breakWord(
    _ chunks: inout [[Unicode.Scalar]], _ current: inout [[Unicode.Scalar]], _ length: Int
  ) {
    let space = width - length
    let last = chunks.count - 1
    guard breaksWords else {
      if current.isEmpty { current.append(chunks.removeLast()) }
      return
    }
    var end = space
    if breaksOnHyphens, chunks[last].count > space,
      let hyphen = chunks[last].prefix(space).lastIndex(of: "-"), hyphen > 0,
      chunks[last].prefix(hyphen).contains(where: { $0 != "-" })
    {
      end = hyphen + 1
    }
    current.append(Array(chunks[last].prefix(end)))
    chunks[last].removeFirst(end)
    if chunks[last].isEmpty { chunks.removeLast() }
  }

  /// Words, runs of white space, and the parts of words between hyphens.
  private func chunks(_ line: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var chunks: [[Unicode.Scalar]] = []
    var at = 0
    while at < line.count {
      let start = at
      let isSpace = isWrapSpace(line[at])
      while at < line.count, isWrapSpace(line[at]) == isSpace { at += 1 }
      let run = Array(line[start..<at])
      if isSpace || !breaksOnHyphens { chunks.append(run) } else { chunks += parts(run) }
    }
    return chunks
  }

  /// Only ASCII white space separates words here.
  private func isWrapSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (scalar.value >= 0x09 && scalar.value <= 0x0D)
  }

  /// A word is broken after a hyphen between letters, and before and after a dash.
  private func parts(_ word: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var parts: [[Unicode.Scalar]] = []
    var start = 0
    var at = 0
    while at < word.count {
      guard word[at] == "-" else {
        at += 1
        continue
      }
      var end = at
      while end < word.count, word[end] == "-" { end += 1 }
      let next = end < word.count ? word[end] : nil
      if end - at >= 2, at > start, isDashSide(word[at - 1]), next.map(isWordCharacter) ?? false {
        parts.append(Array(word[start..<at]))
        parts.append(Array(word[at..<end]))
        start = end
      } else if end - at == 1, at - start >= 1, isHyphenated(word, start, at) {
        parts.append(Array(word[start..<end]))
        start = end
      }
      at = end
    }
    if start < word.count { parts.append(Array(word[start...])) }
    return parts
  }

  private func isDashSide(_ scalar: Unicode.Scalar) -> Bool {
    isWordCharacter(scalar) || ["!", "\"", "'", "&", ".", ",", "?"].contains(scalar)
  }

  private func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || CharacterTests.isLetter(scalar) || scalar.properties.numericType != nil
  }

  private func isWordLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || CharacterTests.isLetter(scalar)
  }

  /// Two letters before, or one and a hyphen before it; two letters after, or one and a hyphen.
  private func isHyphenated(_ word: [Unicode.Scalar], _ start: Int, _ at: Int) -> Bool {
    guard at >= 2, at + 2 < word.count, isWordLetter(word[at - 1]), isWordLetter(word[at + 1]) else {
      return false
    }
    let before = isWordLetter(word[at - 2]) || (word[at - 2] == "-" && at >= 3 && isWordLetter(word[at - 3]))
    let after =
      isWordLetter(word[at + 2]) || (word[at + 2] == "-" && at + 3 < word.count && isWordLetter(word[at + 3]))
    return before && after
  }
}
