/// A whole number of any size, as Python's `int` is; for what 64 bits do not hold.
public struct WholeNumber: Hashable, Sendable {
  public private(set) var isNegative: Bool
  /// Digits to the base 2^32, the smallest first, without zeros at the end; none for zero.
  private(set) var digits: [UInt32]

  init(isNegative: Bool, digits: [UInt32]) {
    var digits = digits
    while digits.last == 0 { digits.removeLast() }
    self.digits = digits
    self.isNegative = isNegative && !digits.isEmpty
  }

  public init(_ number: Int) {
    let size = number.magnitude
    self.init(
      isNegative: number < 0,
      digits: [UInt32(truncatingIfNeeded: size), UInt32(truncatingIfNeeded: size >> 32)])
  }

  /// The whole number that a value is; nil for any other.
  public init?(_ value: Value) {
    switch value {
    case .int(let it): self.init(it)
    case .bool(let it): self.init(it ? 1 : 0)
    case .object(let it):
      guard let big = it as? BigInteger else { return nil }
      self = big.number
    default: return nil
    }
  }

  /// A number without its fraction; nil for what has no end.
  public init?(_ number: Double) {
    guard number.isFinite else { return nil }
    let whole = number.rounded(.towardZero)
    if let small = Int(exactly: whole) {
      self.init(small)
      return
    }
    let significand = WholeNumber(Int(whole.significandBitPattern | 1 << 52))
    self = significand.shifted(by: Int(whole.exponent) - 52)
    isNegative = number < 0
  }

  /// As a value: an `int` where 64 bits hold it.
  public var value: Value {
    if let small { return .int(small) }
    return .object(BigInteger(self))
  }

  /// The number in 64 bits, if it fits.
  var small: Int? {
    guard digits.count <= 2 else { return nil }
    let size = digits.reversed().reduce(UInt64(0)) { $0 << 32 | UInt64($1) }
    if isNegative { return size <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- size) : nil }
    return Int(exactly: size)
  }

  public var isZero: Bool { digits.isEmpty }
  public var isOdd: Bool { digits.first.map { $0 & 1 == 1 } ?? false }
  public var negated: WholeNumber { WholeNumber(isNegative: !isNegative, digits: digits) }
  public var magnitude: WholeNumber { WholeNumber(isNegative: false, digits: digits) }

  /// How many bits its size takes.
  public var bitCount: Int {
    digits.last.map { digits.count * 32 - $0.leadingZeroBitCount } ?? 0
  }
}

// MARK: - Order and sums

extension WholeNumber: Comparable {
  public static func < (a: WholeNumber, b: WholeNumber) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? isSmaller(b.digits, a.digits) : isSmaller(a.digits, b.digits)
  }

  private static func isSmaller(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    if a.count != b.count { return a.count < b.count }
    for index in a.indices.reversed() where a[index] != b[index] { return a[index] < b[index] }
    return false
  }

  public static func + (a: WholeNumber, b: WholeNumber) -> WholeNumber {
    if a.isNegative == b.isNegative {
      return WholeNumber(isNegative: a.isNegative, digits: sum(a.digits, b.digits))
    }
    if isSmaller(a.digits, b.digits) {
      return WholeNumber(isNegative: b.isNegative, digits: difference(b.digits, a.digits))
    }
    return WholeNumber(isNegative: a.isNegative, digits: difference(a.digits, b.digits))
  }

  public static func - (a: WholeNumber, b: WholeNumber) -> WholeNumber { a + b.negated }

  private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<max(a.count, b.count) {
      let x = index < a.count ? UInt64(a[index]) : 0
      let y = index < b.count ? UInt64(b[index]) : 0
      carry += x + y
      out.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return out + [UInt32(carry)]
  }

  /// The first is not smaller than the second.
  private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    var borrow: Int64 = 0
    for index in a.indices {
      borrow += Int64(a[index]) - (index < b.count ? Int64(b[index]) : 0)
      out.append(UInt32(truncatingIfNeeded: borrow))
      borrow >>= 32
    }
    return out
  }
}

// MARK: - Products

