import CKernels
import Synchronization

/// In what precision a product keeps its weights, and in what it multiplies.
public enum WeightKind: Sendable, Hashable, CaseIterable {
  case float32
  /// Kept in bfloat16, widened as they are read: exact for weights that are stored so.
  case bfloat16
  /// Kept in bfloat16, and rows are rounded to it before they are multiplied; sums are in single precision.
  case bfloat16Rows
  /// Kept in eight bits, each output with a scale of its own; rows are brought to eight bits too, groups of inputs with
  /// scales of their own, but for numbers that stand out of their group.
  case int8

  var code: ck_kind {
    switch self {
    case .float32: ck_float32
    case .bfloat16: ck_bfloat16
    case .bfloat16Rows: ck_bfloat16_dot
    case .int8: ck_int8
    }
  }
}

/// The weights of a product in the order in which the kernels read them.
///
/// `@unchecked Sendable`: written only while it is made.
@safe final class PackedWeights: @unchecked Sendable {
  static let panel = 16

  let kind: WeightKind
  let inputs: Int
  let outputs: Int
  private let panels: UnsafeMutableRawPointer
  private let scales: UnsafeMutablePointer<Float>?

  var panelCount: Int { (outputs + Self.panel - 1) / Self.panel }

  init(_ tensor: Tensor, _ layout: Linear.Layout, as kind: WeightKind) {
    self.kind = kind
    let isByOutputs = layout == .outputsByInputs
    let (inputs, outputs) = (tensor.shape[isByOutputs ? 1 : 0], tensor.shape[isByOutputs ? 0 : 1])
    precondition(tensor.count == inputs * outputs, "weights that were read")
    self.inputs = inputs
    self.outputs = outputs
    unsafe panels = .allocate(
      byteCount: max(64, ck_packed_bytes(kind.code, inputs, outputs)), alignment: 64)
    unsafe scales = kind == .int8 ? .allocate(capacity: outputs) : nil
    let count = (outputs + Self.panel - 1) / Self.panel
    nonisolated(unsafe) let (source, target, factors) = unsafe (tensor.storage.base, panels, scales)
    let code = kind.code
    inParallel((count + 7) / 8, worthwhile: inputs * outputs > 1 << 16) { block in
      let first = block * 8
      unsafe Instructions.best.kernels.pack(
        code, source, inputs, outputs, isByOutputs ? 1 : outputs, isByOutputs ? inputs : 1, first,
        min(8, count - first), target, factors)
    }
  }

  deinit {
    unsafe panels.deallocate()
    unsafe scales?.deallocate()
  }

  /// How the kernels see them.
  func described(bias: Tensor?) -> ck_weights {
    // A processor that cannot multiply pairs or bytes rounds rows and multiplies one by one.
    unsafe ck_weights(
      panels: panels, scales: scales, bias: bias?.storage.base, inputs: inputs, outputs: outputs,
      kind: kind.code)
  }

  /// All weights of one output.
  func unpack(_ output: Int, _ row: UnsafeMutablePointer<Float>) {
    var weights = unsafe described(bias: nil)
    unsafe ck_unpack(&weights, output, row)
  }
}

/// Weights as they were read until they are packed, which happens once.
final class WeightStore: Sendable {
  private enum State: Sendable {
    case loose(Tensor)
    case packed(PackedWeights)
  }

  let shape: [Int]
  let layout: Linear.Layout
  let kind: WeightKind
  private let state: Mutex<State>

  init(_ tensor: Tensor, _ layout: Linear.Layout, _ kind: WeightKind) {
    shape = tensor.shape
    self.layout = layout
    self.kind = kind
    state = Mutex(.loose(tensor))
  }

  var packed: PackedWeights {
    state.withLock { state in
      switch state {
      case .packed(let weights): return weights
      case .loose(let tensor):
        let weights = PackedWeights(tensor, layout, as: kind)
        state = .packed(weights)
        return weights
      }
    }
  }

  /// As they were read; nil once they are packed.
  var loose: Tensor? {
    state.withLock { if case .loose(let tensor) = $0 { tensor } else { nil } }
  }
}
