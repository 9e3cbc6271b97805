extension MappedFile {
  /// A number that tells this file's bytes from any others that come about by accident.
  ///
  /// All bytes count: a model that was trained on may differ from its former self in one row. It runs as fast as memory is
  /// read, and what it read is needed next anyway. Nobody is kept out by it: it is no cryptographic hash.
  public var mark: UInt64 {
    // Piece by piece, which processors share, and so that a large file does not count as memory of this program.
    let starts = Array(stride(from: 0, to: count / 64 * 64, by: Self.pieceSize))
    var marks = [UInt64](repeating: 0, count: starts.count)
    unsafe marks.withUnsafeMutableBufferPointer { marks in
      nonisolated(unsafe) let marks = unsafe marks
      inParallel(starts.count, worthwhile: true) { piece in
        unsafe marks[piece] = pieceMark(
          of: starts[piece]..<min(starts[piece] + Self.pieceSize, count / 64 * 64))
      }
    }
    var mark = marks.reduce(UInt64(count), Self.mixed)
    for byte in copy(count / 64 * 64..<count) { mark = Self.mixed(mark, UInt64(byte)) }
    return mark
  }

  private static let pieceSize = 4 << 20

  /// The mark of some bytes, a multiple of 64.
  private func pieceMark(of range: Range<Int>) -> UInt64 {
    // Eight lanes, since each step waits for the product before it; the shift brings high bits back down, where the
    // next product spreads them.
    var lanes = SIMD8<UInt64>(repeating: Self.factor) &* SIMD8(1, 2, 3, 4, 5, 6, 7, 8)
    let piece = unsafe bytes(range)
    let words = unsafe piece.bindMemory(to: SIMD8<UInt64>.self)
    for index in words.indices {
      lanes = unsafe (lanes ^ words[index]) &* Self.factor
      lanes ^= lanes &>> 29
    }
    if let base = piece.baseAddress { unsafe Self.release(base, piece.count) }
    return lanes.indices.reduce(0) { Self.mixed($0, lanes[$1]) }
  }

  /// An odd number without pattern: the golden ratio's digits.
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ mark: UInt64, _ word: UInt64) -> UInt64 {
    let product = (mark ^ word) &* factor
    return product ^ product &>> 29
  }
}
