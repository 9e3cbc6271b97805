import Foundation
import Testing
import Values

@testable import Tensors

@Suite struct `attention over pieces of a cache` {
  /// Plain, and with each of what families add.
  static let shapes: [AttentionShape] = {
    let plain = AttentionShape(heads: 4, keyHeads: 2, headSize: 6, scale: 0.4)
    var (windowed, narrow, capped, biased, all) = (plain, plain, plain, plain, plain)
    windowed.window = 20
    narrow.window = 1
    capped.softCap = 0.7
    biased.slopes = AttentionShape.alibiSlopes(heads: 4)
    all.window = 9
    all.softCap = 0.5
    all.slopes = biased.slopes
    return [plain, windowed, narrow, capped, biased, all]
  }()

  /// The definition: a row looks at the places of its list, which hold the positions from the first on.
  private func naive(
    _ q: [Float], _ keys: [Float], _ values: [Float], _ shape: AttentionShape, seen all: [Int]
  ) -> [Double] {
    let hidden = shape.window.map { max(0, all.count - $0) } ?? 0
    let seen = Array(all.dropFirst(hidden))
    let (size, width) = (shape.headSize, shape.keyHeads * shape.headSize)
    return (0..<shape.heads).flatMap { head -> [Double] in
      let keyHead = head / (shape.heads / shape.keyHeads) * size
      let scores = seen.enumerated().map { index, place in
        let product = (0..<size).reduce(0) {
          $0 + Double(q[head * size + $1]) * Double(keys[place * width + keyHead + $1])
        }
        let score = Double(shape.scale) * product
        let capped = shape.softCap.map { Double($0) * tanh(score / Double($0)) } ?? score
        guard !shape.slopes.isEmpty else { return capped }
        let position = roundedToBFloat16(Float(hidden + index))
        return capped
          + Double(roundedToBFloat16(roundedToBFloat16(shape.slopes[head]) * position) * shape.scale)
      }
      let weights = scores.map { Foundation.exp($0 - (scores.max() ?? 0)) }
      let total = weights.reduce(0, +)
      return (0..<size).map { column in
        zip(seen, weights).reduce(0) { $0 + $1.1 / total * Double(values[$1.0 * width + keyHead + column]) }
      }
    }
  }

  @Test(arguments: Instructions.all, shapes.indices)
  func `equals the definition for rows, branches and single rows`(_ instructions: Instructions, _ kind: Int) {
    for size in [6, 32] {
      var shape = Self.shapes[kind]
      shape.headSize = size
      shape.scale = 1 / Float(size).squareRoot()
      check(shape, instructions)
    }
  }

  @Test(arguments: Instructions.all.filter(\.multipliesBFloat16), shapes.indices)
  func `nearly equals it in pairs of bfloat16`(_ instructions: Instructions, _ kind: Int) {
    for size in [7, 48] {
      var shape = Self.shapes[kind]
      shape.headSize = size
      shape.scale = 1 / Float(size).squareRoot()
      check(shape, instructions, .bfloat16)
    }
  }

  @Test func `what is moved is the same elsewhere`() {
    var numbers = Numbers(3)
    let shape = AttentionShape(heads: 4, keyHeads: 2, headSize: 5, scale: 1)
    for precision in [KeyValues.Precision.float32, .bfloat16] {
      guard precision == .float32 || Instructions.best.multipliesBFloat16 else { continue }
      var kept = KeyValues(layers: 2, places: 40, heads: 2, headSize: 5, precision)
      for layer in 0..<2 {
        kept.put(
          Matrix(numbers.next(12 * 10), columns: 10), Matrix(numbers.next(12 * 10), columns: 10),
          rows: 0..<12,
          layer: layer, at: 3)
      }
      let q = Matrix(numbers.next(2 * 20), columns: 20)
      var before = Matrix(capacity: 2, columns: 20)
      var after = Matrix(capacity: 2, columns: 20)
      func look(_ place: Int, _ kept: borrowing KeyValues, _ out: inout Matrix) {
        let segment = AttentionSegment(
          rows: 0..<2, before: [place..<place + 10], own: place + 10..<place + 12)
        attend(q, kept, layer: 1, [segment], shape, &out)
      }
      look(3, kept, &before)
      kept.move(3..<15, to: 8)
      look(8, kept, &after)
      #expect(before.numbers == after.numbers)
    }
  }

