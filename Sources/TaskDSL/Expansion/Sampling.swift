import Diagnostics
import Values

/// Chooses the examples for one document after another, as the harness's samplers do.
struct Sampling {
  /// How examples are chosen.
  enum Way {
    /// Drawn anew for each document.
    case random
    /// The first ones, always the same.
    case firstN
    /// Those of this list, for one document after another.
    case given([[Int]])
  }

  private let pool: [OrderedMap]
  private let way: Way
  private var documents = 0
  private let count: Int
  private var random: PythonRandom

  init(pool: [OrderedMap], way: Way, count: Int, seed: Int) {
    self.pool = pool
    self.way = way
    self.count = count
    random = PythonRandom(seed: seed)
  }

  /// Places in the pool; nil when the pool is too small.
  ///
  /// - Parameter excluded: the evaluated document where it may be in the pool; all rows equal to it are left out.
  mutating func next(excluding excluded: OrderedMap?) -> [Int]? {
    switch way {
    case .firstN: return first(excluding: excluded)
    case .random: return drawn(excluding: excluded)
    case .given(let lists):
      defer { documents += 1 }
      return lists.indices.contains(documents) ? lists[documents] : nil
    }
  }

  private func first(excluding excluded: OrderedMap?) -> [Int]? {
    var chosen: [Int] = []
    for index in pool.indices {
      if chosen.count == count { break }
      if let excluded, pool[index] == excluded { continue }
      chosen.append(index)
    }
    return chosen.count == count ? chosen : nil
  }

  /// One more is drawn where a document is excluded, whether or not it turns up.
  private mutating func drawn(excluding excluded: OrderedMap?) -> [Int]? {
    guard let excluded else { return pool.count < count ? nil : random.sample(of: pool.count, count) }
    guard pool.count > count else { return nil }
    let kept = random.sample(of: pool.count, count + 1).filter { pool[$0] != excluded }
    if kept.count >= count { return Array(kept.prefix(count)) }
    // Several copies of the document were drawn: draw anew from the rows that differ.
    let others = pool.indices.filter { pool[$0] != excluded }
    guard others.count >= count else { return nil }
    return random.sample(of: others.count, count).map { others[$0] }
  }
}
