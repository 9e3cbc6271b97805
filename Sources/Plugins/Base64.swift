/// Bytes as letters, and back.
enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let rest = bytes.count - start
      let group =
        UInt32(bytes[start]) << 16 | (rest > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(bytes[start + 2]) : 0)
      out.append(letters[Int(group >> 18)])
      out.append(letters[Int(group >> 12 & 63)])
      out.append(rest > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      out.append(rest > 2 ? letters[Int(group & 63)] : UInt8(ascii: "="))
    }
    return out
  }

  /// Nothing if a letter is none of the 64, or some are missing.
  static func decoded(_ text: String) -> [UInt8]? {
    let all = Array(text.utf8)
    let digits = all.prefix { $0 != UInt8(ascii: "=") }
    guard all.count % 4 == 0, all.count - digits.count <= 2,
      all[digits.count...].allSatisfy({ $0 == UInt8(ascii: "=") })
    else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(all.count / 4 * 3)
    var group: UInt32 = 0
    var bits = 0
    for digit in digits {
      guard let value = value(of: digit) else { return nil }
      group = group << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
      }
    }
    return out
  }

  private static func value(of letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