  private func check(
    _ shape: AttentionShape, _ instructions: Instructions, _ precision: KeyValues.Precision = .float32
  ) {
    let (wide, narrow) = (shape.heads * shape.headSize, shape.keyHeads * shape.headSize)
    var numbers = Numbers(11)
    let (rows, places) = (310, 700)
    let q = numbers.next(rows * wide)
    var keys = numbers.next(places * narrow)
    var values = numbers.next(places * narrow)
    var kept = KeyValues(
      layers: 2, places: places, heads: shape.keyHeads, headSize: shape.headSize, precision)
    kept.put(
      Matrix(keys, columns: narrow), Matrix(values, columns: narrow), rows: 0..<places, layer: 1, at: 0,
      on: instructions)
    if precision == .bfloat16 {
      keys = keys.map(roundedToBFloat16)
      values = values.map(roundedToBFloat16)
    }
    let segments = [
      AttentionSegment(rows: 0..<5, before: [], own: 10..<15),
      AttentionSegment(rows: 5..<9, before: [10..<13, 400..<420], own: 20..<24),
      AttentionSegment(rows: 9..<10, before: [10..<15, 20..<22], own: 30..<31),
      AttentionSegment(rows: 10..<11, before: [10..<15, 20..<22], own: 31..<32, isAlone: true),
      AttentionSegment(rows: 11..<310, before: [0..<7], own: 100..<399),
    ]
    var out = Matrix(capacity: rows, columns: wide)
    attend(Matrix(q, columns: wide), kept, layer: 1, segments, shape, &out, on: instructions)
    for segment in segments {
      for (place, row) in segment.rows.enumerated() {
        let seen = segment.before.flatMap { Array($0) } + Array(segment.own.prefix(place + 1))
        let expected = naive(Array(q[row * wide..<(row + 1) * wide]), keys, values, shape, seen: seen)
        #expect(near(out.row(row), expected, precision == .float32 ? 1e-5 : 8e-3))
      }
    }
  }

  @Test(arguments: [KeyValues.Precision.float32, .bfloat16], shapes.indices)
  func `of some rows is what it is among all`(_ precision: KeyValues.Precision, _ kind: Int) {
    guard precision == .float32 || Instructions.best.multipliesBFloat16 else { return }
    var shape = Self.shapes[kind]
    shape.headSize = 16
    let (wide, narrow) = (shape.heads * 16, shape.keyHeads * 16)
    var numbers = Numbers(12)
    var kept = KeyValues(layers: 1, places: 400, heads: shape.keyHeads, headSize: 16, precision)
    let (keys, values) = (numbers.next(400 * narrow), numbers.next(400 * narrow))
    kept.put(
      Matrix(keys, columns: narrow), Matrix(values, columns: narrow), rows: 0..<400, layer: 0, at: 0)
    let segment = AttentionSegment(rows: 0..<200, before: [3..<90, 100..<130], own: 150..<350)
    let q = Matrix(numbers.next(200 * wide), columns: wide)
    var all = Matrix(capacity: 200, columns: wide)
    attend(q, kept, layer: 0, [segment], shape, &all)
    for part in [0..<1, 7..<31, 77..<78, 130..<200] {
      var some = Matrix(capacity: part.count, columns: wide)
      var own = Matrix(capacity: part.count, columns: wide)
      pick(Array(part)[...], of: q, &own)
      attend(own, kept, layer: 0, [segment.part(part, from: 0)], shape, &some)
      for (place, row) in part.enumerated() {
        // A window shifts what is summed up together.
        #expect(
          shape.window == nil
            ? some.row(place) == all.row(row)
            : near(some.row(place), all.row(row).map(Double.init), precision == .float32 ? 1e-5 : 8e-3))
      }
    }
  }

  @Test func `slopes of any number of heads fall from a half or less`() {
    #expect(near(AttentionShape.alibiSlopes(heads: 8), (1...8).map { pow(2, -Double($0)) }, 1e-6))
    let six = [0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125]
    #expect(near(AttentionShape.alibiSlopes(heads: 6), six, 1e-6))
    #expect(near(AttentionShape.alibiSlopes(heads: 1), [0.00390625], 1e-6))
  }
}
