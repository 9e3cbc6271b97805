import CKernels
import Synchronization

/// A set of instructions that this processor has, with the kernels made for it.
public struct Instructions: Sendable {
  /// `@unchecked Sendable`: a table of functions that nobody changes.
  @safe private struct Table: @unchecked Sendable { let pointer: UnsafePointer<ck_kernels> }

  private let table: Table

  private init(_ level: Int) {
    // The list never holds nothing: every processor has its baseline.
    guard let pointer = unsafe ck_level(level) else { preconditionFailure("a level of instructions") }
    table = unsafe Table(pointer: pointer)
  }

  /// All that this processor can run, the fastest first.
  public static let all = (0..<ck_level_count()).map { Instructions($0) }
  /// The fastest.
  public static let best = all[0]

  /// What they are called, such as `AVX-512`.
  public var name: String { unsafe String(cString: table.pointer.pointee.name) }

  /// Whether the processor multiplies pairs of bfloat16.
  public var multipliesBFloat16: Bool { unsafe table.pointer.pointee.has_dot }

  /// Whether the processor multiplies bytes.
  public var multipliesBytes: Bool { unsafe table.pointer.pointee.has_bytes }

  var kernels: ck_kernels { unsafe table.pointer.pointee }
}

/// How many threads share the work of a product.
public var threadCount: Int { ck_thread_count() }

/// Runs `body` for every number below `count`, on all processors where that pays.
func inParallel(_ count: Int, worthwhile: Bool, _ body: @Sendable (Int) -> Void) {
  guard worthwhile, count > 1 else {
    for index in 0..<count { body(index) }
    return
  }
  withoutActuallyEscaping(body) { body in
    var shared = SharedBody(run: body)
    unsafe withUnsafeMutablePointer(to: &shared) { pointer in
      unsafe ck_parallel(
        count,
        { context, index in
          unsafe context?.assumingMemoryBound(to: SharedBody.self).pointee.run(index)
        }, pointer)
    }
  }
}

/// The same for long work of which only the whole counts: what is left of it is skipped once the caller's task is
/// cancelled, at which the caller looks afterwards.
func inParallelUntilCancelled(_ count: Int, worthwhile: Bool, _ body: @Sendable (Int) -> Void) {
  let isOver = Atomic(false)
  inParallel(count, worthwhile: worthwhile) { index in
    if isOver.load(ordering: .relaxed) { return }
    // Other threads than the caller's have no task to ask.
    if Task.isCancelled { return isOver.store(true, ordering: .relaxed) }
    body(index)
  }
}

private struct SharedBody { let run: @Sendable (Int) -> Void }

/// Runs `body` for blocks of rows, on all processors where there is enough to do.
func inBlocks(_ rows: Int, of columns: Int, _ body: @Sendable (Range<Int>) -> Void) {
  let size = max(1, (1 << 13) / max(1, columns))
  let blocks = (rows + size - 1) / size
  inParallel(blocks, worthwhile: rows * columns > 1 << 14) { block in
    body(block * size..<min((block + 1) * size, rows))
  }
}
