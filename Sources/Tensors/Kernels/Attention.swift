import CKernels

/// Attention of ragged segments over cached keys and values.
///
/// q, out: (T, H · S); keys, values: (places, K · S)
public func attend(
  _ q: borrowing Matrix, _ keys: borrowing Matrix, _ values: borrowing Matrix, _ segments: [AttentionSegment],
  _ shape: AttentionShape, _ out: inout Matrix, on instructions: Instructions = .best
) {
  precondition(q.columns == shape.heads * shape.headSize && out.columns == q.columns, "matching extents")
  precondition(
    keys.columns == shape.keyHeads * shape.headSize && values.columns == keys.columns, "matching extents")
  out.rows = q.rows
  var tasks: [AttentionTask] = []
  var work = 0
  // Blocks of queries bound the memory that scores take.
  let block = max(1, AttentionTask.queries / (shape.heads / shape.keyHeads))
  for segment in segments {
    precondition(
      segment.rows.upperBound <= q.rows && segment.own.upperBound <= keys.capacity, "rows that are there")
    for range in segment.before { precondition(range.upperBound <= keys.capacity, "places that are there") }
    let before = segment.before.reduce(0) { $0 + $1.count }
    for start in stride(from: 0, to: segment.rows.count, by: block) {
      let count = min(block, segment.rows.count - start)
      let seen = segment.own.lowerBound..<segment.own.lowerBound + start + count
      let unseen = shape.window.map { max(0, before + start + 1 - $0) } ?? 0
      let ranges = drop(unseen, from: segment.before.filter { !$0.isEmpty } + [seen])
      for head in 0..<shape.keyHeads {
        tasks.append(
          AttentionTask(
            firstRow: segment.rows.lowerBound + start, rows: count,
            ranges: ranges.flatMap { [$0.lowerBound, $0.count] }, firstPosition: unseen,
            certain: before + start - unseen, keyHead: head))
        work += count * (before + start + count - unseen)
      }
    }
  }
  let slopes = shape.slopes.map(roundedToBFloat16)
  unsafe slopes.withUnsafeBufferPointer { slopes in
    nonisolated(unsafe) let attention = unsafe ck_attention(
      query: q.base, out: out.base, keys: keys.base, values: values.base, heads: shape.heads,
      key_heads: shape.keyHeads, head_size: shape.headSize, scale: shape.scale, cap: shape.softCap ?? 0,
      window: shape.window ?? 0, slopes: slopes.isEmpty ? nil : slopes.baseAddress)
    let all = tasks
    inParallel(all.count, worthwhile: work * shape.headSize > 1 << 14) { index in
      unsafe all[index].run(attention, instructions)
    }
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
  /// Rows times heads of a block.
  static let queries = 192

  let firstRow: Int
  let rows: Int
  /// Starts and lengths of the places looked at.
  let ranges: [Int]
  /// The position of the first key.
  let firstPosition: Int
  /// How many keys even the first row sees besides its own.
  let certain: Int
  let keyHead: Int

  func run(_ attention: ck_attention, _ instructions: Instructions) {
    unsafe ranges.withUnsafeBufferPointer { buffer in
      var attention = unsafe attention
      var queries = unsafe ck_queries(
        first_row: firstRow, rows: rows, ranges: buffer.baseAddress, range_count: buffer.count / 2,
        first_position: firstPosition, certain: certain, key_head: keyHead)
      unsafe instructions.kernels.attend(&attention, &queries)
    }
  }
}
