/// The cache's places, given out in runs.
struct PlacePool: Sendable {
  /// In order and never touching.
  private var free: [Range<Int>]

  init(_ count: Int) { free = count > 0 ? [0..<count] : [] }

  /// A run of places; nil where none is long enough.
  mutating func take(_ count: Int) -> Range<Int>? {
    guard let index = free.firstIndex(where: { $0.count >= count }) else { return nil }
    let start = free[index].lowerBound
    free[index] = start + count..<free[index].upperBound
    if free[index].isEmpty { free.remove(at: index) }
    return start..<start + count
  }

  mutating func give(back range: Range<Int>) {
    guard !range.isEmpty else { return }
    let index = free.firstIndex { $0.lowerBound >= range.upperBound } ?? free.count
    free.insert(range, at: index)
    if index + 1 < free.count, free[index + 1].lowerBound == free[index].upperBound {
      free[index] = free[index].lowerBound..<free[index + 1].upperBound
      free.remove(at: index + 1)
    }
    if index > 0, free[index - 1].upperBound == free[index].lowerBound {
      free[index - 1] = free[index - 1].lowerBound..<free[index].upperBound
      free.remove(at: index)
    }
  }
}
