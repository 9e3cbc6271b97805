import CKernels

/// A matrix of weights, and perhaps a bias, that rows are multiplied by.
public struct Linear: Sendable {
  /// How the weights lie: a row for each output (PyTorch's `Linear`), or for each input (GPT-2's `Conv1D`).
  public enum Layout: Sendable { case outputsByInputs, inputsByOutputs }

  let store: WeightStore
  let bias: Tensor?

  public init(
    _ weight: Tensor, bias: Tensor? = nil, _ layout: Layout = .outputsByInputs, as kind: WeightKind = .float32
  ) {
    precondition(weight.shape.count == 2, "weights of two dimensions")
    store = WeightStore(weight, layout, kind)
    self.bias = bias
    precondition(bias.map { $0.shape == [outputs] } ?? true, "a bias for each output")
  }

  /// Some of the outputs, in the order given, as a product of its own; only of weights that were not packed yet.
  public func outputs(_ ranges: [Range<Int>]) -> Linear {
    guard let weight = store.loose else { preconditionFailure("weights as they were read") }
    let bias = bias?.rows(ranges)
    let layout = store.layout
    if layout == .outputsByInputs { return Linear(weight.rows(ranges), bias: bias, as: store.kind) }
    let width = ranges.reduce(0) { $0 + $1.count }
    guard weight.count > 0 else {
      return Linear(.placeholder([inputs, width]), bias: bias, layout, as: store.kind)
    }
    let numbers = weight.numbers
    let cut = (0..<inputs).flatMap { row in
      ranges.flatMap { numbers[row * outputs + $0.lowerBound..<row * outputs + $0.upperBound] }
    }
    return Linear(Tensor(cut, shape: [inputs, width]), bias: bias, layout, as: store.kind)
  }

  public var kind: WeightKind { store.kind }
  public var inputs: Int { store.shape[store.layout == .outputsByInputs ? 1 : 0] }
  public var outputs: Int { store.shape[store.layout == .outputsByInputs ? 0 : 1] }

  /// Brings the weights into the order in which they are read, and lets go of them as they were; the first product
  /// would do it.
  public func pack() { if (store.loose?.count ?? 0) > 0 { _ = store.packed } }

  /// Whether these are the very numbers of a table, not yet packed.
  public func isMade(of table: Tensor) -> Bool {
    store.layout == .outputsByInputs && table.count > 0 && store.loose?.storage === table.storage
  }
}

/// `y = x · Wᵀ + b`, row by row; in part only where the task is cancelled. x: (T, inputs), y: (T, outputs)
public func multiply(
  _ x: borrowing Matrix, _ linear: Linear, _ y: inout Matrix, on instructions: Instructions = .best
) {
  multiply(Operand(x, for: linear.kind, instructions), linear, &y, on: instructions)
}

/// The same of rows in the form in which the weights read them.
public func multiply(
  _ x: borrowing Operand, _ linear: Linear, _ y: inout Matrix, on instructions: Instructions = .best
) {
  run([Product(x, linear, &y)], x, instructions)
}

/// `y += x · Wᵀ + b`, row by row.
public func multiply(
  _ x: borrowing Matrix, _ linear: Linear, addingTo y: inout Matrix, on instructions: Instructions = .best
) {
  multiply(Operand(x, for: linear.kind, instructions), linear, addingTo: &y, on: instructions)
}

/// The same of rows in the form in which the weights read them.
public func multiply(
  _ x: borrowing Operand, _ linear: Linear, addingTo y: inout Matrix, on instructions: Instructions = .best
) {
  run([Product(x, linear, addingTo: &y)], x, instructions)
}

/// Two products of the same rows.
public func multiply(
  _ x: borrowing Operand, _ a: Linear, _ y: inout Matrix, _ b: Linear, _ z: inout Matrix
) {
  run([Product(x, a, &y), Product(x, b, &z)], x, .best)
}

/// Three products of the same rows.
public func multiply(
  _ x: borrowing Operand, _ a: Linear, _ y: inout Matrix, _ b: Linear, _ z: inout Matrix, _ c: Linear,
  _ w: inout Matrix
) {
  run([Product(x, a, &y), Product(x, b, &z), Product(x, c, &w)], x, .best)
}

/// One of the products that are computed together.
///
/// `@unchecked Sendable`: each part of the target is written by one thread.
@safe private struct Product: @unchecked Sendable {
  let weights: PackedWeights
  let bias: Tensor?
  let target: UnsafeMutablePointer<Float>
  let adds: Bool

