import Diagnostics
import Patterns
import YAML

/// A regular expression of a filter step.
struct StepPattern {
  let text: EmbeddedText
  let compiled: Pattern
}

extension FileContext {
  /// Every regular expression in the file's pipelines that can be used, with its step.
  func forEachPattern(_ body: (StepPattern, Node) -> Void) {
    for pipeline in values("filter_list").flatMap({ $0.items ?? [] }) {
      for step in pipeline["filter"]?.items ?? [] {
        guard let text = step["regex_pattern"]?.plainText, let compiled = try? Pattern(text.text) else {
          continue
        }
        body(StepPattern(text: text, compiled: compiled), step)
      }
    }
  }
}

/// Looks in a regular expression for a repetition without bound that has another inside it and nothing between the rounds.
enum RepeatedRepetition {
  /// The byte range of the outer group.
  static func first(in pattern: String) -> Range<Int>? {
    let bytes = Array(pattern.utf8)
    var open: [Int] = []
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "["): at = classEnd(bytes, at)
      case UInt8(ascii: "("): open.append(at)
      case UInt8(ascii: ")"):
        guard let start = open.popLast() else { break }
        if let end = unboundedEnd(bytes, at + 1),
          isAmbiguous(Array(bytes[(start + 1)..<at])) || isOverlapping(Array(bytes[(start + 1)..<at]))
        {
          return start..<end
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Where the class that begins at `[` has its `]`.
  private static func classEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var at = start + 1
    if at < bytes.count, bytes[at] == UInt8(ascii: "^") { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") { at += 1 }
    while at < bytes.count, bytes[at] != UInt8(ascii: "]") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
    return at
  }

  /// The end of a repetition without bound that begins here.
  private static func unboundedEnd(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at < bytes.count else { return nil }
    if bytes[at] == UInt8(ascii: "*") || bytes[at] == UInt8(ascii: "+") {
      // One that gives nothing back does no harm.
      return at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "+") ? nil : at + 1
    }
    let text = String(decoding: bytes[at...], as: UTF8.self)
    return text.prefixMatch(of: /\{\d*,\}/).map { at + text[$0.range].utf8.count }
  }

  private struct Piece {
    /// The bytes of the piece, without what repeats it.
    let body: ArraySlice<UInt8>
    let isUnbounded: Bool
    let isOptional: Bool
  }

  /// Whether the body of a repeated group is one repetition without bound, beside pieces that may be missing.
  private static func isAmbiguous(_ body: [UInt8]) -> Bool {
    alternatives(strippingPrefix(body)).contains { alternative in
      let pieces = pieces(alternative)
      return pieces.contains(where: \.isUnbounded) && pieces.allSatisfy { $0.isUnbounded || $0.isOptional }
    }
  }

  /// Whether two alternatives of one character each have one in common, so that each round has two ways to go.
  private static func isOverlapping(_ body: [UInt8]) -> Bool {
    guard body.contains(UInt8(ascii: "|")) else { return false }
    let single = alternatives(strippingPrefix(body)).filter {
      $0.count > 0 && pieces($0).count == 1 && $0.count < 40
    }
    guard single.count > 1 else { return false }
    let sets = single.compactMap { alternative in
      (try? Pattern("^(?:" + String(decoding: alternative, as: UTF8.self) + ")$")).map { pattern in
        Set(samples.filter { (try? pattern.firstMatch(in: $0)) != nil })
      }
    }
    for (place, set) in sets.enumerated() {
      if sets[(place + 1)...].contains(where: { !$0.isDisjoint(with: set) }) { return true }
    }
    return false
  }

  private static let samples = (0x20..<0x7F).map { String(UnicodeScalar(UInt8($0))) } + ["\t", "é"]

  private static func strippingPrefix(_ body: [UInt8]) -> [UInt8] {
    let text = String(decoding: body, as: UTF8.self)
    guard let match = text.prefixMatch(of: /\?(?::|P<\w+>)/) else { return body }
    return Array(text[match.range.upperBound...].utf8)
  }

  private static func alternatives(_ body: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var at = 0
    var depth = 0
    while at < body.count {
      let end: Int
      switch body[at] {
      case UInt8(ascii: "\\"): end = min(at + 2, body.count)
      case UInt8(ascii: "["): end = min(classEnd(body, at) + 1, body.count)
      default: end = at + 1
      }
      if body[at] == UInt8(ascii: "(") { depth += 1 }
      if body[at] == UInt8(ascii: ")") { depth -= 1 }
      if body[at] == UInt8(ascii: "|"), depth == 0 {
        parts.append([])
      } else {
        parts[parts.count - 1] += body[at..<end]
      }
      at = end
    }
    return parts
  }

  private static func pieces(_ body: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var at = 0
    while at < body.count {
      var end = at + 1
      switch body[at] {
      case UInt8(ascii: "\\"): end = min(at + 2, body.count)
      case UInt8(ascii: "["): end = min(classEnd(body, at) + 1, body.count)
      case UInt8(ascii: "("): end = groupEnd(body, at)
      default: break
      }
      let piece = body[at..<end]
      let next = end < body.count ? body[end] : 0
      let repeated = unboundedEnd(body, end)
      let isOptional = next == UInt8(ascii: "?") || next == UInt8(ascii: "*")
      pieces.append(Piece(body: piece, isUnbounded: repeated != nil, isOptional: isOptional))
      at = repeated ?? (isOptional ? end + 1 : end)
      if at < body.count, repeated != nil, body[at] == UInt8(ascii: "?") { at += 1 }
    }
    return pieces
  }

  private static func groupEnd(_ body: [UInt8], _ start: Int) -> Int {
    var depth = 0
    var at = start
    while at < body.count {
      switch body[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "["): at = classEnd(body, at)
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return at + 1 }
      default: break
      }
      at += 1
    }
    return body.count
  }
}
