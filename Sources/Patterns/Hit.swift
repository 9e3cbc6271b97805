/// One match while the search goes on: a view of the text and of PCRE2's offsets, valid only inside the
/// callback.
@safe struct Hit {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Two offsets for the whole match and for each group; all bits set for a group that took no part.
  private let offsets: UnsafeBufferPointer<Int>

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ offsets: UnsafeBufferPointer<Int>) {
    unsafe self.bytes = unsafe bytes
    unsafe self.offsets = unsafe offsets
  }

  /// The place of the whole match.
  var range: Range<Int> { self[0] ?? 0..<0 }

  /// The place of a group, nil if it took no part.
  subscript(group: Int) -> Range<Int>? {
    let start = unsafe offsets[2 * group]
    // Only `\K`, which only raw patterns have, can make a match end before it starts.
    return start < 0 ? nil : unsafe start..<max(start, offsets[2 * group + 1])
  }

  var groupCount: Int { unsafe offsets.count / 2 - 1 }

  func text(_ group: Int) -> String? {
    self[group].map { text($0) }
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes(range), as: UTF8.self)
  }

  func bytes(_ range: Range<Int>) -> [UInt8] { unsafe Array(bytes[range]) }
}
