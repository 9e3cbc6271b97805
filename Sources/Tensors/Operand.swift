import CKernels

/// Rows in the form in which products of one kind read them. (T, D)
///
/// What comes before a product writes them so, without single precision in between. Memory for `capacity` rows is taken
/// once, and suffices for every form.
@safe public struct Operand: ~Copyable {
  public let columns: Int
  public let capacity: Int
  public private(set) var rows = 0
  /// The kind of the weights that read these rows.
  private var form = WeightKind.float32
  /// Bytes from one row to the next.
  private(set) var step = 0
  let base: UnsafeMutableRawPointer
  /// Whether the memory is another's.
  let isLent: Bool

  public init(capacity: Int, columns: Int) {
    precondition(capacity >= 0 && columns >= 0, "an operand has no negative extents")
    self.capacity = capacity
    self.columns = columns
    isLent = false
    unsafe base = .allocate(byteCount: max(64, capacity * Self.bytes(columns)), alignment: 64)
  }

  /// The rows of a matrix, for as long as the caller keeps it: its own memory where products read single precision, else
  /// memory of this thread, which is the operand's until another one is made so.
  init(_ x: borrowing Matrix, for kind: WeightKind, _ instructions: Instructions) {
    columns = x.columns
    capacity = x.rows
    isLent = true
    let bytes = unsafe instructions.kernels.row_bytes(kind.code, x.columns)
    guard bytes > 0, x.rows > 0, let memory = unsafe ck_row_memory(bytes * x.rows) else {
      unsafe base = UnsafeMutableRawPointer(x.base)
      become(x.rows, for: kind, instructions)
      return
    }
    unsafe base = unsafe memory
    take(x, for: kind, on: instructions)
  }

  deinit { if !isLent { unsafe base.deallocate() } }

  /// Bytes that a row takes at most.
  public static func bytes(_ columns: Int) -> Int {
    Instructions.all.reduce(columns * 4) { most, instructions in
      WeightKind.allCases.reduce(most) {
        unsafe max($0, instructions.kernels.row_bytes($1.code, columns))
      }
    }
  }

  /// Makes room for rows in the form that weights of a kind read.
  mutating func become(_ rows: Int, for kind: WeightKind, _ instructions: Instructions) {
    precondition(rows <= capacity, "rows within the capacity")
    let bytes = unsafe instructions.kernels.row_bytes(kind.code, columns)
    step = bytes > 0 ? bytes : columns * 4
    form = bytes > 0 ? kind : .float32
    self.rows = rows
  }

  /// Whether weights of the kind can read what is there.
  func serves(_ kind: WeightKind, _ instructions: Instructions) -> Bool {
    unsafe form == kind || form == .float32 && instructions.kernels.row_bytes(kind.code, columns) == 0
  }

  /// Takes over the rows of a matrix.
  public mutating func take(
    _ x: borrowing Matrix, for kind: WeightKind, on instructions: Instructions = .best
  ) {
    precondition(x.columns == columns, "matching extents")
    become(x.rows, for: kind, instructions)
    nonisolated(unsafe) let (source, target) = unsafe (x.base, base)
    let (columns, step) = (columns, step)
    inBlocks(x.rows, of: columns) { rows in
      unsafe instructions.kernels.prepare(
        kind.code, source + rows.lowerBound * columns, rows.count, columns, target + rows.lowerBound * step)
    }
  }

  /// Drops all rows but some, which are given in rising order.
  public mutating func keep(_ rows: [Int]) {
    unsafe Tensors.keep(rows, of: self.rows, at: base, step: step)
    self.rows = rows.count
  }
}
