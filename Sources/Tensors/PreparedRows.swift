import CKernels

/// Rows in the forms in which some products read them, made once for all of these.
///
/// `@unchecked Sendable`: written only while it is made. It lives in memory of the thread that made it until that makes
/// the next, which it does once the products are there.
@safe struct PreparedRows: @unchecked Sendable {
  @safe private struct Form {
    let kind: WeightKind
    let base: UnsafeRawPointer
    /// Bytes from one row to the next.
    let step: Int
  }

  private var forms: [Form] = []

  init(
    _ x: UnsafePointer<Float>, _ rows: Int, _ inputs: Int, for kinds: [WeightKind],
    _ instructions: Instructions
  ) {
    var sizes: [(kind: WeightKind, bytes: Int)] = []
    for kind in kinds where !sizes.contains(where: { $0.kind == kind }) {
      sizes.append((kind, unsafe instructions.kernels.row_bytes(kind.code, inputs)))
    }
    let total = sizes.reduce(0) { $0 + ($1.bytes * rows + 63) / 64 * 64 }
    guard total > 0, var target = unsafe ck_row_memory(total) else {
      forms = sizes.map { unsafe Form(kind: $0.kind, base: UnsafeRawPointer(x), step: inputs * 4) }
      return
    }
    for (kind, bytes) in sizes {
      guard bytes > 0 else {
        unsafe forms.append(Form(kind: kind, base: UnsafeRawPointer(x), step: inputs * 4))
        continue
      }
      nonisolated(unsafe) let (source, start) = unsafe (x, target)
      inBlocks(rows, of: inputs) { block in
        unsafe instructions.kernels.prepare(
          kind.code, source + block.lowerBound * inputs, block.count, inputs,
          start + block.lowerBound * bytes)
      }
      unsafe forms.append(Form(kind: kind, base: UnsafeRawPointer(start), step: bytes))
      unsafe target += (bytes * rows + 63) / 64 * 64
    }
  }

  /// Where a row begins.
  func row(_ index: Int, for kind: WeightKind) -> UnsafeRawPointer {
    guard let form = forms.first(where: { $0.kind == kind }) else {
      preconditionFailure("a form for each product")
    }
    return unsafe form.base + index * form.step
  }
}
