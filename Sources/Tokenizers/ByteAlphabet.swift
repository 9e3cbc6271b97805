/// The letters by which byte-level vocabularies write bytes, so that a token is always printable.
///
/// Printable bytes of Latin-1 stand for themselves; the other 68 take the letters from U+0100 on, in order.
enum ByteAlphabet {
  private static let scalarOfByte: [UInt32] = {
    var next: UInt32 = 0x100
    return (UInt32(0)..<256).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return byte
      default:
        next += 1
        return next - 1
      }
    }
  }()

  private static let byteOfScalar: [UInt8?] = {
    var table = [UInt8?](repeating: nil, count: 0x100 + 68)
    for (byte, scalar) in scalarOfByte.enumerated() { table[Int(scalar)] = UInt8(byte) }
    return table
  }()

  /// The letter of a byte, in UTF-8.
  static func text(of byte: UInt8) -> [UInt8] {
    let scalar = UInt8(truncatingIfNeeded: scalarOfByte[Int(byte)] & 0x3F)
    // Invariant: no letter is beyond U+0143, so two bytes suffice.
    return scalarOfByte[Int(byte)] < 0x80
      ? [UInt8(scalarOfByte[Int(byte)])] : [UInt8(0xC0 | scalarOfByte[Int(byte)] >> 6), 0x80 | scalar]
  }

  /// The bytes a token stands for; nil if it holds another letter.
  static func bytes(of token: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    return translate(token, to: &bytes) ? bytes : nil
  }

  /// Adds the bytes a token stands for, or the token itself if it holds another letter.
  static func append(_ token: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    let start = bytes.count
    if translate(token, to: &bytes) { return }
    bytes.removeSubrange(start...)
    bytes += token
  }

  private static func translate(_ token: ArraySlice<UInt8>, to bytes: inout [UInt8]) -> Bool {
    var at = token.startIndex
    while let next = scalar(in: token, at: at) {
      let value = Int(next.scalar.value)
      guard value < byteOfScalar.count, let byte = byteOfScalar[value] else { return false }
      bytes.append(byte)
      at += next.length
    }
    return true
  }
}
