import Foundation
import Testing
import Values

@testable import Tensors

@Suite struct `attention over pieces of a cache` {
  private let shape = AttentionShape(heads: 4, keyHeads: 2, headSize: 6, scale: 0.4)

  /// The definition: each row looks at the places of its list.
  private func naive(_ q: [Float], _ keys: [Float], _ values: [Float], seen: [Int]) -> [Double] {
    let (size, width) = (shape.headSize, shape.keyHeads * shape.headSize)
    return (0..<shape.heads).flatMap { head -> [Double] in
      let keyHead = head / (shape.heads / shape.keyHeads) * size
      let scores = seen.map { place in
        Double(shape.scale)
          * (0..<size).reduce(0) {
            $0 + Double(q[head * size + $1]) * Double(keys[place * width + keyHead + $1])
          }
      }
      let weights = scores.map { Foundation.exp($0 - (scores.max() ?? 0)) }
      let total = weights.reduce(0, +)
      return (0..<size).map { column in
        zip(seen, weights).reduce(0) { $0 + $1.1 / total * Double(values[$1.0 * width + keyHead + column]) }
      }
    }
  }

  @Test func `equals the definition for rows, branches and single rows`() {
    var numbers = Numbers(11)
    let (rows, places) = (310, 700)
    let q = numbers.next(rows * 24)
    let keys = numbers.next(places * 12)
    let values = numbers.next(places * 12)
    let segments = [
      AttentionSegment(rows: 0..<5, before: [], own: 10..<15),
      AttentionSegment(rows: 5..<9, before: [10..<13, 400..<420], own: 20..<24),
      AttentionSegment(rows: 9..<10, before: [10..<15, 20..<22], own: 30..<31),
      AttentionSegment(rows: 10..<310, before: [0..<7], own: 100..<400),
    ]
    var out = Matrix(capacity: rows, columns: 24)
    attend(
      Matrix(q, columns: 24), Matrix(keys, columns: 12), Matrix(values, columns: 12), segments, shape, &out)
    for segment in segments {
      for (place, row) in segment.rows.enumerated() {
        let seen = segment.before.flatMap { Array($0) } + Array(segment.own.prefix(place + 1))
        let expected = naive(Array(q[row * 24..<(row + 1) * 24]), keys, values, seen: seen)
        #expect(near(out.row(row), expected, 1e-5))
      }
    }
  }
}
