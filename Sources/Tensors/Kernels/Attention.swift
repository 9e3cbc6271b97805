import COpenBLAS
import Glibc

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
      let unseen = shape.window.map { max(0, before + start + 1 - $0) } ?? 0
      let ranges = drop(unseen, from: segment.before.filter { !$0.isEmpty } + [seen])
      for head in 0..<shape.keyHeads {
        tasks.append(
          AttentionTask(
            firstRow: segment.rows.lowerBound + start, rows: count, ranges: ranges, firstPosition: unseen,
            certain: before + start - unseen, keyHead: head))
        work += count * (before + start + count - unseen)
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

/// What is left of pieces of the cache without the first places.
private func drop(_ count: Int, from ranges: [Range<Int>]) -> [Range<Int>] {
  var left = count
  return ranges.compactMap { range in
    let dropped = min(left, range.count)
    left -= dropped
    return dropped == range.count ? nil : range.dropFirst(dropped)
  }
}

/// A block of queries of the heads that share one head of keys.
private struct AttentionTask: Sendable {
  static let block = 256

  let firstRow: Int
  let rows: Int
  let ranges: [Range<Int>]
  /// The position of the first key.
  let firstPosition: Int
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
      ) { row in (head: keyHead * group + row, visible: length) }
      return
    }
    for head in keyHead * group..<(keyHead + 1) * group {
      let start = firstRow * width + head * shape.headSize
      unsafe product(query + start, width, rows, keys, values, shape, scores, length, out + start, width) {
        row in (head: head, visible: certain + row + 1)
      }
    }
  }

  /// out = softmax(scale · q · kᵀ) · v for `count` rows, of which each belongs to a head and sees the first
  /// `visible` keys, or the last of them that its window shows.
  private func product(
    _ query: UnsafeMutablePointer<Float>, _ queryStride: Int, _ count: Int,
    _ keys: UnsafeMutablePointer<Float>,
    _ values: UnsafeMutablePointer<Float>, _ shape: AttentionShape, _ scores: UnsafeMutablePointer<Float>,
    _ length: Int, _ out: UnsafeMutablePointer<Float>, _ outStride: Int,
    _ kind: (_ row: Int) -> (head: Int, visible: Int)
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
    var biased: (head: Int, bias: [Float])?
    for row in 0..<count {
      let (head, visible) = kind(row)
      let x = unsafe scores + row * length
      if let cap = shape.softCap { unsafe mapLanes(x, count: length) { softCapped($0, cap) } }
      if !shape.slopes.isEmpty {
        if biased?.head != head {
          biased = (head, shape.alibi(head, positions: firstPosition..<firstPosition + length))
        }
        for (index, bias) in (biased?.bias ?? []).enumerated() { unsafe x[index] += bias }
      }
      let first = shape.window.map { max(0, visible - $0) } ?? 0
      unsafe softmax(x, first..<visible, of: length)
    }
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

/// Makes the visible scores shares of one, and the rest nothing.
private func softmax(_ all: UnsafeMutablePointer<Float>, _ visible: Range<Int>, of length: Int) {
  let (x, count) = unsafe (all + visible.lowerBound, visible.count)
  var top = unsafe x[0]
  for index in 1..<max(1, count) where unsafe x[index] > top { top = unsafe x[index] }
  unsafe mapLanes(x, count: count) { exponential($0 - top) }
  let share = unsafe 1 / sum(x, count)
  for index in 0..<count { unsafe x[index] *= share }
  for index in 0..<visible.lowerBound { unsafe all[index] = 0 }
  for index in visible.upperBound..<length { unsafe all[index] = 0 }
}
