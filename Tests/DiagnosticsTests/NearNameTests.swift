import Diagnostics
import TestKit
import Testing

@Suite struct `near names` {
  /// The distance as its definition has it, with nothing left out.
  private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        guard i > 0, j > 0 else {
          table[i][j] = i + j
          continue
        }
        let swapped =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? table[i - 2][j - 2] + 1 : Int.max
        table[i][j] = min(
          table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
          swapped)
      }
    }
    return table[a.count][b.count]
  }

  @Test func `the nearest is found, and of several the first`() {
    var random = SeededRandom(seed: 3)
    func name() -> String {
      String((0..<Int.random(in: 0...9, using: &random)).map { _ in random.pick(Array("abc_")) })
    }
    var found = 0
    for _ in 0..<2_000 {
      let (names, typo) = ((0..<8).map { _ in name() }, name())
      let scored = names.map { (name: $0, distance: distance(Array($0.utf8), Array(typo.utf8))) }
      // The same letters without the signs between them are nearer than anything else.
      let word = typo.filter { $0 != "_" }
      let same = names.first { $0 == typo || word.count > 1 && $0.filter { $0 != "_" } == word }
      let near = scored.filter { $0.distance <= max(1, typo.utf8.count / 3) }
      let expected = same ?? near.min { $0.distance < $1.distance }?.name
      #expect(names.nearest(to: typo) == expected, "\(typo) among \(names)")
      let sorted = same ?? near.sorted { $0.name < $1.name }.min { $0.distance < $1.distance }?.name
      #expect(names.nearest(to: typo, <) == sorted, "\(typo) among \(names), sorted")
      if expected != nil { found += 1 }
    }
    #expect(found > 500)
  }
}
