import Foundation
import Testing

@testable import Tensors

/// A row as products in eight bits read it, and by how much each number may be off.
///
/// Groups of 64 numbers share a scale, the largest size over 127. Up to four numbers that are more than six times as large
/// as their group's mean, both in steps of that scale, are kept as they are, and count as nothing then.
func inEightBits(_ row: ArraySlice<Float>) -> (numbers: [Float], bounds: [Float]) {
  var numbers: [Float] = []
  var bounds: [Float] = []
  for start in stride(from: row.startIndex, to: row.endIndex, by: 64) {
    let group = Array(row[start..<min(start + 64, row.endIndex)])
    var left = group
    for _ in 0..<4 {
      let top = left.map(abs).max() ?? 0
      guard top > 0 else { break }
      let steps = left.reduce(0) { $0 + abs(Int(($1 * (127 / top)).rounded(.toNearestOrEven))) }
      guard 127 * group.count > 6 * steps else { break }
      if let place = left.firstIndex(where: { abs($0) == top }) { left[place] = 0 }
    }
    let top = left.map(abs).max() ?? 0
    let (factor, scale) = top > 0 ? (127 / top, top / 127) : (0, 0)
    for (number, rest) in zip(group, left) {
      let isApart = rest == 0 && number != 0
      numbers.append(isApart ? number : (number * factor).rounded(.toNearestOrEven) * scale)
      bounds.append(isApart ? 0 : scale / 2)
    }
  }
  return (numbers, bounds)
}

@Suite struct `products in eight bits` {
  /// Rows as trained models have them: most numbers small, some large, and a few at the same places in every row that are
  /// larger than all others together.
  private func rows(_ count: Int, inputs: Int, _ numbers: inout Numbers) -> [Float] {
    var rows = zip(numbers.next(count * inputs), numbers.next(count * inputs, scale: 2)).map { $0 * $1 * $1 }
    for row in 0..<count {
      for place in [3, 70, 71, 200] where place < inputs { rows[row * inputs + place] *= 300 }
    }
    return rows
  }

  @Test(arguments: [(1, 300, 70), (3, 64, 64), (50, 577, 33)])
  func `are near those in single precision, within a bound for each output`(_ sizes: (Int, Int, Int)) {
    let (count, inputs, outputs) = sizes
    var numbers = Numbers(inputs)
    let (source, weights) = (rows(count, inputs: inputs, &numbers), numbers.next(inputs * outputs))
    let weight = Tensor(weights, shape: [outputs, inputs])
    var exact = Matrix(capacity: count, columns: outputs)
    multiplyNaive(Matrix(source, columns: inputs), Linear(weight), &exact)
    let small = Linear(weight, as: .int8)
    for instructions in Instructions.all {
      var y = Matrix(capacity: count, columns: outputs)
      multiply(Matrix(source, columns: inputs), small, &y, on: instructions)
      for row in 0..<count {
        let x = source[row * inputs..<(row + 1) * inputs]
        let bounds = inEightBits(x).bounds
        for output in 0..<outputs {
          let own = weights[output * inputs..<(output + 1) * inputs]
          let step = (own.map(abs).max() ?? 0) / 127
          // Half a step of each weight, and half a step of each number.
          let bound = zip(x, zip(own, bounds)).reduce(Float(0)) {
            $0 + abs($1.0) * step / 2 + (abs($1.1.0) + step / 2) * $1.1.1
          }
          #expect(abs(y[row, output] - exact[row, output]) <= bound * 1.0001, "\(instructions.name)")
        }
      }
    }
  }

  @Test func `lose nothing to numbers that stand out`() {
    var numbers = Numbers(12)
    let (inputs, outputs) = (256, 48)
    let weight = Tensor(numbers.next(inputs * outputs), shape: [outputs, inputs])
    let small = Linear(weight, as: .int8)
    var plain = numbers.next(inputs)
    // One in each group is nothing, and then a thousand times as large as the others.
    for place in stride(from: 5, to: inputs, by: 64) { plain[place] = 0 }
    var loud = plain
    for place in stride(from: 5, to: inputs, by: 64) { loud[place] = 1000 }
    var y = Matrix(capacity: 2, columns: outputs)
    multiply(Matrix(plain + loud, columns: inputs), small, &y)
    var alone = [Float](repeating: 0, count: inputs)
    for place in stride(from: 5, to: inputs, by: 64) { alone[place] = 1000 }
    var z = Matrix(capacity: 1, columns: outputs)
    multiply(Matrix(alone, columns: inputs), small, &z)
    for output in 0..<outputs {
      #expect(abs(y[1, output] - z[0, output] - y[0, output]) < 2e-3, "\(output)")
    }
  }

  @Test(arguments: Instructions.all)
  func `of what is no number are none, and of nothing nothing`(_ instructions: Instructions) {
    var numbers = Numbers(2)
    let (inputs, outputs) = (130, 20)
    let small = Linear(Tensor(numbers.next(inputs * outputs), shape: [outputs, inputs]), as: .int8)
    var rows = numbers.next(4 * inputs)
    rows[129] = .nan
    rows[inputs + 7] = .infinity
    for place in 2 * inputs..<3 * inputs { rows[place] = 0 }
    var y = Matrix(capacity: 4, columns: outputs)
    multiply(Matrix(rows, columns: inputs), small, &y, on: instructions)
    #expect(y.row(0).allSatisfy { $0.isNaN } && y.row(1).allSatisfy { !$0.isFinite })
    #expect(y.row(2) == [Float](repeating: 0, count: outputs) && y.row(3).allSatisfy { $0.isFinite })
  }
}
