extension Translator {
  /// A quantifier, which takes the place of the last piece; a brace that begins none is a literal.
  mutating func repeats(_ pieces: inout [Piece], _ sign: Unicode.Scalar) throws(PatternError) {
    let here = reader.position
    let counts: ClosedRange<Int>
    switch sign {
    case "?": counts = 0...1
    case "*": counts = 0...Width.unbounded
    case "+": counts = 1...Width.unbounded
    default:
      guard let range = try braces(from: here) else {
        pieces.append(literal(sign.value))
        return
      }
      counts = range
    }
    guard let item = pieces.last, item.kind != .anchor else {
      throw reader.error("there is nothing to repeat", at: here - 1)
    }
    if item.kind == .repeated { throw reader.error("a repetition cannot be repeated", at: here - 1) }
    let manner = try reader.take("?") ? "?" : try reader.take("+") ? "+" : ""
    pieces[pieces.count - 1] = Piece(
      text: item.text + (try quantifier(counts, at: here - 1)) + manner, width: item.width.times(counts),
      kind: .repeated)
  }

  /// `{m,n}` behind its brace; nil if it is something else.
  private mutating func braces(from here: Int) throws(PatternError) -> ClosedRange<Int>? {
    if reader.next?.plain == "}" { return nil }
    let low = try reader.take(upTo: .max, while: \.isASCIIDigit)
    let high = try reader.take(",") ? try reader.take(upTo: .max, while: \.isASCIIDigit) : low
    guard try reader.take("}") else {
      try reader.seek(here)
      return nil
    }
    guard let least = low.isEmpty ? 0 : Int(low), let most = high.isEmpty ? Width.unbounded : Int(high),
      least < Width.unbounded, high.isEmpty || most < Width.unbounded
    else { throw reader.error("a count of repetitions is too large", at: here) }
    if most < least {
      throw reader.error("the fewest repetitions are more than the most", at: here)
    }
    return least...most
  }

  private func quantifier(_ counts: ClosedRange<Int>, at position: Int) throws(PatternError) -> String {
    let most = counts.upperBound == Width.unbounded ? "" : String(counts.upperBound)
    // PCRE2 keeps counts in sixteen bits.
    if counts.lowerBound > 65_535 || (!most.isEmpty && counts.upperBound > 65_535) {
      throw reader.error("counts of repetitions above 65535 are not supported", at: position)
    }
    return switch (counts.lowerBound, most) {
    case (0, "1"): "?"
    case (0, ""): "*"
    case (1, ""): "+"
    default: "{\(counts.lowerBound),\(most)}"
    }
  }
}
