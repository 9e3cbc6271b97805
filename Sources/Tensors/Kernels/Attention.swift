import COpenBLAS
import Glibc

/// Which rows of a batch look at which keys.
public struct AttentionSegment: Sendable {
  /// The batch's rows that ask.
  public var rows: Range<Int>
  /// Places in the cache that all of them see: what came before, in as many pieces as it lies there.
  public var before: [Range<Int>]
  /// The rows' own places in the cache: each sees those up to its own.
  public var own: Range<Int>

  public init(rows: Range<Int>, before: [Range<Int>], own: Range<Int>) {
    precondition(rows.count == own.count, "a place for each row")
    self.rows = rows
    self.before = before
    self.own = own
  }
}

/// How attention is cut into heads.
public struct AttentionShape: Sendable {
  public var heads: Int
  /// Heads of keys and values; each serves `heads / keyHeads` heads of queries.
  public var keyHeads: Int
  public var headSize: Int
  public var scale: Float

  public init(heads: Int, keyHeads: Int, headSize: Int, scale: Float) {
    precondition(keyHeads > 0 && heads % keyHeads == 0, "as many query heads for each key head")
    self.heads = heads
    self.keyHeads = keyHeads
    self.headSize = headSize
    self.scale = scale
  }
}

/// Attention of ragged segments over cached keys and values.
///
/// q, out: (T, H · S); keys, values: (places, K · S)
public func attend(
  _ q: borrowing Matrix, _ keys: borrowing Matrix, _ values: borrowing Matrix, _ segments: [AttentionSegment],
  _ shape: AttentionShape, _ out: inout Matrix
) {
  precondition(q.columns == shape.heads * shape.headSize && out.columns == q.columns, "matching extents")
  precondition(
    keys.columns == shape.keyHeads * shape.headSize && values.columns == keys.columns, "matching extents")
  out.rows = q.rows
  var tasks: [AttentionTask] = []
  var work = 0
  for segment in segments {
    precondition(
      segment.rows.upperBound <= q.rows && segment.own.upperBound <= keys.capacity, "rows that are there")
    for range in segment.before { precondition(range.upperBound <= keys.capacity, "places that are there") }
    let before = segment.before.reduce(0) { $0 + $1.count }
    // Blocks of queries bound the memory that scores take.
    for start in stride(from: 0, to: segment.rows.count, by: AttentionTask.block) {
      let count = min(AttentionTask.block, segment.rows.count - start)
      let seen = segment.own.lowerBound..<segment.own.lowerBound + start + count
      for head in 0..<shape.keyHeads {
        tasks.append(
          AttentionTask(
            firstRow: segment.rows.lowerBound + start, rows: count,
            ranges: segment.before.filter { !$0.isEmpty } + [seen],
            certain: before + start, keyHead: head))
        work += count * (before + start + count)
      }
    }
  }
  nonisolated(unsafe) let (query, key, value, target) = unsafe (q.base, keys.base, values.base, out.base)
  let isParallel = work > 1 << 12
  MatrixLibrary.prepare()
  let all = tasks
  inParallel(all.count, worthwhile: isParallel) { index in
    unsafe all[index].run(query, key, value, shape, target)
  }
}

/// A block of queries of the heads that share one head of keys.
private struct AttentionTask: Sendable {
  static let block = 256

  let firstRow: Int
  let rows: Int
  let ranges: [Range<Int>]
  /// How many keys even the first row sees besides its own.
  let certain: Int
  let keyHead: Int

  func run(
    _ query: UnsafeMutablePointer<Float>, _ keys: UnsafeMutablePointer<Float>,
    _ values: UnsafeMutablePointer<Float>, _ shape: AttentionShape, _ out: UnsafeMutablePointer<Float>
  ) {
    let group = shape.heads / shape.keyHeads
    let length = ranges.reduce(0) { $0 + $1.count }
    let scores = UnsafeMutablePointer<Float>.allocate(capacity: (rows == 1 ? group : rows) * length)
    defer { unsafe scores.deallocate() }
    let width = shape.heads * shape.headSize
    if rows == 1 {
      // The heads of one row lie in a row each: one product serves the group.
      let start = firstRow * width + keyHead * group * shape.headSize
      unsafe product(
        query + start, shape.headSize, group, keys, values, shape, scores, length, out + start, shape.headSize
      ) {
        _ in length
      }
      return
    }
    for member in 0..<group {
      let start = firstRow * width + (keyHead * group + member) * shape.headSize
      unsafe product(query + start, width, rows, keys, values, shape, scores, length, out + start, width) {
        row in
        certain + row + 1
      }
    }
  }

  /// out = softmax(scale · q · kᵀ) · v for `count` rows, of which row `r` sees the first `visible(r)` keys.
  private func product(
    _ query: UnsafeMutablePointer<Float>, _ queryStride: Int, _ count: Int,
    _ keys: UnsafeMutablePointer<Float>,
    _ values: UnsafeMutablePointer<Float>, _ shape: AttentionShape, _ scores: UnsafeMutablePointer<Float>,
    _ length: Int, _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ visible: (Int) -> Int
  ) {
    let keyStride = shape.keyHeads * shape.headSize
    let (size, m) = (Int32(shape.headSize), Int32(count))
    var column = 0
    for range in ranges {
      let key = unsafe keys + range.lowerBound * keyStride + keyHead * shape.headSize
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, m, Int32(range.count), size, shape.scale, query,
        Int32(queryStride), key, Int32(keyStride), 0, scores + column, Int32(length))
      column += range.count
    }
    for row in 0..<count { unsafe softmax(scores + row * length, visible: visible(row), of: length) }
    column = 0
    for range in ranges {
      let value = unsafe values + range.lowerBound * keyStride + keyHead * shape.headSize
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, size, Int32(range.count), 1, scores + column,
        Int32(length),
        value, Int32(keyStride), column == 0 ? 0 : 1, out, Int32(outStride))
      column += range.count
    }
  }
}

/// Makes the first `visible` scores shares of one, and the rest nothing.
private func softmax(_ x: UnsafeMutablePointer<Float>, visible: Int, of length: Int) {
  var top = unsafe x[0]
  for index in 1..<max(1, visible) where unsafe x[index] > top { top = unsafe x[index] }
  unsafe mapLanes(x, count: visible) { exponential($0 - top) }
  var total: Float = 0
  var lanes = Lanes(repeating: 0)
  var index = 0
  while index + 16 <= visible {
    unsafe lanes += UnsafeRawPointer(x + index).loadUnaligned(as: Lanes.self)
    index += 16
  }
  total = lanes.sum()
  while index < visible {
    unsafe total += x[index]
    index += 1
  }
  let share = 1 / total
  for index in 0..<visible { unsafe x[index] *= share }
  for index in visible..<length { unsafe x[index] = 0 }
}
