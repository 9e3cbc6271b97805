import COpenBLAS
import Dispatch

/// OpenBLAS, one product on one thread: we cut the work ourselves, by size alone, so that no result depends on what else
/// runs, and no thread of the library spins while it waits.
public enum MatrixLibrary {
  private static let isPrepared: Void = openblas_set_num_threads(1)

  static func prepare() { isPrepared }

  /// What the library chose for this processor, such as `Haswell`.
  public static var kernelName: String {
    unsafe openblas_get_corename().map { unsafe String(cString: $0) } ?? "unknown"
  }
}

/// How many processors this process may use.
let availableProcessors = max(1, Int(openblas_get_num_procs()))

/// Runs `body` for every number below `count`, on all processors where that pays.
func inParallel(_ count: Int, worthwhile: Bool, _ body: @Sendable (Int) -> Void) {
  guard worthwhile, count > 1 else {
    for index in 0..<count { body(index) }
    return
  }
  DispatchQueue.concurrentPerform(iterations: count, execute: body)
}
