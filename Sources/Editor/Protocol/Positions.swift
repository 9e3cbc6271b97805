import Diagnostics
import Values

/// How an editor counts the columns of a line.
enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// The one to use of those that an editor knows: what it need not count anew, else what all know.
  init(offered: [String]) {
    self = offered.contains("utf-8") ? .utf8 : .utf16
    if !offered.isEmpty, !offered.contains("utf-8"), !offered.contains("utf-16"), offered.contains("utf-32") {
      self = .utf32
    }
  }

  func count(_ scalar: Unicode.Scalar) -> Int {
    switch self {
    case .utf8: UTF8.width(scalar)
    case .utf16: UTF16.width(scalar)
    case .utf32: 1
    }
  }
}

/// Places in a text, from bytes to lines and columns as an editor counts them, and back.
struct Positions: Sendable {
  let bytes: [UInt8]
  let encoding: PositionEncoding
  /// Where each line starts.
  private let starts: [Int]

  init(_ text: String, _ encoding: PositionEncoding) {
    let bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      let isReturn = byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A)
      if byte == 0x0A || isReturn { starts.append(offset + 1) }
    }
    self.bytes = bytes
    self.encoding = encoding
    self.starts = starts
  }

  var lineCount: Int { starts.count }

  /// The bytes of a line from 0, without its end.
  func line(_ number: Int) -> Range<Int> {
    guard starts.indices.contains(number) else { return bytes.count..<bytes.count }
    var end = number + 1 < starts.count ? starts[number + 1] : bytes.count
    while end > starts[number], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return starts[number]..<end
  }

  func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The byte at a line and column; beyond a line's end is its end.
  func offset(line: Int, character: Int) -> Int {
    if line < 0 { return 0 }
    let range = self.line(line)
    // No line is longer; what an editor sends may be any number.
    var left = max(0, min(character, 1 << 30))
    var at = range.lowerBound
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      left -= encoding.count(scalar)
      if left < 0 { break }
      at += UTF8.width(scalar)
    }
    return min(at, range.upperBound)
  }

  func offset(_ position: Value?) -> Int? {
    guard let map = position?.asMap, case .int(let line)? = map["line"],
      case .int(let character)? = map["character"]
    else { return nil }
    return offset(line: line, character: character)
  }

  func position(_ offset: Int) -> Value {
    let offset = max(0, min(offset, bytes.count))
    let line = line(of: offset)
    let before = String(decoding: bytes[starts[line]..<offset], as: UTF8.self)
    let column = before.unicodeScalars.reduce(0) { $0 + encoding.count($1) }
    return ["line": .int(line), "character": .int(column)]
  }

  func range(_ range: Range<Int>) -> Value {
    ["start": position(range.lowerBound), "end": position(range.upperBound)]
  }

  func range(_ span: SourceSpan) -> Value { range(Int(span.start)..<max(Int(span.start), Int(span.end))) }

  /// The bytes between two positions.
  func place(_ range: Value?) -> Range<Int>? {
    guard let map = range?.asMap, let start = offset(map["start"]), let end = offset(map["end"]) else {
      return nil
    }
    return min(start, end)..<max(start, end)
  }
}
