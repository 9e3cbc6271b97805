/// The texts of a vocabulary as a tree of bytes, for finding all that begin at a place in one walk.
struct PieceTree: Sendable {
  /// `parent << 8 | byte` and the child, found by hashing.
  private var keys: [UInt64]
  private var children: [Int32]
  /// By node: the token that ends there, or -1.
  private var tokens: [Int32] = [-1]
  private static let root: Int32 = 0

  init(reserving bytes: Int) {
    var size = 64
    while size < bytes { size *= 2 }
    keys = Array(repeating: .max, count: size)
    children = Array(repeating: 0, count: size)
  }

  mutating func add(_ text: ArraySlice<UInt8>, _ token: Int32) {
    var node = Self.root
    for byte in text {
      if let next = child(node, byte) {
        node = next
        continue
      }
      if 2 * tokens.count >= keys.count { grow() }
      let next = Int32(tokens.count)
      insert(Self.key(node, byte), next)
      tokens.append(-1)
      node = next
    }
    tokens[Int(node)] = token
  }

  /// The node after a text; nil if no token begins so.
  func node(after text: [UInt8]) -> Int32? {
    var node = Self.root
    for byte in text {
      guard let next = child(node, byte) else { return nil }
      node = next
    }
    return node
  }

  /// Calls back with the end and number of each token that begins at a place, the shortest first.
  @inline(__always)
  func forEachToken(in text: Span<UInt8>, at start: Int, from first: Int32 = 0, _ body: (Int, Int32) -> Void)
  {
    var node = first
    var at = start
    while at < text.count, let next = child(node, text[at]) {
      node = next
      at += 1
      let token = tokens[Int(node)]
      if token >= 0 { body(at, token) }
    }
  }

  private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 8 | UInt64(byte)
  }

  private static func slot(_ key: UInt64, _ mask: Int) -> Int {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 20) & mask
  }

  @inline(__always)
  private func child(_ node: Int32, _ byte: UInt8) -> Int32? {
    let key = Self.key(node, byte)
    let mask = keys.count - 1
    var slot = Self.slot(key, mask)
    while keys[slot] != .max {
      if keys[slot] == key { return children[slot] }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func insert(_ key: UInt64, _ child: Int32) {
    let mask = keys.count - 1
    var slot = Self.slot(key, mask)
    while keys[slot] != .max { slot = (slot + 1) & mask }
    keys[slot] = key
    children[slot] = child
  }

  private mutating func grow() {
    let old = (keys, children)
    keys = Array(repeating: .max, count: 2 * old.0.count)
    children = Array(repeating: 0, count: keys.count)
    for slot in old.0.indices where old.0[slot] != .max { insert(old.0[slot], old.1[slot]) }
  }
}
