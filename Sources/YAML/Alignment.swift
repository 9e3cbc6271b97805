import Diagnostics

/// Where the bytes of a quoted, folded or block scalar stand in the file.
///
/// YAML joins lines, drops indentation and reads escapes; this walks both texts side by side and notes each place
/// from which they go on in step.
func alignedRuns(
  of value: UnsafeBufferPointer<UInt8>, in file: UnsafeBufferPointer<UInt8>, _ span: SourceSpan,
  _ style: Scalar.Style
) -> [EmbeddedText.Run] {
  var walk = Alignment(value: value, file: file, end: Int(span.end))
  walk.start(at: Int(span.start), style)
  return walk.runs(style)
}

private struct Alignment {
  let value: UnsafeBufferPointer<UInt8>
  let file: UnsafeBufferPointer<UInt8>
  let end: Int
  private var inner = 0
  private var outer = 0
  private var indent = 0
  private var runs: [EmbeddedText.Run] = []

  init(value: UnsafeBufferPointer<UInt8>, file: UnsafeBufferPointer<UInt8>, end: Int) {
    self.value = value
    self.file = file
    self.end = end
  }

  private static let newline = UInt8(ascii: "\n")

  /// Finds the first byte of content: behind the quote, or on the line after `|` or `>`.
  mutating func start(at place: Int, _ style: Scalar.Style) {
    outer = place
    switch style {
    case .singleQuoted, .doubleQuoted:
      let quote = UInt8(ascii: style == .singleQuoted ? "'" : "\"")
      while outer < end, file[outer] != quote { outer += 1 }
      outer += 1
    case .literal, .folded:
      while outer < end, file[outer] != Self.newline { outer += 1 }
      outer += 1
      indent = blockIndentation(from: outer)
      skipIndentation()
    case .plain:
      while outer < end, inner < value.count, file[outer] != value[inner] { outer += 1 }
    }
  }

  /// How many spaces before the first line that is not blank are not part of the value.
  private func blockIndentation(from start: Int) -> Int {
    max(0, Self.spaces(in: file[min(start, end)..<end]) - Self.spaces(in: value[...]))
  }

  /// How many spaces the first line that is not blank begins with.
  private static func spaces(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var line = bytes.startIndex
    while line < bytes.endIndex {
      var at = line
      while at < bytes.endIndex, bytes[at] == 0x20 { at += 1 }
      if at < bytes.endIndex, bytes[at] != newline, bytes[at] != 0x0D { return at - line }
      while at < bytes.endIndex, bytes[at] != newline { at += 1 }
      line = at + 1
    }
    return 0
  }

  private mutating func skipIndentation() {
    var left = indent
    while left > 0, outer < end, file[outer] == 0x20 {
      outer += 1
      left -= 1
    }
  }

  mutating func runs(_ style: Scalar.Style) -> [EmbeddedText.Run] {
    note()
    while inner < value.count, outer < end {
      let byte = file[outer]
      if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        escape()
      } else if style == .singleQuoted, byte == UInt8(ascii: "'") {
        outer += 1
        step()
        note()
      } else if byte == Self.newline || byte == 0x0D {
        lineBreak(style)
      } else if byte == value[inner] {
        step()
      } else {
        // White space before a fold is dropped.
        outer += 1
        note()
      }
    }
    return runs
  }

  private mutating func note() {
    let run = EmbeddedText.Run(inner: UInt32(inner), outer: UInt32(outer))
    if runs.last?.inner == run.inner { runs.removeLast() }
    if let last = runs.last, run.outer &- last.outer == run.inner &- last.inner { return }
    runs.append(run)
  }

  private mutating func step() {
    inner += 1
    outer += 1
  }

  private mutating func lineBreak(_ style: Scalar.Style) {
    let isKept = value[inner] == Self.newline || value[inner] == 0x20
    if file[outer] == 0x0D, outer + 1 < end, file[outer + 1] == Self.newline { outer += 1 }
    if isKept { step() } else { outer += 1 }
    if style == .literal || style == .folded {
      skipIndentation()
    } else {
      while outer < end, file[outer] == 0x20 || file[outer] == 0x09 { outer += 1 }
    }
    note()
  }

  private mutating func escape() {
    let start = outer
    let kind = outer + 1 < end ? file[outer + 1] : 0
    let digits =
      kind == UInt8(ascii: "x") ? 2 : kind == UInt8(ascii: "u") ? 4 : kind == UInt8(ascii: "U") ? 8 : 0
    outer += 2 + digits
    if kind == Self.newline {
      while outer < end, file[outer] == 0x20 || file[outer] == 0x09 { outer += 1 }
    } else {
      // All bytes of the character stand at the escape's first byte.
      runs.append(EmbeddedText.Run(inner: UInt32(inner), outer: UInt32(start)))
      inner += 1
      while inner < value.count, value[inner] & 0xC0 == 0x80 { inner += 1 }
    }
    note()
  }
}
