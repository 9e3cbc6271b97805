/// Texts and their numbers, found by hashing; all bytes lie end to end, so that a large vocabulary is few allocations.
struct TokenTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each entry begins; one more at the end.
  private var starts: [UInt32] = [0]
  private var numbers: [Int32] = []
  /// An entry plus one, or nothing; a power of two, never more than half full.
  private var slots: [UInt32] = Array(repeating: 0, count: 16)

  var count: Int { numbers.count }

  mutating func reserve(_ count: Int) {
    starts.reserveCapacity(count + 1)
    numbers.reserveCapacity(count)
    var size = slots.count
    while size < 2 * count { size *= 2 }
    if size > slots.count { rehash(size) }
  }

  /// The number of a text.
  func number(of text: Span<UInt8>) -> Int32? {
    let entry = slots[slot(of: text)]
    return entry == 0 ? nil : numbers[Int(entry) - 1]
  }

  func number(of text: [UInt8]) -> Int32? { number(of: text.span) }

  /// Adds a text, or gives it another number; tells its entry.
  @discardableResult
  mutating func add(_ text: Span<UInt8>, _ number: Int32) -> Int {
    var place = slot(of: text)
    if slots[place] != 0 {
      numbers[Int(slots[place]) - 1] = number
      return Int(slots[place]) - 1
    }
    for index in text.indices { bytes.append(text[index]) }
    starts.append(UInt32(bytes.count))
    numbers.append(number)
    if 2 * numbers.count > slots.count {
      rehash(2 * slots.count)
    } else {
      place = slot(of: text)
      slots[place] = UInt32(numbers.count)
    }
    return numbers.count - 1
  }

  /// The bytes of an entry.
  func text(_ entry: Int) -> ArraySlice<UInt8> { bytes[Int(starts[entry])..<Int(starts[entry + 1])] }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    numbers.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
  }

  /// Where a text stands, or would stand.
  private func slot(of text: Span<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Self.hash(text)) & mask
    while slots[slot] != 0, !isEqual(Int(slots[slot]) - 1, text) { slot = (slot + 1) & mask }
    return slot
  }

  private func isEqual(_ entry: Int, _ text: Span<UInt8>) -> Bool {
    let start = Int(starts[entry])
    guard Int(starts[entry + 1]) - start == text.count else { return false }
    for index in 0..<text.count where bytes[start + index] != text[index] { return false }
    return true
  }

  private mutating func rehash(_ size: Int) {
    slots = Array(repeating: 0, count: size)
    for entry in numbers.indices {
      var slot =
        Int(truncatingIfNeeded: Self.hash(bytes.span.extracting(Int(starts[entry])..<Int(starts[entry + 1]))))
        & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(entry + 1)
    }
  }

  /// Fowler, Noll and Vo's hash with its bits mixed at the end, since the low ones choose the slot.
  private static func hash(_ text: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<text.count { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash ^ hash >> 29
  }
}
