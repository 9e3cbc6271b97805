import CKernels

/// Attention of ragged segments over the kept keys and values of a layer; in part only where the task is cancelled.
///
/// q, out: (T, H · S)
public func attend(
  _ q: borrowing Matrix, _ kept: borrowing KeyValues, layer: Int, _ segments: [AttentionSegment],
  _ shape: AttentionShape, _ out: inout Matrix, on instructions: Instructions = .best
) {
  precondition(q.columns == shape.heads * shape.headSize && out.columns == q.columns, "matching extents")
  precondition(kept.heads == shape.keyHeads && kept.headSize == shape.headSize, "matching extents")
  precondition(
    kept.precision == .float32 || instructions.multipliesBFloat16, "instructions for pairs of bfloat16")
  out.rows = q.rows
  for segment in segments {
    precondition(
      segment.rows.upperBound <= q.rows && segment.own.upperBound <= kept.places, "rows that are there")
    for range in segment.before { precondition(range.upperBound <= kept.places, "places that are there") }
  }
  let work = AttentionWork(segments, shape)
  let slopes = shape.slopes.map(roundedToBFloat16)
  let (keys, values) = unsafe kept.layer(layer)
  unsafe slopes.withUnsafeBufferPointer { slopes in
    nonisolated(unsafe) let attention = unsafe ck_attention(
      query: q.base, out: out.base, keys: keys, values: values, head_step: kept.headStep,
      is_half: kept.precision == .bfloat16, heads: shape.heads, key_heads: shape.keyHeads,
      head_size: shape.headSize, scale: shape.scale, cap: shape.softCap ?? 0, window: shape.window ?? 0,
      slopes: slopes.isEmpty ? nil : slopes.baseAddress)
    inParallelUntilCancelled(
      work.tasks.count, worthwhile: work.products * shape.headSize > 1 << 14
    ) { index in
      unsafe work.run(index, attention, instructions)
    }
  }
}

/// The attention of a batch, cut into tasks that threads can share.
private struct AttentionWork: Sendable {
  /// Rows times heads of a task, which bound the memory that it takes.
  private static let queries = 192

  /// A block of queries of the heads that share one head of keys.
  struct Task: Sendable {
    let firstRow: Int
    let rows: Int
    /// Which starts and lengths are looked at.
    let ranges: Range<Int>
    /// The position of the first key.
    let firstPosition: Int
    /// How many keys even the first row sees besides its own.
    let certain: Int
    let keyHead: Int
    let isAlone: Bool
  }

  private(set) var tasks: [Task] = []
  /// Starts and lengths of the places looked at, task by task.
  private var ranges: [Int] = []
  /// Queries times keys.
  private(set) var products = 0

  init(_ segments: [AttentionSegment], _ shape: AttentionShape) {
    let block = max(1, Self.queries / (shape.heads / shape.keyHeads))
    for segment in segments {
      let before = segment.before.reduce(0) { $0 + $1.count }
      for start in stride(from: 0, to: segment.rows.count, by: block) {
        let count = min(block, segment.rows.count - start)
        let unseen = shape.window.map { max(0, before + start + 1 - $0) } ?? 0
        let first = ranges.count
        var left = unseen
        for range in segment.before { add(range, &left) }
        add(segment.own.lowerBound..<segment.own.lowerBound + start + count, &left)
        for head in 0..<shape.keyHeads {
          tasks.append(
            Task(
              firstRow: segment.rows.lowerBound + start, rows: count, ranges: first..<ranges.count,
              firstPosition: unseen, certain: before + start - unseen, keyHead: head,
              isAlone: segment.isAlone))
        }
        products += shape.keyHeads * count * (before + start + count - unseen)
      }
    }
  }

  /// Notes places to look at, but for the first ones, which are left out.
  private mutating func add(_ range: Range<Int>, _ left: inout Int) {
    let dropped = min(left, range.count)
    left -= dropped
    guard dropped < range.count else { return }
    ranges += [range.lowerBound + dropped, range.count - dropped]
  }

  func run(_ index: Int, _ attention: ck_attention, _ instructions: Instructions) {
    // The last rows of a text see the most: they come first, so that no thread waits long for the last task.
    let task = tasks[tasks.count - 1 - index]
    unsafe ranges.withUnsafeBufferPointer { buffer in
      var attention = unsafe attention
      var queries = unsafe ck_queries(
        first_row: task.firstRow, rows: task.rows,
        ranges: buffer.baseAddress.map { unsafe $0 + task.ranges.lowerBound },
        range_count: task.ranges.count / 2, first_position: task.firstPosition, certain: task.certain,
        key_head: task.keyHead, is_alone: task.isAlone)
      unsafe instructions.kernels.attend(&attention, &queries)
    }
  }
}
