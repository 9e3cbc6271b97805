import Foundation
import Testing
import Values

@testable import Tensors

/// Numbers from a fixed seed.
struct Numbers {
  private var random: PythonRandom
  init(_ seed: Int) { random = PythonRandom(seed: seed) }
  mutating func next(_ count: Int, scale: Double = 1) -> [Float] {
    (0..<count).map { _ in Float((random.random() * 2 - 1) * scale) }
  }
}

func near(_ a: [Float], _ b: [Double], _ tolerance: Double) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs(Double($0) - $1) <= tolerance * max(1, abs($1)) }
}

@Suite struct `each kernel does what its definition says` {
  @Test(arguments: [(1, 5, 7), (1, 64, 33), (3, 17, 4), (20, 48, 96), (70, 130, 67)], [true, false])
  func `products`(_ sizes: (Int, Int, Int), _ isByOutputs: Bool) {
    let (rows, inputs, outputs) = sizes
    var numbers = Numbers(rows)
    let x = Matrix(numbers.next(rows * inputs), columns: inputs)
    let weight = Tensor(
      numbers.next(inputs * outputs), shape: isByOutputs ? [outputs, inputs] : [inputs, outputs])
    let bias = Tensor(numbers.next(outputs), shape: [outputs])
    for linear in [
      Linear(weight, isByOutputs ? .outputsByInputs : .inputsByOutputs),
      Linear(weight, bias: bias, isByOutputs ? .outputsByInputs : .inputsByOutputs),
    ] {
      var fast = Matrix(capacity: rows, columns: outputs)
      var naive = Matrix(capacity: rows, columns: outputs)
      multiply(x, linear, &fast)
      multiplyNaive(x, linear, &naive)
      #expect(near(fast.numbers, naive.numbers.map(Double.init), 1e-5))
    }
  }

  @Test(arguments: [Linear.Layout.outputsByInputs, .inputsByOutputs])
  func `some outputs of a product are its columns`(_ layout: Linear.Layout) {
    var numbers = Numbers(3)
    let x = Matrix(numbers.next(4 * 6), columns: 6)
    let shape = layout == .outputsByInputs ? [9, 6] : [6, 9]
    let whole = Linear(
      Tensor(numbers.next(6 * 9), shape: shape), bias: Tensor(numbers.next(9), shape: [9]), layout)
    var all = Matrix(capacity: 4, columns: 9)
    multiply(x, whole, &all)
    for ranges in [[3..<6], [7..<9, 0..<2, 4..<5], [0..<9]] {
      let some = whole.outputs(ranges)
      var cut = Matrix(capacity: 4, columns: some.outputs)
      multiply(x, some, &cut)
      let expected = (0..<4).flatMap { row in ranges.flatMap { all.row(row)[$0] } }
      #expect(near(cut.numbers, expected.map(Double.init), 1e-6))
    }
  }

  @Test(arguments: [1, 15, 16, 40, 129])
  func `norms`(_ columns: Int) {
    var numbers = Numbers(columns)
    let rows = numbers.next(3 * columns, scale: 3)
    let (weight, bias) = (numbers.next(columns), numbers.next(columns))
    let x = Matrix(rows, columns: columns)
    var h = Matrix(capacity: 3, columns: columns)
    let scale = Tensor(weight, shape: [columns])
    normalise(x, Norm(.rootMeanSquare, width: columns, weight: scale, epsilon: 1e-5), &h)
    for row in 0..<3 {
      let naive = normNaive(
        x.row(row).map(Double.init), weight: weight.map(Double.init), bias: nil, epsilon: 1e-5)
      #expect(near(h.row(row), naive, 1e-5))
    }
    let moved = Tensor(bias, shape: [columns])
    normalise(x, Norm(.layer, width: columns, weight: scale, bias: moved, epsilon: 1e-5), &h)
    for row in 0..<3 where columns > 1 {
      let naive = normNaive(
        x.row(row).map(Double.init), weight: weight.map(Double.init), bias: bias.map(Double.init),
        epsilon: 1e-5)
      #expect(near(h.row(row), naive, 1e-4))
    }
  }

  @Test func `norms of heads, in place`() {
    var numbers = Numbers(8)
    let start = numbers.next(3 * 20, scale: 3)
    let (weight, bias) = (numbers.next(5), numbers.next(5))
    for (kind, bias) in [(Norm.Kind.rootMeanSquare, nil), (.layer, bias)] {
      let norm = Norm(
        kind, width: 5, weight: Tensor(weight, shape: [5]), bias: bias.map { Tensor($0, shape: [5]) },
        epsilon: 1e-5)
      var x = Matrix(start, columns: 20)
      normalise(&x, norm)
      let expected = stride(from: 0, to: 60, by: 5).flatMap {
        normNaive(
          start[$0..<$0 + 5].map(Double.init), weight: weight.map(Double.init),
          bias: bias?.map(Double.init), epsilon: 1e-5)
      }
      #expect(near(x.numbers, expected, 1e-4))
    }
  }

