/// A text between normalizers.
struct NormalizedText {
  var bytes: [UInt8]
  /// How many of the first characters come from the first one of the whole text; with none of them left, or with a part
  /// of a text, there are none.
  private(set) var leading: Int

  init(_ bytes: [UInt8], startsText: Bool) {
    self.bytes = bytes
    leading = startsText ? 1 : 0
  }

  var startsText: Bool { leading > 0 }

  /// Makes a change that treats each character, or the few that belong together, alone.
  mutating func change(_ change: ([UInt8]) -> [UInt8]) {
    if leading > 0 { leading = Self.count(change(Array(bytes[..<end(of: leading)]))) }
    bytes = change(bytes)
  }

  mutating func prepend(_ prefix: [UInt8]) {
    if leading > 0 { leading += Self.count(prefix) }
    bytes = prefix + bytes
  }

  mutating func removeFirst(_ length: Int) {
    leading = max(0, leading - 1)
    bytes.removeFirst(length)
  }

  /// What stands at the beginning now comes from somewhere else in the text.
  mutating func loseStart() { leading = 0 }

  private func end(of count: Int) -> Int {
    var (at, left) = (0, count)
    while left > 0, at < bytes.count {
      (at, left) = (min(at + scalarLength(bytes[at]), bytes.count), left - 1)
    }
    return at
  }

  private static func count(_ text: [UInt8]) -> Int { text.count { $0 & 0xC0 != 0x80 } }
}
