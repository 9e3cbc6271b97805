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
  @Test func `products leave off once their task is cancelled`() async {
    let isLeftOff = await Task {
      var numbers = Numbers(3)
      let (rows, columns) = (4000, 256)
      let x = Matrix(numbers.next(rows * columns), columns: columns)
      let linears = (0..<2).map { _ in
        Linear(Tensor(numbers.next(columns * columns), shape: [columns, columns]))
      }
      var y = Matrix(capacity: rows, columns: columns)
      var whole = Matrix(capacity: rows, columns: columns)
      multiply(x, linears[1], &whole)
      multiply(x, linears[0], &y)
      let before = y.numbers
      withUnsafeCurrentTask { $0?.cancel() }
      multiply(x, linears[1], &y)
      // Another thread may have been quicker with some parts.
      return y.numbers != whole.numbers && zip(y.numbers, before).contains(where: ==)
    }.value
    #expect(isLeftOff)
  }

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
      multiplyNaive(x, linear, &naive)
      for instructions in Instructions.all {
        multiply(x, linear, &fast, on: instructions)
        #expect(near(fast.numbers, naive.numbers.map(Double.init), 1e-5), "\(instructions.name)")
      }
    }
  }

  /// The weights as a product of the kind has them.
  private func kept(_ weights: [Float], inputs: Int, as kind: WeightKind) -> [Float] {
    switch kind {
    case .float32: return weights
    case .bfloat16, .bfloat16Rows: return weights.map(roundedToBFloat16)
    case .int8:
      return stride(from: 0, to: weights.count, by: inputs).flatMap { start in
        let row = weights[start..<start + inputs]
        let scale = (row.map(abs).max() ?? 0) / 127
        return row.map { ($0 / scale).rounded(.toNearestOrEven) * scale }
      }
    }
  }

  /// Rows as a product of the kind reads them.
  private func read(_ rows: [Float], inputs: Int, as kind: WeightKind) -> [Float] {
    switch kind {
    case .float32, .bfloat16: rows
    case .bfloat16Rows: rows.map(roundedToBFloat16)
    case .int8:
      stride(from: 0, to: rows.count, by: inputs).flatMap { inEightBits(rows[$0..<$0 + inputs]).numbers }
    }
  }

  @Test(
    arguments: [(1, 5, 7), (2, 64, 33), (3, 17, 160), (20, 48, 96), (230, 131, 67)], WeightKind.allCases)
  func `products with smaller weights, on any processor`(_ sizes: (Int, Int, Int), _ kind: WeightKind) {
    let (rows, inputs, outputs) = sizes
    var numbers = Numbers(rows + 7)
    let (source, weights) = (numbers.next(rows * inputs), numbers.next(inputs * outputs))
    let bias = Tensor(numbers.next(outputs), shape: [outputs])
    let small = Linear(Tensor(weights, shape: [outputs, inputs]), bias: bias, as: kind)
    let same = Linear(
      Tensor(kept(weights, inputs: inputs, as: kind), shape: [outputs, inputs]), bias: bias)
    var naive = Matrix(capacity: rows, columns: outputs)
    multiplyNaive(Matrix(read(source, inputs: inputs, as: kind), columns: inputs), same, &naive)
    let x = Matrix(source, columns: inputs)
    for instructions in Instructions.all {
      var fast = Matrix(capacity: rows, columns: outputs)
      multiply(x, small, &fast, on: instructions)
      #expect(near(fast.numbers, naive.numbers.map(Double.init), 2e-5), "\(instructions.name)")
    }
  }

  @Test(arguments: WeightKind.allCases)
  func `a row's product depends neither on its neighbours nor on threads`(_ kind: WeightKind) {
    var numbers = Numbers(21)
    let (rows, inputs, outputs) = (211, 96, 400)
    let source = numbers.next(rows * inputs)
    let linear = Linear(Tensor(numbers.next(inputs * outputs), shape: [outputs, inputs]), as: kind)
    var all = Matrix(capacity: rows, columns: outputs)
    multiply(Matrix(source, columns: inputs), linear, &all)
    for row in [0, 11, 12, 95, 96, 200, 210] {
      var alone = Matrix(capacity: 1, columns: outputs)
      multiply(
        Matrix(Array(source[row * inputs..<(row + 1) * inputs]), columns: inputs), linear, &alone)
      #expect(alone.numbers == all.row(row))
    }
    // While the threads are busy with the outer work, each inner product is computed by one.
    let expected = all.numbers
    inParallel(3, worthwhile: true) { _ in
      var one = Matrix(capacity: rows, columns: outputs)
      multiply(Matrix(source, columns: inputs), linear, &one)
      #expect(one.numbers == expected)
    }
  }

  @Test func `a table that is an output layer gives its rows`() {
    var numbers = Numbers(4)
    let source = numbers.next(40 * 7)
    for kind in WeightKind.allCases {
      let table = Linear(Tensor(source, shape: [40, 7]), as: kind)
      var x = Matrix(capacity: 3, columns: 7)
      gather(table, [39, 0, 17], &x)
      let expected = [39, 0, 17].flatMap { kept(source, inputs: 7, as: kind)[$0 * 7..<$0 * 7 + 7] }
      #expect(near(x.numbers, expected.map(Double.init), 1e-6))
    }
  }

  @Test(arguments: Instructions.all, [nil, Float(3)])
  func `scores without logits are those of the logits`(_ instructions: Instructions, _ cap: Float?) {
    var numbers = Numbers(31)
    let (rows, inputs, outputs) = (110, 40, 1700)
    let h = Matrix(numbers.next(rows * inputs), columns: inputs)
    let linear = Linear(
      Tensor(numbers.next(inputs * outputs), shape: [outputs, inputs]),
      bias: Tensor(numbers.next(outputs), shape: [outputs]))
    var logits = Matrix(capacity: rows, columns: outputs)
    multiply(h, linear, &logits, on: instructions)
    if let cap { softCap(&logits, cap, on: instructions) }
    let asked = (0..<220).map { LogitQuestion(row: $0 / 2, target: Int32(($0 * 977) % outputs)) }
    let found = score(h, linear, softCap: cap, asked, on: instructions)
    for (row, whole) in found.rows.enumerated() {
      let naive = Distribution.naive(logits.row(row))
      #expect(abs(whole.logSum - naive.logSum) < 1e-5 && whole.best == naive.best)
    }
    for (question, logit) in zip(asked, found.logits) {
      #expect(logit == logits[question.row, Int(question.target)])
    }
  }

  @Test(arguments: Instructions.all)
  func `what is no number stays none`(_ instructions: Instructions) {
    let x = applied(.silu, to: [1, .nan, 3, 4], on: instructions)
    #expect(x[1].isNaN && x[0].isFinite)
    #expect(distributions(Matrix([1, .nan, 3, 4], columns: 4), on: instructions)[0].logSum.isNaN)
    let linear = Linear(Tensor([1, .nan, 1, 1], shape: [2, 2]))
    var y = Matrix(capacity: 1, columns: 2)
    multiply(Matrix([1, 1], columns: 2), linear, &y, on: instructions)
    #expect(y[0, 0].isNaN && y[0, 1] == 2)
  }

  @Test(arguments: [Linear.Layout.outputsByInputs, .inputsByOutputs])
  func `some outputs of a product are its columns`(_ layout: Linear.Layout) {
    var numbers = Numbers(3)
    let x = Matrix(numbers.next(4 * 6), columns: 6)
    let shape = layout == .outputsByInputs ? [9, 6] : [6, 9]
    let whole = Linear(
      Tensor(numbers.next(6 * 9), shape: shape), bias: Tensor(numbers.next(9), shape: [9]), layout)
    var all = Matrix(capacity: 4, columns: 9)
    multiplyNaive(x, whole, &all)
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
    let gates = inputs.map { 0.5 - $0 / 7 }
    for instructions in Instructions.all {
      let x = applied(activation, to: inputs, on: instructions)
      #expect(near(x, inputs.map { activation.naive(Double($0)) }, 2e-6))
      let gated = applied(activation, to: inputs, times: gates, on: instructions)
      let expected = zip(inputs, gates).map { activation.naive(Double($0)) * Double($1) }
      #expect(near(gated, expected, 2e-6))
    }
  }

  /// Numbers through a function, perhaps times others: as the products between which functions stand compute them, of
  /// one input that is one.
  private func applied(
    _ activation: Activation, to inputs: [Float], times gated: [Float]? = nil, on instructions: Instructions
  ) -> [Float] {
    func linear(_ weights: [Float]) -> Linear { Linear(Tensor(weights, shape: [weights.count, 1])) }
    var through = Operand(capacity: 1, columns: inputs.count)
    multiply(
      copied(Matrix([1], columns: 1), for: .float32, instructions), up: linear(gated ?? inputs),
      gate: gated == nil ? nil : linear(inputs), through: activation, &through, for: .float32,
      on: instructions)
    return through.numbers
  }

  @Test(arguments: [1, 16, 100, 3000])
  func `logarithms of shares`(_ columns: Int) {
    var numbers = Numbers(columns)
    let x = Matrix(numbers.next(5 * columns, scale: 20), columns: columns)
    for instructions in Instructions.all {
      for (row, found) in distributions(x, on: instructions).enumerated() {
        let naive = Distribution.naive(x.row(row))
        #expect(abs(found.logSum - naive.logSum) < 1e-6 && found.best == naive.best)
      }
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
