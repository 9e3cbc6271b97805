import Foundation
import Reports
import TestKit
import Testing
import Values

/// `Tools/reports/compare.py` has SciPy and statsmodels make the expectations.
@Suite struct `how two runs differ` {
  private static let cases: [OrderedMap] = {
    let file = repositoryRoot.appending(path: "Tests/ReportsTests/Fixtures/differences.jsonl")
    let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.compactMap { (try? Value(json: String($0)))?.asMap }
  }()

  /// Pairs of 0 and 1 by how many there are of each kind.
  private static func pairs(_ counts: Value?) -> [(first: Double, second: Double)]? {
    guard let counts = counts?.asList?.compactMap(\.asInt), counts.count == 4 else { return nil }
    let kinds: [(Double, Double)] = [(1, 1), (0, 1), (1, 0), (0, 0)]
    return zip(kinds, counts).flatMap { Array(repeating: $0, count: $1) }
  }

  private static func isNear(_ a: Double?, _ b: Double?, within share: Double = 1e-9) -> Bool {
    guard let a, let b else { return false }
    return abs(a - b) <= share * max(abs(a), abs(b)) || abs(a - b) < 1e-13
  }

  @Test func `means, intervals and probabilities are SciPy's`() throws {
    var (binary, other) = (0, 0)
    for entry in Self.cases where entry["probability"] != nil {
      let counts = Self.pairs(entry["counts"])
      let pairs =
        counts
        ?? (entry["pairs"]?.asList ?? []).compactMap { pair in
          guard let list = pair.asList, let a = list[0].asDouble, let b = list[1].asDouble else { return nil }
          return (a, b)
        }
      if counts == nil { other += 1 } else { binary += 1 }
      let difference = PairedDifference(pairs)
      let what = entry["counts"]?.json() ?? "\(pairs.count) pairs"
      #expect(Self.isNear(difference.first, entry["first"]?.asDouble), "\(what)")
      #expect(Self.isNear(difference.second, entry["second"]?.asDouble), "\(what)")
      let interval = entry["interval"]?.asList?.map(\.asDouble) ?? []
      #expect(Self.isNear(difference.interval?.lowerBound, interval[0]), "\(what) \(interval)")
      #expect(Self.isNear(difference.interval?.upperBound, interval[1]), "\(what) \(interval)")
      #expect(
        Self.isNear(difference.probability, entry["probability"]?.asDouble, within: 1e-8),
        "\(what): \(difference.probability ?? -1), SciPy \(entry["probability"]?.json() ?? "")")
    }
    #expect(binary > 8 && other > 30)
  }

  @Test func `which rows are worse, all taken together, statsmodels says too`() throws {
    var (worse, calm) = (0, 0)
    for entry in Self.cases {
      guard let rows = entry["rows"]?.asList, let expected = entry["worse"]?.asList else { continue }
      var (first, second) = (RunSamples(), RunSamples())
      for (index, row) in rows.enumerated() {
        let key = RunSamples.Key(task: "task\(index)", filter: "none")
        first.directions[key.task] = ["acc": true]
        for (id, pair) in (Self.pairs(row) ?? []).enumerated() {
          first.add(ScoredDocument(id: id, hash: "", metrics: ["acc": .double(pair.first)]), key)
          second.add(ScoredDocument(id: id, hash: "", metrics: ["acc": .double(pair.second)]), key)
        }
      }
      let found = RunComparison(first, second, alpha: 0.05).rows.map { Value.bool($0.isWorse) }
      #expect(found == expected, "\(entry["rows"]?.json() ?? "")")
      worse += expected.count { $0 == true }
      calm += expected.count { $0 == false }
    }
    #expect(worse > 20 && calm > 20)
  }
}
