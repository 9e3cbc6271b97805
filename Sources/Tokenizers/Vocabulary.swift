/// Tokens by their bytes and by their numbers.
struct Vocabulary: Sendable {
  private var ids: [[UInt8]: Int32] = [:]
  /// What each number stands for; nil where the vocabulary has a hole.
  private var bytes: [[UInt8]?] = []

  var count: Int { bytes.count }

  func id(of token: [UInt8]) -> Int32? { ids[token] }

  func bytes(of id: Int32) -> [UInt8]? { Int(id) < bytes.count && id >= 0 ? bytes[Int(id)] : nil }

  mutating func reserve(_ count: Int) {
    ids.reserveCapacity(count)
    bytes.reserveCapacity(count)
  }

  mutating func add(_ token: [UInt8], id: Int32, isFindable: Bool) {
    if isFindable { ids[token] = id }
    if Int(id) >= bytes.count { bytes += Array(repeating: nil, count: Int(id) + 1 - bytes.count) }
    bytes[Int(id)] = token
  }
}