extension WholeNumber {
  public static func * (a: WholeNumber, b: WholeNumber) -> WholeNumber {
    var out = [UInt32](repeating: 0, count: a.digits.count + b.digits.count)
    for (place, x) in a.digits.enumerated() {
      var carry: UInt64 = 0
      for (offset, y) in b.digits.enumerated() {
        carry += UInt64(x) * UInt64(y) + UInt64(out[place + offset])
        out[place + offset] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      out[place + b.digits.count] = UInt32(carry)
    }
    return WholeNumber(isNegative: a.isNegative != b.isNegative, digits: out)
  }

  /// Times a power of two; a negative power drops the bits below one.
  func shifted(by bits: Int) -> WholeNumber {
    let (words, rest) = (abs(bits) / 32, UInt64(abs(bits) % 32))
    if bits < 0 {
      let kept = Array(digits.dropFirst(words))
      let out = kept.indices.map { index -> UInt32 in
        let high = index + 1 < kept.count ? UInt64(kept[index + 1]) : 0
        return UInt32(truncatingIfNeeded: (high << 32 | UInt64(kept[index])) >> rest)
      }
      return WholeNumber(isNegative: isNegative, digits: out)
    }
    var out = [UInt32](repeating: 0, count: words)
    var carry: UInt64 = 0
    for digit in digits {
      carry |= UInt64(digit) << rest
      out.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return WholeNumber(isNegative: isNegative, digits: out + [UInt32(carry)])
  }

  /// Python's `divmod`: the quotient is rounded down, and the rest has the divisor's sign.
  ///
  /// The divisor is not zero.
  public func dividedDown(by divisor: WholeNumber) -> (quotient: WholeNumber, rest: WholeNumber) {
    let (size, left) = Self.division(digits, divisor.digits)
    let quotient = WholeNumber(isNegative: isNegative != divisor.isNegative, digits: size)
    let rest = WholeNumber(isNegative: isNegative, digits: left)
    guard !rest.isZero, isNegative != divisor.isNegative else { return (quotient, rest) }
    return (quotient - WholeNumber(1), rest + divisor)
  }

  /// Long division, digit by digit, as Knuth's algorithm D has it.
  private static func division(_ a: [UInt32], _ b: [UInt32]) -> (quotient: [UInt32], rest: [UInt32]) {
    precondition(!b.isEmpty, "a number is divided by zero")
    if isSmaller(a, b) { return ([], a) }
    if b.count == 1 { return division(a, by: b[0]) }
    let shift = b[b.count - 1].leadingZeroBitCount
    let divisor = WholeNumber(isNegative: false, digits: b).shifted(by: shift).digits
    var rest = WholeNumber(isNegative: false, digits: a).shifted(by: shift).digits
    while rest.count <= a.count { rest.append(0) }
    let (top, next) = (UInt64(divisor[divisor.count - 1]), UInt64(divisor[divisor.count - 2]))
    var quotient = [UInt32](repeating: 0, count: rest.count - divisor.count)
    for place in quotient.indices.reversed() {
      let end = place + divisor.count
      let head = UInt64(rest[end]) << 32 | UInt64(rest[end - 1])
      var guess = min(head / top, UInt64(UInt32.max))
      while (head - guess * top) >> 32 == 0,
        guess * next > (head - guess * top) << 32 | UInt64(rest[end - 2])
      {
        guess -= 1
      }
      if subtract(divisor, times: guess, from: &rest, at: place) {
        guess -= 1
        add(divisor, to: &rest, at: place)
      }
      quotient[place] = UInt32(guess)
    }
    return (quotient, WholeNumber(isNegative: false, digits: rest).shifted(by: -shift).digits)
  }

  static func division(_ a: [UInt32], by divisor: UInt32) -> (quotient: [UInt32], rest: [UInt32]) {
    var out = a
    var rest: UInt64 = 0
    for place in a.indices.reversed() {
      let head = rest << 32 | UInt64(a[place])
      out[place] = UInt32(head / UInt64(divisor))
      rest = head % UInt64(divisor)
    }
    return (out, [UInt32(rest)])
  }

  /// Whether the rest went below zero.
  private static func subtract(
    _ divisor: [UInt32], times factor: UInt64, from rest: inout [UInt32], at place: Int
  ) -> Bool {
    var (carry, borrow): (UInt64, Int64) = (0, 0)
    for (offset, digit) in divisor.enumerated() {
      carry += UInt64(digit) * factor
      borrow += Int64(rest[place + offset]) - Int64(carry & 0xFFFF_FFFF)
      rest[place + offset] = UInt32(truncatingIfNeeded: borrow)
      borrow >>= 32
      carry >>= 32
    }
    borrow += Int64(rest[place + divisor.count]) - Int64(carry)
    rest[place + divisor.count] = UInt32(truncatingIfNeeded: borrow)
    return borrow < 0
  }

  private static func add(_ divisor: [UInt32], to rest: inout [UInt32], at place: Int) {
    var carry: UInt64 = 0
    for (offset, digit) in divisor.enumerated() {
      carry += UInt64(rest[place + offset]) + UInt64(digit)
      rest[place + offset] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    rest[place + divisor.count] &+= UInt32(carry)
  }

  /// Nil for a power of more than so many bits.
  public func power(_ exponent: Int, maximumBits: Int) -> WholeNumber? {
    guard bitCount <= 1 || bitCount.multipliedReportingOverflow(by: exponent).overflow == false,
      bitCount <= 1 || (bitCount - 1) * exponent <= maximumBits
    else { return nil }
    var (result, factor, left) = (WholeNumber(1), self, exponent)
    while left > 0 {
      if left & 1 == 1 { result = result * factor }
      left >>= 1
      if left > 0 { factor = factor * factor }
    }
    return result
  }
}
