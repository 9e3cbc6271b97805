/// Looks in a regular expression for a `$` with something behind it, or a `^` with something before.
///
/// Only what surely takes a character counts, outside groups and alternatives; with `(?m)` lines have ends of their own.
enum MisplacedAnchor {
  static func first(in pattern: String) -> (place: Int, mark: UInt8)? {
    let bytes = Array(pattern.utf8)
    if pattern.holds("(?m") || pattern.holds("(?im") || pattern.holds("(?sm")
      || bytes.contains(UInt8(ascii: "|"))
    {
      return nil
    }
    var at = 0
    var end: Int?
    var hasTaken = false
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "^") where at > 0 && hasTaken: return (at, byte)
      case UInt8(ascii: "$"): end = at
      case UInt8(ascii: "^"): break
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        // What stands in a group may be missing as a whole; only a plain group right behind the mark is looked into.
        if byte == UInt8(ascii: "("), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "?") { return nil }
        if byte == UInt8(ascii: ")"), isOptional(bytes, at + 1) { return nil }
      default:
        let next = pieceEnd(bytes, at)
        let isWhiteSpace =
          byte == UInt8(ascii: "\\") && at + 1 < bytes.count && "sWSDnrtAbBZ".utf8.contains(bytes[at + 1])
        if !isOptional(bytes, next), !isWhiteSpace {
          if let end { return groupIsOptional(bytes, from: end) ? nil : (end, UInt8(ascii: "$")) }
          hasTaken = true
        }
        at = next
        continue
      }
      at += 1
    }
    return nil
  }

  /// The end of one character, escape or class.
  private static func pieceEnd(_ bytes: [UInt8], _ at: Int) -> Int {
    switch bytes[at] {
    case UInt8(ascii: "\\"): return min(at + 2, bytes.count)
    case UInt8(ascii: "["):
      var end = at + 1
      if end < bytes.count, bytes[end] == UInt8(ascii: "^") { end += 1 }
      if end < bytes.count, bytes[end] == UInt8(ascii: "]") { end += 1 }
      while end < bytes.count, bytes[end] != UInt8(ascii: "]") {
        end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      return min(end + 1, bytes.count)
    default: return at + 1
    }
  }

  private static func isOptional(_ bytes: [UInt8], _ at: Int) -> Bool {
    guard at < bytes.count else { return false }
    if bytes[at] == UInt8(ascii: "{") {
      return at + 1 < bytes.count
        && (bytes[at + 1] == UInt8(ascii: "0") || bytes[at + 1] == UInt8(ascii: ","))
    }
    return bytes[at] == UInt8(ascii: "?") || bytes[at] == UInt8(ascii: "*")
  }

  /// Whether a group that closes behind the place may be missing.
  private static func groupIsOptional(_ bytes: [UInt8], from start: Int) -> Bool {
    bytes.indices.contains { $0 > start && bytes[$0] == UInt8(ascii: ")") && isOptional(bytes, $0 + 1) }
  }
}
