extension MappedFile {
  /// A number that tells this file's bytes from any others that come about by accident.
  ///
  /// All bytes count: a model that was trained on may differ from its former self in one row. It runs as fast as memory is
  /// read, and what it read is needed next anyway. Nobody is kept out by it: it is no cryptographic hash.
  public var mark: UInt64 {
    // Eight lanes, since each step waits for the product before it; the shift brings high bits back down, where the
    // next product spreads them.
    var lanes = SIMD8<UInt64>(repeating: Self.factor) &* SIMD8(1, 2, 3, 4, 5, 6, 7, 8)
    // Piece by piece, so that a large file does not count as memory of this program.
    for start in stride(from: 0, to: count / 64 * 64, by: 16 << 20) {
      let piece = unsafe bytes(start..<min(start + (16 << 20), count / 64 * 64))
      let words = unsafe piece.bindMemory(to: SIMD8<UInt64>.self)
      for index in words.indices {
        lanes = unsafe (lanes ^ words[index]) &* Self.factor
        lanes ^= lanes &>> 29
      }
      if let base = piece.baseAddress { unsafe Self.release(base, piece.count) }
    }
    var mark = UInt64(count)
    for index in 0..<8 { mark = Self.mixed(mark, lanes[index]) }
    for byte in copy(count / 64 * 64..<count) { mark = Self.mixed(mark, UInt64(byte)) }
    return mark
  }

  /// An odd number without pattern: the golden ratio's digits.
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ mark: UInt64, _ word: UInt64) -> UInt64 {
    let product = (mark ^ word) &* factor
    return product ^ product &>> 29
  }
}
