/// A half-open range of bytes in a template's own text.
struct ByteRange: Hashable, Sendable, BitwiseCopyable {
  var start: UInt32
  var end: UInt32

  init(_ start: Int, _ end: Int) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: max(start, end))
  }

  var indices: Range<Int> { Int(start)..<Int(end) }

  /// From the start of this one to the end of the other.
  func through(_ other: ByteRange) -> ByteRange { ByteRange(Int(start), Int(max(end, other.end))) }
}
