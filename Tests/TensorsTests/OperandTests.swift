import Foundation
import Testing

@testable import Tensors

extension Operand {
  /// What is there, where products read single precision.
  var numbers: [Float] {
    (0..<rows).flatMap { row in
      unsafe Array(
        UnsafeRawBufferPointer(start: base + row * step, count: columns * 4).bindMemory(to: Float.self))
    }
  }
}

/// A matrix's rows, copied.
func copied(_ x: borrowing Matrix, for kind: WeightKind, _ instructions: Instructions) -> Operand {
  var operand = Operand(capacity: x.rows, columns: x.columns)
  operand.take(x, for: kind, on: instructions)
  return operand
}

@Suite struct `rows in the form that products read` {
  private let inputs = 67, outputs = 35, rows = 130

  private func linear(_ numbers: inout Numbers, _ inputs: Int, _ outputs: Int, _ kind: WeightKind, bias: Bool)
    -> Linear
  {
    Linear(
      Tensor(numbers.next(inputs * outputs), shape: [outputs, inputs]),
      bias: bias ? Tensor(numbers.next(outputs), shape: [outputs]) : nil, as: kind)
  }

  private func product(_ x: borrowing Matrix, _ linear: Linear, _ instructions: Instructions) -> [Float] {
    var y = Matrix(capacity: x.rows, columns: linear.outputs)
    multiply(x, linear, &y, on: instructions)
    return y.numbers
  }

  @Test(arguments: Instructions.all, WeightKind.allCases)
  func `give the products of the rows themselves, and add them up`(
    _ instructions: Instructions, _ kind: WeightKind
  ) {
    for (hasBias, outputs) in [(true, outputs), (false, outputs), (false, 64)] {
      var numbers = Numbers(12)
      let x = Matrix(numbers.next(rows * inputs), columns: inputs)
      let linear = linear(&numbers, inputs, outputs, kind, bias: hasBias)
      let expected = product(x, linear, instructions)

      var operand = copied(x, for: kind, instructions)
      var y = Matrix(capacity: rows, columns: outputs)
      multiply(operand, linear, &y, on: instructions)
      #expect(y.numbers == expected)

      let start = numbers.next(rows * outputs)
      var sum = Matrix(start, columns: outputs)
      multiply(operand, linear, addingTo: &sum, on: instructions)
      #expect(sum.numbers == zip(start, expected).map { $0 + $1 })

      let kept = [0, 11, 12, 96, 129]
      operand.keep(kept)
      multiply(operand, linear, &y, on: instructions)
      #expect(y.numbers == kept.flatMap { expected[$0 * outputs..<($0 + 1) * outputs] })
    }
  }

  @Test(arguments: Instructions.all, WeightKind.allCases)
  func `are written by norms`(_ instructions: Instructions, _ kind: WeightKind) {
    var numbers = Numbers(13)
    let x = Matrix(numbers.next(rows * inputs, scale: 4), columns: inputs)
    let norm = Norm(
      .layer, width: inputs, weight: Tensor(numbers.next(inputs), shape: [inputs]),
      bias: Tensor(numbers.next(inputs), shape: [inputs]), epsilon: 1e-5)
    let linear = linear(&numbers, inputs, outputs, kind, bias: true)
    var h = Matrix(capacity: rows, columns: inputs)
    normalise(x, norm, &h, on: instructions)
    var operand = Operand(capacity: rows, columns: inputs)
    normalise(x, norm, &operand, for: kind, on: instructions)
    var y = Matrix(capacity: rows, columns: outputs)
    multiply(operand, linear, &y, on: instructions)
    #expect(y.numbers == product(h, linear, instructions))
  }

  @Test(arguments: Instructions.all, WeightKind.allCases)
  func `are written by what lies between two products`(_ instructions: Instructions, _ kind: WeightKind) {
    for isGated in [false, true] {
      var numbers = Numbers(14)
      let x = Matrix(numbers.next(rows * inputs), columns: inputs)
      let up = linear(&numbers, inputs, 197, kind, bias: true)
      let gate = isGated ? linear(&numbers, inputs, 197, kind, bias: false) : nil
      let down = linear(&numbers, 197, outputs, kind, bias: false)

      // The same in parts: a row through the function at a time, times ones where there is no gate.
      let above = product(x, up, instructions)
      let before = gate.map { product(x, $0, instructions) }
      let expected = zip(above, before ?? above).map { up, gate in
        (before == nil ? 1 : Double(up)) * Activation.silu.naive(Double(gate))
      }
      var operand = Operand(capacity: rows, columns: 197)
      multiply(
        copied(x, for: kind, instructions), up: up, gate: gate, through: .silu, &operand, for: .float32,
        on: instructions)
      #expect(near(operand.numbers, expected, 2e-6))

      let between = Matrix(operand.numbers, columns: 197)
      multiply(
        copied(x, for: kind, instructions), up: up, gate: gate, through: .silu, &operand, for: kind,
        on: instructions)
      var y = Matrix(capacity: rows, columns: outputs)
      multiply(operand, down, &y, on: instructions)
      #expect(y.numbers == product(between, down, instructions))
    }
  }

  @Test func `take no more memory than they say`() {
    for columns in [1, 15, 64, 65, 577] {
      for instructions in Instructions.all {
        for kind in WeightKind.allCases {
          var operand = Operand(capacity: 2, columns: columns)
          operand.become(2, for: kind, instructions)
          #expect(operand.step <= Operand.bytes(columns) && operand.serves(kind, instructions))
        }
      }
    }
  }

  /// Weights that fill vectors are packed another way than those that do not, and give the same products.
  @Test(arguments: WeightKind.allCases, [Linear.Layout.outputsByInputs, .inputsByOutputs])
  func `and weights give what they hold, however they were packed`(
    _ kind: WeightKind, _ layout: Linear.Layout
  ) {
    for (inputs, outputs) in [(64, 48), (64, 50), (60, 48), (33, 17), (32, 16), (16, 32)] {
      var numbers = Numbers(inputs)
      let weights = numbers.next(inputs * outputs, scale: 3).map { abs($0) < 0.1 ? .nan : $0 }
      let isByOutputs = layout == .outputsByInputs
      let table = Linear(
        Tensor(weights, shape: isByOutputs ? [outputs, inputs] : [inputs, outputs]), layout, as: kind)
      var x = Matrix(capacity: outputs, columns: inputs)
      gather(table, (0..<outputs).map { Int32($0) }, &x)
      // Of eight bits none is left where one is no number.
      guard kind != .int8 else { continue }
      for (place, number) in x.numbers.enumerated() {
        let (output, input) = (place / inputs, place % inputs)
        let weight = weights[isByOutputs ? output * inputs + input : input * outputs + output]
        let kept = kind == .float32 ? weight : roundedToBFloat16(weight)
        #expect(number == kept || number.isNaN && kept.isNaN)
      }
    }
  }
}
