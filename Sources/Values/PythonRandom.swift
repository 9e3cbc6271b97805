/// Python's `random.Random`: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), bit for bit.
public struct PythonRandom: Sendable {
  private var state = [UInt32](repeating: 0, count: Self.size)
  private var next = Self.size

  private static let size = 624

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
    if next >= Self.size { twist() }
    next += 1
    return Self.tempered(state[next - 1])
  }

  private static func tempered(_ word: UInt32) -> UInt32 {
    var y = word
    y ^= y >> 11
    y ^= (y << 7) & 0x9D2C_5680
    y ^= (y << 15) & 0xEFC6_0000
    return y ^ (y >> 18)
  }

  /// In three runs, so that no place has to be counted round the end and several are done at once.
  private mutating func twist() {
    func mixed(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt32 {
      let y = (a & 0x8000_0000) | (b & 0x7FFF_FFFF)
      return c ^ (y >> 1) ^ ((0 &- (y & 1)) & 0x9908_B0DF)
    }
    state.withUnsafeMutableBufferPointer { state in
      for i in 0..<227 { state[i] = mixed(state[i], state[i + 1], state[i + 397]) }
      for i in 227..<623 { state[i] = mixed(state[i], state[i + 1], state[i - 227]) }
      state[623] = mixed(state[623], state[0], state[396])
    }
    next = 0
  }

  /// A float in 0 ..< 1 with 53 random bits.
  public mutating func random() -> Double {
    let first = bits32()
    return Self.fraction(first, bits32())
  }

  private static func fraction(_ first: UInt32, _ second: UInt32) -> Double {
    Double(Int64(first >> 5) << 26 | Int64(second >> 6)) * 0x1p-53
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
    var places = [Int](repeating: 0, count: k)
    choose(of: count, into: &places)
    return places
  }

  /// Fills a list with such places; many draws can use one list.
  public mutating func choose(of count: Int, into places: inout [Int]) {
    var done = 0
    while done < places.count {
      if next >= Self.size { twist() }
      let run = min((Self.size - next) / 2, places.count - done)
      if run == 0 {
        places[done] = Int(random() * Double(count))
        done += 1
        continue
      }
      state.withUnsafeBufferPointer { state in
        places.withUnsafeMutableBufferPointer { places in
          Self.draw(
            from: UnsafeBufferPointer(rebasing: state[next..<next + 2 * run]), of: count,
            into: UnsafeMutableBufferPointer(rebasing: places[done..<done + run]))
        }
      }
      next += 2 * run
      done += run
    }
  }

  /// A place from each two words.
  private static func draw(
    from words: UnsafeBufferPointer<UInt32>, of count: Int, into places: UnsafeMutableBufferPointer<Int>
  ) {
    let done = drawnByHalves(from: words, of: count, into: places)
    for i in done..<places.count {
      let fraction = fraction(tempered(words[2 * i]), tempered(words[2 * i + 1]))
      places[i] = Int(fraction * Double(count))
    }
  }

  /// The same for few items, without the second word of each two; gives how many are done.
  ///
  /// That word matters only where the first alone comes too close to the next place; then none counts. Bootstrapping draws thousands of millions of places.
  private static func drawnByHalves(
    from words: UnsafeBufferPointer<UInt32>, of count: Int, into places: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    guard count < 1 << 16 else { return 0 }
    let words = UnsafeRawBufferPointer(words)
    let out = UnsafeMutableRawBufferPointer(places)
    let low = SIMD2<UInt64>(repeating: 0xFFFF_FFFF)
    let factor = SIMD2<UInt64>(repeating: UInt64(count))
    let margin = SIMD2<UInt64>(repeating: UInt64(count + 1) << 5)
    var carries = SIMD2<UInt64>()
    let end = places.count & ~3
    for offset in stride(from: 0, to: end * 8, by: 32) {
      let one = words.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
      let two = words.loadUnaligned(fromByteOffset: offset + 16, as: SIMD2<UInt64>.self)
      // The first words of four pairs beside each other.
      var y = unsafeBitCast(one & low | two &<< 32, to: SIMD4<UInt32>.self)
      y ^= y &>> 11
      y ^= (y &<< 7) & 0x9D2C_5680
      y ^= (y &<< 15) & 0xEFC6_0000
      y ^= y &>> 18
      // Of each word 27 bits count; multiplied, the place stands in the upper half.
      let kept = unsafeBitCast(y & ~31, to: SIMD2<UInt64>.self)
      let a = (kept & low) &* (factor & low)
      let b = (kept &>> 32) &* (factor & low)
      carries |= ((a &+ margin) ^ a) | ((b &+ margin) ^ b)
      out.storeBytes(of: a &>> 32, toByteOffset: offset, as: SIMD2<UInt64>.self)
      out.storeBytes(of: b &>> 32, toByteOffset: offset + 16, as: SIMD2<UInt64>.self)
    }
    return (carries[0] | carries[1]) >> 32 == 0 ? end : 0
  }
}