  init(_ x: borrowing Operand, _ linear: Linear, _ y: inout Matrix) {
    y.rows = x.rows
    self.init(x, linear, &y, adds: false)
  }

  init(_ x: borrowing Operand, _ linear: Linear, addingTo y: inout Matrix) {
    self.init(x, linear, &y, adds: true)
  }

  private init(_ x: borrowing Operand, _ linear: Linear, _ y: inout Matrix, adds: Bool) {
    precondition(
      x.columns == linear.inputs && y.columns == linear.outputs && y.rows == x.rows, "matching extents")
    weights = linear.store.packed
    bias = linear.bias
    unsafe target = unsafe y.base
    self.adds = adds
  }
}

/// How rows and panels of a product are cut into parts, which changes no number.
enum Parts {
  /// Rows that stay near a processor while the weights pass by; a multiple of all heights of tiles.
  static let rows = 96

  /// Panels of one part.
  static func panels(_ all: Int, rowBlocks: Int) -> Int {
    // Few rows leave only the panels to share; of many each thread gets some parts, so that none waits long for the last.
    let parts = (rowBlocks == 1 ? 3 : 8) * threadCount
    let wanted = (parts + rowBlocks - 1) / rowBlocks
    return min(48, max(2, (all / wanted + 1) / 2 * 2))
  }

  struct Part: Sendable {
    let product: Int
    let rows: Range<Int>
    let panels: Range<Int>
  }

  /// - Parameter panels: how many each of the products has.
  static func of(rows: Int, panels: [Int]) -> [Part] {
    var all: [Part] = []
    let blocks = (rows + Self.rows - 1) / Self.rows
    for block in 0..<blocks {
      let rows = block * Self.rows..<min((block + 1) * Self.rows, rows)
      for (product, count) in panels.enumerated() {
        let size = Self.panels(count, rowBlocks: blocks)
        for first in stride(from: 0, to: count, by: size) {
          all.append(Part(product: product, rows: rows, panels: first..<min(first + size, count)))
        }
      }
    }
    return all
  }
}

private func run(_ products: [Product], _ x: borrowing Operand, _ instructions: Instructions) {
  guard x.rows > 0 else { return }
  var work = 0
  for product in products {
    precondition(x.serves(product.weights.kind, instructions), "rows in the form of the weights")
    work += x.rows * product.weights.inputs * product.weights.outputs
  }
  let parts = Parts.of(rows: x.rows, panels: products.map(\.weights.panelCount))
  nonisolated(unsafe) let source = unsafe x.base
  let step = x.step
  inParallelUntilCancelled(parts.count, worthwhile: work > 1 << 17) { index in
    let part = parts[index]
    let product = products[part.product]
    var weights = unsafe product.weights.described(bias: product.bias)
    unsafe instructions.kernels.product(
      &weights, source + part.rows.lowerBound * step, part.rows.count, part.panels.lowerBound,
      part.panels.count, product.adds, product.target + part.rows.lowerBound * product.weights.outputs,
      product.weights.outputs)
  }
}

/// The same by the definition, for tests: of weights that were not packed yet.
public func multiplyNaive(_ x: borrowing Matrix, _ linear: Linear, _ y: inout Matrix) {
  y.rows = x.rows
  let weights = linear.store.loose?.numbers ?? []
  let bias = linear.bias?.numbers
  for row in 0..<x.rows {
    for output in 0..<linear.outputs {
      var sum = Double(bias?[output] ?? 0)
      for input in 0..<linear.inputs {
        let place =
          linear.store.layout == .outputsByInputs
          ? output * linear.inputs + input : input * linear.outputs + output
        unsafe sum += Double(x.base[row * x.columns + input]) * Double(weights[place])
      }
      unsafe y.base[row * y.columns + output] = Float(sum)
    }
  }
}

/// Rows of a table that is also an output layer, by their numbers: tokens to embeddings. x: (T, D)
public func gather(_ table: Linear, _ ids: [Int32], _ x: inout Matrix) {
  precondition(table.inputs == x.columns, "matching extents")
  x.rows = ids.count
  let weights = table.store.packed
  nonisolated(unsafe) let target = unsafe x.base
  let columns = x.columns
  for id in ids { precondition(id >= 0 && Int(id) < table.outputs, "a row of the table") }
  inBlocks(ids.count, of: columns) { rows in
    for row in rows { unsafe weights.unpack(Int(ids[row]), target + row * columns) }
  }
}
