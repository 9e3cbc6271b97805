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

  @Test func `a split product has the same columns`() {
    var numbers = Numbers(3)
    let x = Matrix(numbers.next(4 * 6), columns: 6)
    let whole = Linear(
      Tensor(numbers.next(6 * 9), shape: [6, 9]), bias: Tensor(numbers.next(9), shape: [9]), .inputsByOutputs)
    var all = Matrix(capacity: 4, columns: 9)
    multiply(x, whole, &all)
    for (part, linear) in whole.split(3).enumerated() {
      var some = Matrix(capacity: 4, columns: 3)
      multiply(x, linear, &some)
      let expected = (0..<4).flatMap { all.row($0)[part * 3..<part * 3 + 3] }
      #expect(near(some.numbers, expected.map(Double.init), 1e-6))
    }
  }

  @Test(arguments: [1, 15, 16, 40, 129])
  func `norms`(_ columns: Int) {
    var numbers = Numbers(columns)
    let rows = numbers.next(3 * columns, scale: 3)
    let (weight, bias) = (numbers.next(columns), numbers.next(columns))
    let x = Matrix(rows, columns: columns)
    var h = Matrix(capacity: 3, columns: columns)
    rmsNorm(x, Tensor(weight, shape: [columns]), 1e-5, &h)
    for row in 0..<3 {
      let naive = normNaive(
        x.row(row).map(Double.init), weight: weight.map(Double.init), bias: nil, epsilon: 1e-5)
      #expect(near(h.row(row), naive, 1e-5))
    }
    layerNorm(x, Tensor(weight, shape: [columns]), Tensor(bias, shape: [columns]), 1e-5, &h)
    for row in 0..<3 where columns > 1 {
      let naive = normNaive(
        x.row(row).map(Double.init), weight: weight.map(Double.init), bias: bias.map(Double.init),
        epsilon: 1e-5)
      #expect(near(h.row(row), naive, 1e-4))
    }
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

  @Test func `rotation keeps lengths and turns by the angle`() {
    var numbers = Numbers(5)
    let start = numbers.next(2 * 8)
    var x = Matrix(start, columns: 8)
    rotate(&x, headSize: 4, RotaryTable(positions: [0, 3], frequencies: [1, 0.1]))
    #expect(x.row(0) == Array(start[..<8]))
    for (head, pair, frequency) in [(0, 0, 1.0), (0, 1, 0.1), (4, 0, 1.0), (4, 1, 0.1)] {
      let (a, b) = (Double(start[8 + head + pair]), Double(start[8 + head + 2 + pair]))
      let angle = 3 * frequency
      #expect(abs(Double(x[1, head + pair]) - (a * cos(angle) - b * sin(angle))) < 1e-6)
      #expect(abs(Double(x[1, head + 2 + pair]) - (b * cos(angle) + a * sin(angle))) < 1e-6)
    }
  }
}