  @Test(arguments: [Float(1), 30, 50])
  func `a cap without a corner`(_ cap: Float) {
    let inputs = stride(from: Float(-200), through: 200, by: 0.7).map { $0 } + [0, 1e-6]
    var x = Matrix(inputs, columns: inputs.count)
    softCap(&x, cap)
    #expect(near(x.numbers, inputs.map { Double(cap) * tanh(Double($0) / Double(cap)) }, 1e-5))
  }

  @Test func `rounding to eight bits of precision, ties to even`() {
    let cases: [(Float, Float)] = [
      (1, 1), (0x1.01p0, 0x1.00p0), (0x1.03p0, 0x1.04p0), (0x1.010002p0, 0x1.02p0), (-0x1.03p0, -0x1.04p0),
      (0, 0), (0x1.fffffep127, .infinity), (.infinity, .infinity),
    ]
    for (x, rounded) in cases { #expect(roundedToBFloat16(x) == rounded, "\(x)") }
    #expect(roundedToBFloat16(.nan).isNaN)
  }

  @Test(arguments: Activation.allCases)
  func `activations`(_ activation: Activation) {
    let inputs = stride(from: Float(-30), through: 30, by: 0.37).map { $0 } + [0, -0.0, 1e-8, 80, -80]
    var x = Matrix(inputs, columns: inputs.count)
    activate(&x, activation)
    #expect(near(x.numbers, inputs.map { activation.naive(Double($0)) }, 2e-6))
  }

  @Test func `the exponential is exact to a few parts in ten million`() {
    for start in stride(from: Float(-87), to: 88, by: 0.173) {
      var lanes = Lanes(repeating: 0)
      for lane in 0..<16 { lanes[lane] = start + Float(lane) * 0.01 }
      let result = exponential(lanes)
      for lane in 0..<16 {
        let exact = Foundation.exp(Double(lanes[lane]))
        #expect(abs(Double(result[lane]) - exact) <= 4e-7 * exact)
      }
    }
  }

  @Test(arguments: [1, 16, 100, 3000])
  func `logarithms of shares`(_ columns: Int) {
    var numbers = Numbers(columns)
    let x = Matrix(numbers.next(5 * columns, scale: 20), columns: columns)
    for (row, found) in distributions(x).enumerated() {
      let naive = Distribution.naive(x.row(row))
      #expect(abs(found.logSum - naive.logSum) < 1e-6 && found.best == naive.best)
    }
  }

  @Test func `rotation of neighbours turns a part of each head`() {
    var numbers = Numbers(6)
    let start = numbers.next(12)
    var x = Matrix(start, columns: 12)
    rotate(
      &x, headSize: 6,
      RotaryTable(positions: [5], pairCount: 2, .neighbours, length: 1.5) { _ in [1, 0.25] })
    var expected = start.map(Double.init)
    for (first, frequency) in [(0, 1.0), (2, 0.25), (6, 1.0), (8, 0.25)] {
      let (a, b) = (expected[first], expected[first + 1])
      expected[first] = 1.5 * (a * cos(5 * frequency) - b * sin(5 * frequency))
      expected[first + 1] = 1.5 * (b * cos(5 * frequency) + a * sin(5 * frequency))
    }
    #expect(near(x.numbers, expected, 1e-6))
  }

  @Test func `rotation keeps lengths and turns by the angle`() {
    var numbers = Numbers(5)
    let start = numbers.next(2 * 8)
    var x = Matrix(start, columns: 8)
    rotate(&x, headSize: 4, RotaryTable(positions: [0, 3], pairCount: 2) { _ in [1, 0.1] })
    #expect(x.row(0) == Array(start[..<8]))
    for (head, pair, frequency) in [(0, 0, 1.0), (0, 1, 0.1), (4, 0, 1.0), (4, 1, 0.1)] {
      let (a, b) = (Double(start[8 + head + pair]), Double(start[8 + head + 2 + pair]))
      let angle = 3 * frequency
      #expect(abs(Double(x[1, head + pair]) - (a * cos(angle) - b * sin(angle))) < 1e-6)
      #expect(abs(Double(x[1, head + 2 + pair]) - (b * cos(angle) + a * sin(angle))) < 1e-6)
    }
  }
}
