import COpenBLAS

/// A matrix of weights, and perhaps a bias, that rows are multiplied by.
public struct Linear: Sendable {
  /// How the weights lie: a row for each output (PyTorch's `Linear`), or for each input (GPT-2's `Conv1D`).
  public enum Layout: Sendable { case outputsByInputs, inputsByOutputs }

  let weight: Tensor
  let bias: Tensor?
  let layout: Layout

  public init(_ weight: Tensor, bias: Tensor? = nil, _ layout: Layout = .outputsByInputs) {
    precondition(weight.shape.count == 2, "weights of two dimensions")
    self.weight = weight
    self.bias = bias
    self.layout = layout
    precondition(bias.map { $0.shape == [outputs] } ?? true, "a bias for each output")
  }

  /// Some of the outputs, in the order given, as a product of its own.
  public func outputs(_ ranges: [Range<Int>]) -> Linear {
    let bias = bias?.rows(ranges)
    if layout == .outputsByInputs { return Linear(weight.rows(ranges), bias: bias) }
    let width = ranges.reduce(0) { $0 + $1.count }
    guard weight.count > 0 else { return Linear(.placeholder([inputs, width]), bias: bias, layout) }
    let numbers = weight.numbers
    let cut = (0..<inputs).flatMap { row in
      ranges.flatMap { numbers[row * outputs + $0.lowerBound..<row * outputs + $0.upperBound] }
    }
    return Linear(Tensor(cut, shape: [inputs, width]), bias: bias, layout)
  }

  public var inputs: Int { weight.shape[layout == .outputsByInputs ? 1 : 0] }
  public var outputs: Int { weight.shape[layout == .outputsByInputs ? 0 : 1] }
}

/// `y = x · Wᵀ + b`, row by row. x: (T, inputs), y: (T, outputs)
public func multiply(_ x: borrowing Matrix, _ linear: Linear, _ y: inout Matrix) {
  precondition(x.columns == linear.inputs && y.columns == linear.outputs, "matching extents")
  y.rows = x.rows
  guard x.rows > 0 else { return }
  if let bias = linear.bias {
    for row in 0..<x.rows {
      unsafe (y.base + row * y.columns).update(from: bias.storage.base, count: y.columns)
    }
  }
  // Each processor computes its share of the outputs.
  let work = x.rows * linear.inputs * linear.outputs
  let shares = work > 1 << 18 ? min(availableProcessors, linear.outputs) : 1
  let width = (linear.outputs + shares - 1) / shares
  let rows = x.rows
  nonisolated(unsafe) let (source, target) = unsafe (x.base, y.base)
  inParallel(shares, worthwhile: shares > 1) { share in
    let columns = min(share * width, linear.outputs)..<min((share + 1) * width, linear.outputs)
    if !columns.isEmpty { unsafe product(source, rows, linear, columns, target) }
  }
}

/// Some outputs of a product.
private func product(
  _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ linear: Linear, _ columns: Range<Int>,
  _ y: UnsafeMutablePointer<Float>
) {
  let (inputs, outputs, width) = (Int32(linear.inputs), Int32(linear.outputs), Int32(columns.count))
  let keep: Float = linear.bias == nil ? 0 : 1
  let isByOutputs = linear.layout == .outputsByInputs
  let stride = isByOutputs ? inputs : outputs
  let start = isByOutputs ? columns.lowerBound * linear.inputs : columns.lowerBound
  let weight = unsafe linear.weight.storage.base + start
  let target = unsafe y + columns.lowerBound
  MatrixLibrary.prepare()
  if rows == 1 {
    unsafe cblas_sgemv(
      CblasRowMajor, isByOutputs ? CblasNoTrans : CblasTrans, isByOutputs ? width : inputs,
      isByOutputs ? inputs : width, 1, weight, stride, x, 1, keep, target, 1)
  } else {
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, isByOutputs ? CblasTrans : CblasNoTrans, Int32(rows), width, inputs, 1, x,
      inputs, weight, stride, keep, target, outputs)
  }
}

/// The same by the definition, for tests.
public func multiplyNaive(_ x: borrowing Matrix, _ linear: Linear, _ y: inout Matrix) {
  y.rows = x.rows
  let weights = linear.weight.numbers
  let bias = linear.bias?.numbers
  for row in 0..<x.rows {
    for output in 0..<linear.outputs {
      var sum = Double(bias?[output] ?? 0)
      for input in 0..<linear.inputs {
        let place =
          linear.layout == .outputsByInputs
          ? output * linear.inputs + input : input * linear.outputs + output
        unsafe sum += Double(x.base[row * x.columns + input]) * Double(weights[place])
      }
      unsafe y.base[row * y.columns + output] = Float(sum)
    }
  }
}
