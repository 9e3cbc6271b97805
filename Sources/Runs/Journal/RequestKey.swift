public import Exchange

/// Half of a request's content hash: 128 bits tell requests apart and take little memory for millions of them.
public struct RequestKey: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  /// Reads the first 32 digits of a hash; nil for what is none.
  public init?(_ hash: String) {
    let digits = hash.utf8.prefix(32)
    guard digits.count == 32, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let high = UInt64(hash.prefix(16), radix: 16),
      let low = UInt64(hash.dropFirst(16).prefix(16), radix: 16)
    else { return nil }
    self.high = high
    self.low = low
  }

  public var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// A part of a run that one machine takes.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// From 1 on.
  public let number: Int
  public let count: Int

  public init?(number: Int, of count: Int) {
    guard count >= 1, (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `2/4`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(number: number, of: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// Whether a request belongs to it.
  ///
  /// What is asked behind the same prompt stays together, so that no two machines compute one prompt; a score needs all
  /// answers anyway and is only given when the parts are merged.
  public func holds(_ request: Request) -> Bool {
    let text =
      switch request.ask {
      case .loglikelihood(let context, _), .generate(let context, _): context.text
      case .loglikelihoodRolling(let text): text
      }
    let hash = UInt64(sha256(text).prefix(15), radix: 16) ?? 0
    return hash % UInt64(count) == UInt64(number - 1)
  }
}
