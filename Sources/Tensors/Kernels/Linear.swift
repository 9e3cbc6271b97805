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
    precondition(bias.map { $0.count == outputs } ?? true, "a bias for each output")
  }

  /// Cuts the outputs into equal parts, each a product of its own.
  public func split(_ parts: Int) -> [Linear] {
    let width = outputs / parts
    let (numbers, biases) = (weight.numbers, bias?.numbers)
    return (0..<parts).map { part in
      let columns = part * width..<(part + 1) * width
      let cut: [Float]
      switch layout {
      case .outputsByInputs: cut = Array(numbers[columns.lowerBound * inputs..<columns.upperBound * inputs])
      case .inputsByOutputs:
        cut = (0..<inputs).flatMap {
          numbers[$0 * outputs + columns.lowerBound..<$0 * outputs + columns.upperBound]
        }
      }
      let shape = layout == .outputsByInputs ? [width, inputs] : [inputs, width]
      return Linear(
        Tensor(cut, shape: shape), bias: biases.map { Tensor(Array($0[columns]), shape: [width]) }, layout)
    }
  }

  public var inputs: Int { weight.shape[layout == .outputsByInputs ? 1 : 0] }
  public var outputs: Int { weight.shape[layout == .outputsByInputs ? 0 : 1] }
}

/// `y = x · Wᵀ + b`, row by row. x: (T, inputs), y: (T, outputs)
public func multiply(_ x: borrowing Matrix, _ linear: Linear, _ y: inout Matrix) {
  precondition(x.columns == linear.inputs && y.columns == linear.outputs, "matching extents")
  y.rows = x.rows
  guard x.rows > 0 else { return }
  let (rows, inputs, outputs) = (Int32(x.rows), Int32(linear.inputs), Int32(linear.outputs))
  if let bias = linear.bias {
    for row in 0..<x.rows { (y.base + row * y.columns).update(from: bias.storage.base, count: y.columns) }
  }
  let keep: Float = linear.bias == nil ? 0 : 1
  let isByOutputs = linear.layout == .outputsByInputs
  let stride = isByOutputs ? inputs : outputs
  if rows == 1 {
    cblas_sgemv(
      CblasRowMajor, isByOutputs ? CblasNoTrans : CblasTrans, isByOutputs ? outputs : inputs,
      isByOutputs ? inputs : outputs, 1, linear.weight.storage.base, stride, x.base, 1, keep, y.base, 1)
  } else {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, isByOutputs ? CblasTrans : CblasNoTrans, rows, outputs, inputs, 1, x.base,
      inputs, linear.weight.storage.base, stride, keep, y.base, outputs)
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
        sum += Double(x.base[row * x.columns + input]) * Double(weights[place])
      }
      y.base[row * y.columns + output] = Float(sum)
    }
  }
}

/// How many threads matrix products may use.
public func setThreads(_ count: Int) { openblas_set_num_threads(Int32(max(1, count))) }

/// How many processors there are for matrix products.
public var availableProcessors: Int { Int(openblas_get_num_procs()) }

/// What the matrix library chose for this processor, such as `Haswell`.
public var matrixKernelName: String { openblas_get_corename().map { String(cString: $0) } ?? "unknown" }
