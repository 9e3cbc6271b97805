/// Python's `random.Random`: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), bit for bit.
public struct PythonRandom: Sendable {
  private var state = [UInt32](repeating: 0, count: 624)
  private var next = 624

  /// Seeds as `Random(seed)` does for an int.
  public init(seed: Int) {
    var key = [UInt32(truncatingIfNeeded: seed.magnitude)]
    if seed.magnitude >> 32 > 0 { key.append(UInt32(truncatingIfNeeded: seed.magnitude >> 32)) }
    fill(with: 19_650_218)
    var i = 1
    var j = 0
    for _ in 0..<max(624, key.count) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) &* 1_664_525)) &+ key[j] &+ UInt32(j)
      i += 1
      j += 1
      if i >= 624 { (state[0], i) = (state[623], 1) }
      if j >= key.count { j = 0 }
    }
    for _ in 0..<623 {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) &* 1_566_083_941)) &- UInt32(i)
      i += 1
      if i >= 624 { (state[0], i) = (state[623], 1) }
    }
    state[0] = 0x8000_0000
  }

  private mutating func fill(with seed: UInt32) {
    state[0] = seed
    for i in 1..<624 { state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i) }
  }

  /// The next 32 bits.
  public mutating func bits32() -> UInt32 {
    if next >= 624 { twist() }
    var y = state[next]
    next += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9D2C_5680
    y ^= (y << 15) & 0xEFC6_0000
    return y ^ (y >> 18)
  }

  private mutating func twist() {
    for i in 0..<624 {
      let y = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7FFF_FFFF)
      state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
    }
    next = 0
  }

  /// A float in 0 ..< 1 with 53 random bits.
  public mutating func random() -> Double {
    let a = Double(bits32() >> 5)
    let b = Double(bits32() >> 6)
    return (a * 67_108_864 + b) / 9_007_199_254_740_992
  }

  /// A whole number in 0 ..< `bound`.
  public mutating func below(_ bound: Int) -> Int {
    let bits = Int.bitWidth - bound.leadingZeroBitCount
    while true {
      let drawn = Int(bits32() >> (32 - UInt32(bits)))
      if drawn < bound { return drawn }
    }
  }

  /// The places that `sample(range(count), k)` gives; `k` is at most `count`, which fits 32 bits.
  public mutating func sample(of count: Int, _ k: Int) -> [Int] {
    precondition(k >= 0 && k <= count, "a sample is at most as large as its population")
    if count <= Self.setSize(for: k) {
      var pool = Array(0..<count)
      return (0..<k).map { i in
        let j = below(count - i)
        let drawn = pool[j]
        pool[j] = pool[count - i - 1]
        return drawn
      }
    }
    var taken = Set<Int>()
    return (0..<k).map { _ in
      var j = below(count)
      while !taken.insert(j).inserted { j = below(count) }
      return j
    }
  }

  /// Up to this size Python copies the population, above it remembers what it took: 21, or 4^⌈log₄ 3k⌉ more.
  private static func setSize(for k: Int) -> Int {
    guard k > 5 else { return 21 }
    var power = 1
    while power < 3 * k { power *= 4 }
    return 21 + power
  }

  /// Shuffles in place.
  public mutating func shuffle<Element>(_ items: inout [Element]) {
    guard items.count > 1 else { return }
    for i in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(i, below(i + 1)) }
  }

  /// `k` places in 0 ..< `count`, drawn with replacement as `choices` does.
  public mutating func choices(of count: Int, _ k: Int) -> [Int] {
    (0..<k).map { _ in Int(random() * Double(count)) }
  }
}
