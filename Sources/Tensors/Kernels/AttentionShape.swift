import Glibc

/// Which rows of a batch look at which keys.
public struct AttentionSegment: Sendable {
  /// The batch's rows that ask.
  public var rows: Range<Int>
  /// Places in the cache that all of them see: what came before, from the first position on, in as many pieces as it
  /// lies there.
  public var before: [Range<Int>]
  /// The rows' own places in the cache: each sees those up to its own.
  public var own: Range<Int>
  /// Whether its one row is computed in a way that is faster for one, and rounded otherwise than among others: what a
  /// row comes to must not depend on who happens to stand beside it.
  public var isAlone: Bool

  public init(rows: Range<Int>, before: [Range<Int>], own: Range<Int>, isAlone: Bool = false) {
    precondition(rows.count == own.count, "a place for each row")
    self.rows = rows
    self.before = before
    self.own = own
    self.isAlone = isAlone
  }

  /// Some of its rows, which look as they did: those between look at nothing.
  ///
  /// - Parameters:
  ///   - part: which of them, counted from its first.
  ///   - first: what the first of them is called from now on.
  public func part(_ part: Range<Int>, from first: Int) -> AttentionSegment {
    let place = own.lowerBound
    let seen = place..<place + part.lowerBound
    return AttentionSegment(
      rows: first..<first + part.count, before: before + (seen.isEmpty ? [] : [seen]),
      own: place + part.lowerBound..<place + part.upperBound, isAlone: isAlone)
  }
}

/// How attention is cut into heads, and what becomes of the scores before their softmax.
public struct AttentionShape: Sendable {
  public var heads: Int
  /// Heads of keys and values; each serves `heads / keyHeads` heads of queries.
  public var keyHeads: Int
  public var headSize: Int
  public var scale: Float
  /// How many keys a row sees at most, its own and those just before; nil sees all.
  public var window: Int?
  /// Scaled scores are kept between this and its opposite.
  public var softCap: Float?
  /// ALiBi: what each head adds to a score, before the scale, for each position of the key; empty adds nothing.
  public var slopes: [Float] = []

  public init(heads: Int, keyHeads: Int, headSize: Int, scale: Float) {
    precondition(keyHeads > 0 && heads % keyHeads == 0, "as many query heads for each key head")
    self.heads = heads
    self.keyHeads = keyHeads
    self.headSize = headSize
    self.scale = scale
  }

  /// The slopes of ALiBi: powers of one number for the largest power of two of heads, those between for the rest.
  public static func alibiSlopes(heads: Int) -> [Float] {
    var power = 1
    while power * 2 <= heads { power *= 2 }
    func base(_ count: Int) -> Float { exp2f(-8 / Float(count)) }
    let first = (1...power).map { powf(base(power), Float($0)) }
    let rest = (0..<heads - power).map { powf(base(2 * power), Float(2 * $0 + 1)) }
    return first + rest
  }
}
