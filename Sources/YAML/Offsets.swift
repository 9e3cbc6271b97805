/// Byte offsets of code points: libyaml's marks count code points, our places count bytes.
struct Offsets {
  /// Empty when every code point is one byte.
  private var starts: [UInt32] = []
  private let count: Int

  /// - Parameter start: where the first code point stands that is counted.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) {
    count = bytes.count
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    for (offset, byte) in bytes.enumerated().dropFirst(start) where byte & 0xC0 != 0x80 {
      starts.append(UInt32(offset))
    }
    starts.append(UInt32(count))
  }

  subscript(_ codePoint: Int) -> UInt32 {
    if starts.isEmpty { return UInt32(min(codePoint, count)) }
    return starts[min(codePoint, starts.count - 1)]
  }
}
