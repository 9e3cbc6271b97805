import Foundation

/// SentencePiece's table of replacements: a double-array tree (Aoe, 1989) in Darts' form, and the texts it points to.
struct PrecompiledMap: Sendable {
  private let units: [UInt32]
  private let texts: [UInt8]

  /// From Base64: the tree's size in bytes, the tree, and the texts, each with a zero at its end.
  init(_ place: JSONPlace) throws(TokenizerError) {
    guard let data = Data(base64Encoded: try place.text()), data.count >= 4 else {
      throw place.failure("should be a table in Base64")
    }
    let bytes = [UInt8](data)
    func word(_ at: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) } }
    let size = Int(word(0))
    guard size % 4 == 0, size >= 4, size <= bytes.count - 4 else {
      throw place.failure("gives its tree \(size) bytes, but has \(bytes.count - 4) in all")
    }
    units = stride(from: 4, to: 4 + size, by: 4).map(word)
    texts = Array(bytes[(4 + size)...])
  }

  /// Characters that a reader takes for one are replaced as one where they are short, and else by code points.
  func apply(to text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for character in String(decoding: text, as: UTF8.self) {
      let bytes = Array(character.utf8)
      if bytes.count < 6, let replacement = replacement(of: bytes[...]) {
        out += replacement
        continue
      }
      var at = 0
      while at < bytes.count {
        let end = min(at + scalarLength(bytes[at]), bytes.count)
        out += replacement(of: bytes[at..<end]) ?? bytes[at..<end]
        at = end
      }
    }
    return out
  }

  /// What the shortest beginning of a text that the tree knows is replaced by.
  private func replacement(of key: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var node = Self.offset(units[0])
    for byte in key where byte != 0 {
      node ^= Int(byte)
      guard node < units.count else { return nil }
      let unit = units[node]
      guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
      node ^= Self.offset(unit)
      guard node < units.count else { return nil }
      if unit >> 8 & 1 == 1 {
        let start = Int(units[node] & 0x7FFF_FFFF)
        guard start <= texts.count else { return nil }
        return texts[start...].prefix { $0 != 0 }
      }
    }
    return nil
  }

  private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }
}
