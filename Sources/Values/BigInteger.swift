import Glibc

/// A whole number that 64 bits do not hold, as a value.
public final class BigInteger: ValueObject {
  public let number: WholeNumber

  init(_ number: WholeNumber) { self.number = number }

  public var typeName: String { "int" }
  public var text: String { number.description }

  public func isEqual(to other: any ValueObject) -> Bool {
    (other as? BigInteger).map { $0.number == number } ?? false
  }

  /// In step with equal numbers that are no whole ones by type.
  public func hash(into hasher: inout Hasher) {
    if let double = number.double, WholeNumber(double) == number { return hasher.combine(double) }
    hasher.combine(number)
  }

  public func precedes(_ other: any ValueObject) -> Bool? {
    (other as? BigInteger).map { number < $0.number }
  }

  public func attribute(_ name: String) -> Value? {
    switch name {
    case "real", "numerator": .object(self)
    case "imag": 0
    case "denominator": 1
    default: nil
    }
  }

  public var methods: [String: [String]] {
    ["as_integer_ratio": [], "bit_count": [], "bit_length": [], "conjugate": []]
  }

  public func call(_ method: String, _ arguments: [Value?]) -> Value? {
    switch method {
    case "as_integer_ratio": .tuple([.object(self), 1])
    case "bit_count": .int(number.digits.reduce(0) { $0 + $1.nonzeroBitCount })
    case "bit_length": .int(number.bitCount)
    case "conjugate": .object(self)
    default: nil
    }
  }
}

extension WholeNumber {
  /// The nearest double, of two the even one; nil where it would be infinite.
  public var double: Double? {
    let bits = bitCount
    let kept = shifted(by: min(0, 64 - bits)).digits.reversed().reduce(UInt64(0)) { $0 << 32 | UInt64($1) }
    // What is cut off counts only in whether there was anything.
    let isExact = bits <= 64 || lowBitsAreZero(bits - 64)
    let size = scalbn(Double(isExact ? kept : kept | 1), Int32(clamping: max(0, bits - 64)))
    guard size.isFinite else { return nil }
    return isNegative ? -size : size
  }

  private func lowBitsAreZero(_ count: Int) -> Bool {
    let words = count / 32
    guard digits.prefix(words).allSatisfy({ $0 == 0 }) else { return false }
    return count % 32 == 0 || digits[words] & (1 << UInt32(count % 32) - 1) == 0
  }

  /// Python's `/`: the double nearest to the exact quotient; nil where it would be infinite.
  ///
  /// The divisor is not zero.
  public func quotient(by divisor: WholeNumber) -> Double? {
    if isZero { return divisor.isNegative ? -0.0 : 0 }
    // So many bits that rounding them once gives the nearest double.
    let shift = 66 - (bitCount - divisor.bitCount)
    let (quotient, rest) = magnitude.shifted(by: max(0, shift)).dividedDown(
      by: divisor.magnitude.shifted(by: max(0, -shift)))
    let exact = rest.isZero ? quotient : WholeNumber(isNegative: false, digits: quotient.digits.withLastBit)
    guard let head = exact.double else { return nil }
    let size = scalbn(head, Int32(clamping: -shift))
    guard size.isFinite else { return nil }
    return isNegative != divisor.isNegative ? -size : size
  }
}

extension [UInt32] {
  fileprivate var withLastBit: [UInt32] {
    var copy = self
    if !copy.isEmpty { copy[0] |= 1 }
    return copy
  }
}

// MARK: - Texts

extension WholeNumber: CustomStringConvertible {
  /// The number to the base ten.
  public var description: String { text() }

  /// The number to a base from 2 to 36.
  public func text(radix: Int = 10, uppercase: Bool = false) -> String {
    if let small { return String(small, radix: radix, uppercase: uppercase) }
    // As many digits at once as fit into one of ours.
    var (chunk, length) = (radix, 1)
    while chunk * radix <= Int(UInt32.max) { (chunk, length) = (chunk * radix, length + 1) }
    var parts: [String] = []
    var left = digits
    while !left.isEmpty {
      let (quotient, rest) = Self.division(left, by: UInt32(chunk))
      parts.append(String(rest[0], radix: radix, uppercase: uppercase))
      left = quotient
      while left.last == 0 { left.removeLast() }
    }
    let padded = parts.dropLast().reversed().map {
      String(repeating: "0", count: length - $0.utf8.count) + $0
    }
    return (isNegative ? "-" : "") + (parts.last ?? "0") + padded.joined()
  }

  /// Reads digits of a base from 2 to 36, perhaps behind a sign; nil for anything else.
  public init?(_ text: some StringProtocol, radix: Int = 10) {
    var letters = text.utf8[...]
    let sign = letters.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { letters = letters.dropFirst() }
    guard !letters.isEmpty else { return nil }
    var digits: [UInt32] = []
    for letter in letters {
      guard let digit = Self.digit(letter), digit < radix else { return nil }
      var carry = UInt64(digit)
      for place in digits.indices {
        carry += UInt64(digits[place]) * UInt64(radix)
        digits[place] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      if carry > 0 { digits.append(UInt32(carry)) }
    }
    self.init(isNegative: sign == UInt8(ascii: "-"), digits: digits)
  }

  private static func digit(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(letter) - 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(letter) - 0x61 + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(letter) - 0x41 + 10
    default: nil
    }
  }
}
