import Foundation

/// How much two models differ on the same documents.
///
/// The same questions are easy or hard for both, so their differences, document by document, say more than two scores with
/// an error each (E. Miller, "Adding Error Bars to Evals", arXiv 2411.00640, section 4.2).
public struct PairedDifference: Sendable {
  public let count: Int
  public let first: Double
  public let second: Double
  /// The 95 % interval of the difference of the means; nil for fewer than two documents.
  public let interval: ClosedRange<Double>?
  /// How probable a difference as large as this is where there is none; nil for fewer than two documents.
  public let probability: Double?
  /// Pairs of which only the second, or only the first, is above; told where all values are 0 or 1.
  public let flips: (up: Int, down: Int)?

  public var difference: Double { second - first }

  public init(_ pairs: [(first: Double, second: Double)]) {
    count = pairs.count
    let number = Double(pairs.count)
    first = pairs.reduce(0) { $0 + $1.first } / number
    second = pairs.reduce(0) { $0 + $1.second } / number
    let isBinary = pairs.allSatisfy { [0, 1].contains($0.first) && [0, 1].contains($0.second) }
    flips =
      isBinary
      ? (pairs.count { $0.second > $0.first }, pairs.count { $0.second < $0.first }) : nil
    guard pairs.count > 1 else {
      interval = nil
      probability = nil
      return
    }
    let mean = pairs.reduce(0) { $0 + ($1.second - $1.first) } / number
    let squares = pairs.reduce(0) { sum, pair in
      let deviation = pair.second - pair.first - mean
      return sum + deviation * deviation
    }
    let error = (squares / (number - 1) / number).squareRoot()
    let width = StudentT(degrees: number - 1).quantile(0.975) * error
    interval = (mean - width)...(mean + width)
    if let flips {
      probability = Self.mcNemar(flips.up, flips.down)
    } else if error == 0 {
      probability = mean == 0 ? 1 : 0
    } else {
      probability = StudentT(degrees: number - 1).tails(abs(mean / error))
    }
  }

  /// McNemar's test in its exact form (Psychometrika 12, 1947): of the pairs that changed, as many should have changed one
  /// way as the other, as when a coin is tossed.
  static func mcNemar(_ up: Int, _ down: Int) -> Double {
    let all = Double(up + down)
    guard all > 0 else { return 1 }
    var tail = 0.0
    for few in 0...min(up, down) {
      let k = Double(few)
      let ways: Double = lgamma(all + 1) - lgamma(k + 1) - lgamma(all - k + 1)
      tail += exp(ways - all * log(2.0))
    }
    return min(1, 2 * tail)
  }
}

/// Student's distribution.
struct StudentT {
  let degrees: Double

  /// How probable a value at least this far from 0 is, on either side.
  func tails(_ t: Double) -> Double {
    t.isInfinite ? 0 : Self.incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// The value that a share of all lie below; for shares above one half.
  func quantile(_ share: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while tails(high) > 2 * (1 - share) { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if tails(middle) > 2 * (1 - share) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8), worked out by
  /// Lentz's method.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side only.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let power: Double = a * log(x) + b * log(1 - x)
    let front: Double = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + power) / a
    let tiny = 1e-300
    var (c, d) = (1.0, 1 - (a + b) * x / (a + 1))
    d = 1 / (abs(d) < tiny ? tiny : d)
    var fraction = d
    for step in 1...10_000 {
      let m = Double(step)
      let even: Double = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd: Double = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      for term in [even, odd] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        c = abs(c) < tiny ? tiny : c
        fraction *= d * c
      }
      if abs(d * c - 1) < 1e-16 { break }
    }
    return front * fraction
  }
}
