import CKernels

/// `f(x · W₁ᵀ + b₁)`, or with a gate `f(x · Gᵀ + b) · (x · W₁ᵀ + b₁)`, number by number, in the form in which the next
/// product reads it; in part only where the task is cancelled. x: (T, D), y: (T, I)
public func multiply(
  _ x: borrowing Operand, up: Linear, gate: Linear?, through activation: Activation, _ y: inout Operand,
  for kind: WeightKind, on instructions: Instructions = .best
) {
  // Numbers of eight bits share scales along the whole row: they are made of what lies in single precision.
  if kind == .int8, let memory = unsafe ck_row_memory(max(1, x.rows * up.outputs * 4)) {
    precondition(!x.isLent, "rows that do not lie in this thread's memory")
    unsafe run(x, up, gate, activation, .float32, memory, up.outputs * 4, instructions)
    let numbers = unsafe memory.assumingMemoryBound(to: Float.self)
    return y.take(
      unsafe Matrix(lending: numbers, rows: x.rows, columns: up.outputs), for: kind, on: instructions)
  }
  y.become(x.rows, for: kind, instructions)
  precondition(y.columns == up.outputs, "matching extents")
  unsafe run(x, up, gate, activation, kind, y.base, y.step, instructions)
}

private func run(
  _ x: borrowing Operand, _ up: Linear, _ gate: Linear?, _ activation: Activation, _ next: WeightKind,
  _ target: UnsafeMutableRawPointer, _ step: Int, _ instructions: Instructions
) {
  guard x.rows > 0 else { return }
  let weights = [up, gate].compactMap { $0?.store.packed }
  for part in weights {
    precondition(
      part.inputs == x.columns && part.outputs == up.outputs && x.serves(part.kind, instructions),
      "matching extents, and rows in the form of the weights")
  }
  let (rows, work) = (x.rows, x.rows * x.columns * up.outputs * weights.count)
  let parts = Parts.of(rows: rows, panels: [weights[0].panelCount])
  nonisolated(unsafe) let (source, target) = unsafe (x.base, target)
  let sourceStep = x.step
  inParallelUntilCancelled(parts.count, worthwhile: work > 1 << 17) { index in
    let part = parts[index]
    var first = unsafe weights[0].described(bias: up.bias)
    let from = unsafe source + part.rows.lowerBound * sourceStep
    let to = unsafe target + part.rows.lowerBound * step
    let (panel, count) = (part.panels.lowerBound, part.panels.count)
    if let gate {
      var second = unsafe weights[1].described(bias: gate.bias)
      unsafe instructions.kernels.inner(
        &first, &second, from, part.rows.count, panel, count, activation.code, next.code, to, step)
    } else {
      unsafe instructions.kernels.inner(
        &first, nil, from, part.rows.count, panel, count, activation.code, next.code, to, step)
    }
  }
}
