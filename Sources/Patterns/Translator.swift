/// Reads Python's dialect and writes PCRE2's, in one pass.
///
/// PCRE2 is compiled with `DOTALL` and without `MULTILINE`, so every anchor and dot is written out here by
/// its flags. What only PCRE2 knows (`\h`, `(?R)`, `[[:alpha:]]`, verbs) cannot get through: each construct
/// is either known to Python and written anew, or refused. The table in the tests agrees with Python but for
/// two oddities of its engine: under `(?i)` a reference compares lower-case forms only (`ſ` is not `s` there,
/// though elsewhere it is), and `(?u:…)` at the start of an ASCII pattern is searched for as if it were
/// ASCII.
struct Translator {
  var reader: PatternReader
  var flags = Flags()
  /// By group number, nil while the group is open; the first entry stands for the whole pattern.
  var widths: [Width?] = [nil]
  var names: [String: Int] = [:]
  /// Inside a look-behind: the number of the first group that opened in it.
  var firstGroupOfLookBehind: Int?
  /// Where a condition names a group by number, to be checked when all groups are known.
  var conditions: [(group: Int, position: Int)] = []
  /// How many groups are open; PCRE2 allows 250 levels, and some anchors need two of their own.
  var depth = 0
  static let deepest = 200

  init(_ text: String) throws(PatternError) { reader = try PatternReader(text) }

  mutating func whole() throws(PatternError) -> String {
    let body = try alternatives(isTop: true)
    if reader.next != nil { throw reader.error("this `)` closes nothing") }
    for condition in conditions where condition.group >= widths.count {
      throw reader.error("there is no group \(condition.group)", at: condition.position)
    }
    return (flags.isCaseless ? "(?i)" : "") + body.text
  }

  /// Alternatives such as `a|b|c`.
  mutating func alternatives(isTop: Bool = false) throws(PatternError) -> Piece {
    var whole = try sequence(isStart: isTop)
    while try reader.take("|") {
      let branch = try sequence()
      whole.text += "|" + branch.text
      whole.width = whole.width.or(branch.width)
    }
    return whole
  }

  /// Items one after the other, up to `|`, `)` or the end.
  ///
  /// - Parameter isStart: whether global flags may still come.
  mutating func sequence(isStart: Bool = false) throws(PatternError) -> Piece {
    var pieces: [Piece] = []
    while let token = reader.next, token.plain != "|", token.plain != ")" {
      try reader.advance()
      if flags.isVerbose, try skips(token) { continue }
      if token.isEscape {
        pieces.append(try escape(token))
        continue
      }
      switch token.scalar {
      case "[": pieces.append(try characterClass())
      case "*", "+", "?", "{": try repeats(&pieces, token.scalar)
      case "(":
        if let piece = try group(mayTakeFlags: isStart && pieces.isEmpty) { pieces.append(piece) }
      case ".": pieces.append(Piece(text: flags.dotMatchesNewline ? "." : "\\N", width: .one))
      case "^": pieces.append(anchor(flags.isMultiline ? "(?m:^)" : "\\A"))
      case "$": pieces.append(anchor(flags.isMultiline ? "(?m:$)" : "\\Z"))
      default: pieces.append(literal(token.scalar.value))
      }
    }
    var text = ""
    var width = Width.zero
    for piece in pieces {
      text += piece.text
      width = width + piece.width
    }
    return Piece(text: text, width: width)
  }

  func anchor(_ text: String) -> Piece { Piece(text: text, width: .zero, kind: .anchor) }

  /// In verbose patterns: white space, and comments up to the end of the line.
  private mutating func skips(_ token: PatternReader.Token) throws(PatternError) -> Bool {
    switch token.plain {
    case " ", "\t", "\n", "\r", "\u{B}", "\u{C}": return true
    case "#":
      while let skipped = try reader.get(), skipped.plain != "\n" {}
      return true
    default: return false
    }
  }
}
