/// What pairs of tokens join to, and how early, found by hashing.
struct MergeTable: Sendable {
  struct Merge: Sendable {
    let rank: Int32
    let id: Int32
  }

  private var keys: [UInt64]
  private var merges: [Merge]
  private static let none = UInt64.max

  init(reserving count: Int) {
    var size = 64
    while size < 2 * count { size *= 2 }
    keys = Array(repeating: Self.none, count: size)
    merges = Array(repeating: Merge(rank: 0, id: 0), count: size)
  }

  /// Adds a merge; of equal pairs the last counts, as in the library.
  ///
  /// Invariant: no more are added than were reserved.
  mutating func add(_ a: Int32, _ b: Int32, _ merge: Merge) {
    let slot = slot(Self.key(a, b))
    keys[slot] = Self.key(a, b)
    merges[slot] = merge
  }

  @inline(__always)
  func merge(_ a: Int32, _ b: Int32) -> Merge? {
    let slot = slot(Self.key(a, b))
    return keys[slot] == Self.none ? nil : merges[slot]
  }

  private static func key(_ a: Int32, _ b: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24) & mask
    while keys[slot] != Self.none, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }
}
