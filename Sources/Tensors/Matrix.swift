/// Rows of single-precision numbers that are worked on: activations, keys, values.
///
/// Memory for `capacity` rows is taken once; `rows` says how many of them count now.
@safe public struct Matrix: ~Copyable {
  public let columns: Int
  public let capacity: Int
  public var rows: Int {
    didSet { precondition(rows >= 0 && rows <= capacity, "rows within the capacity") }
  }
  let base: UnsafeMutablePointer<Float>
  private let isLent: Bool

  /// A view of memory that someone else owns and keeps for as long.
  init(lending base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    unsafe self.base = unsafe base
    self.columns = columns
    self.rows = rows
    capacity = rows
    isLent = true
  }

  public init(capacity: Int, columns: Int) {
    precondition(capacity >= 0 && columns >= 0, "a matrix has no negative extents")
    self.capacity = capacity
    self.columns = columns
    rows = 0
    isLent = false
    unsafe base = .allocate(capacity: max(1, capacity * columns))
  }

  public init(_ numbers: [Float], columns: Int) {
    self.init(capacity: numbers.count / columns, columns: columns)
    rows = capacity
    for (index, number) in numbers.enumerated() { unsafe base[index] = number }
  }

  deinit { if !isLent { unsafe base.deallocate() } }

  /// A copy of one row.
  public func row(_ index: Int) -> [Float] {
    precondition(index >= 0 && index < rows, "a row that is there")
    return unsafe Array(UnsafeBufferPointer(start: base + index * columns, count: columns))
  }

  /// A copy of all numbers that count.
  public var numbers: [Float] { unsafe Array(UnsafeBufferPointer(start: base, count: rows * columns)) }
}

extension Matrix: @unchecked Sendable {
  // One owner at a time: it cannot be copied, and `Kernels` share it only for the length of a call.
}
