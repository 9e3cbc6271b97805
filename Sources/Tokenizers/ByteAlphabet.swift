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

  /// The bytes a token stands for; nil if it holds another letter.
  static func bytes(of token: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(token.utf8.count)
    for scalar in token.unicodeScalars {
      guard scalar.value < byteOfScalar.count, let byte = byteOfScalar[Int(scalar.value)] else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
