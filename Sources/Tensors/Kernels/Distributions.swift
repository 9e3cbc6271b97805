import CKernels
import Glibc

/// What one row of logits says: enough to score any token, and which token is the likeliest.
public struct Distribution: Sendable {
  /// The logarithm of the sum of all exponentials.
  public let logSum: Double
  /// The first of the tokens with the highest logit.
  public let best: Int32

  /// Of parts of a row, in order.
  fileprivate init(_ parts: some Collection<ck_summary>) {
    var top = -Float.infinity
    var best: Int32 = 0
    for part in parts where part.top > top { (top, best) = (part.top, part.best) }
    let total = parts.reduce(0.0) { $0 + $1.sum * exp(Double($1.top) - Double(top)) }
    self.best = best
    logSum = Double(top) + log(total)
  }

  private init(logSum: Double, best: Int32) {
    self.logSum = logSum
    self.best = best
  }

  /// The same by the definition, for tests.
  public static func naive(_ x: [Float]) -> Distribution {
    let top = x.max() ?? 0
    let total = x.reduce(0.0) { $0 + exp(Double($1) - Double(top)) }
    return Distribution(logSum: Double(top) + log(total), best: Int32(x.firstIndex(of: top) ?? 0))
  }
}

/// Sums up each row of logits, the sums in double precision. logits: (T, V)
public func distributions(
  _ logits: borrowing Matrix, on instructions: Instructions = .best
) -> [Distribution] {
  let (rows, columns) = (logits.rows, logits.columns)
  guard columns > 0 else { return [] }
  var summaries = [ck_summary](repeating: ck_summary(), count: rows)
  nonisolated(unsafe) let base = unsafe logits.base
  unsafe summaries.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer.baseAddress
    inParallel(rows, worthwhile: rows * columns > 1 << 14) { row in
      unsafe instructions.kernels.summary(base + row * columns, columns, out.map { unsafe $0 + row })
    }
  }
  return summaries.map { Distribution(CollectionOfOne($0)) }
}

/// A logit that is asked for: after which row, of which token.
public struct LogitQuestion: Sendable {
  public var row: Int
  public var target: Int32

  public init(row: Int, target: Int32) {
    self.row = row
    self.target = target
  }
}

/// What the output layer says of some rows, without keeping their logits: what each row sums up to, and the logits
/// asked for, whose questions are sorted by row; worth nothing where the task is cancelled. h: (T, D)
public func score(
  _ h: borrowing Matrix, _ output: Linear, softCap: Float?, _ asked: [LogitQuestion],
  on instructions: Instructions = .best
) -> (rows: [Distribution], logits: [Float]) {
  precondition(h.columns == output.inputs, "matching extents")
  let packed = output.store.packed
  let (rows, panels) = (h.rows, packed.panelCount)
  let blocks = (rows + Parts.rows - 1) / Parts.rows
  let size = Parts.panels(panels, rowBlocks: max(1, blocks))
  let chunks = (panels + size - 1) / size
  // The questions of each block of rows.
  let questions = asked.map { ck_question(row: Int32($0.row % Parts.rows), target: $0.target) }
  var starts = [Int](repeating: 0, count: blocks + 1)
  for question in asked {
    precondition(question.row < rows && Int(question.target) < output.outputs, "a logit that is there")
    starts[question.row / Parts.rows + 1] += 1
  }
  for block in 0..<blocks { starts[block + 1] += starts[block] }
  var summaries = [ck_summary](repeating: ck_summary(), count: blocks * Parts.rows * chunks)
  var logits = [Float](repeating: 0, count: asked.count)
  let operand = Operand(h, for: packed.kind, instructions)
  nonisolated(unsafe) let source = unsafe operand.base
  let step = operand.step
  let (inputs, firsts) = (packed.inputs, starts)
  unsafe summaries.withUnsafeMutableBufferPointer { summaryBuffer in
    unsafe logits.withUnsafeMutableBufferPointer { logitBuffer in
      unsafe questions.withUnsafeBufferPointer { questionBuffer in
        nonisolated(unsafe) let (sums, found, all) = unsafe (summaryBuffer, logitBuffer, questionBuffer)
        inParallelUntilCancelled(
          blocks * chunks, worthwhile: rows * inputs * output.outputs > 1 << 17
        ) { index in
          // The weights pass by once, and all rows by each part of them: they may be more than stays near.
          let (chunk, block) = (index / blocks, index % blocks)
          let first = block * Parts.rows
          let own = firsts[block]..<firsts[block + 1]
          var weights = unsafe packed.described(bias: output.bias)
          unsafe instructions.kernels.score(
            &weights, source + first * step, min(Parts.rows, rows - first), chunk * size,
            min(size, panels - chunk * size), softCap ?? 0,
            all.baseAddress.map { unsafe $0 + own.lowerBound },
            own.count, sums.baseAddress.map { unsafe $0 + (chunk * blocks + block) * Parts.rows },
            found.baseAddress.map { unsafe $0 + own.lowerBound })
        }
      }
    }
  }
  let distributions = (0..<rows).map { row in
    Distribution((0..<chunks).map { summaries[$0 * blocks * Parts.rows + row] })
  }
  return (distributions, logits)
}

extension Matrix {
  /// One number.
  public subscript(_ row: Int, _ column: Int) -> Float {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "a place within the matrix")
    return unsafe base[row * columns + column]
  }
}
