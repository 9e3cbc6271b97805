import Exchange
import Synchronization

/// Where a run's answers are kept and found: its own journal, and a cache that it shares with other runs.
public final class Keeping: Sendable {
  public let journal: Journal
  private let cache: AnswerCache?
  private let keys: [RequestKey]
  private let answers: [KeptAnswer?]
  /// How many answers were there.
  public let knownCount: Int
  /// How many of them came from the cache.
  public let cachedCount: Int
  /// Files of the cache that could not be read.
  public let unread: [JournalError]

  /// Opens the journal and reads what is there for these requests.
  ///
  /// - Parameter keys: for each request of the plan its key.
  public init(
    journal path: String, header: JournalHeader, keys: [RequestKey], cache: AnswerCache?, isFresh: Bool
  ) throws(JournalError) {
    var places: [RequestKey: Int] = [:]
    places.reserveCapacity(keys.count)
    for (index, key) in keys.enumerated() { places[key] = index }
    var answers = [KeptAnswer?](repeating: nil, count: keys.count)
    journal = try Journal(path: path, header: header, isFresh: isFresh) { key, kept in
      if let place = places[key] { answers[place] = kept }
    }
    var cachedCount = 0
    var unread: [JournalError] = []
    if let cache, !isFresh {
      var found: [Int: KeptAnswer] = [:]
      unread = try cache.read { key, kept in
        if let place = places[key], answers[place] == nil { found[place] = kept }
      }
      // The journal alone is enough to score a run again.
      for (place, kept) in found.sorted(by: { $0.key < $1.key }) {
        try journal.add(keys[place], kept)
        answers[place] = kept
      }
      cachedCount = found.count
    }
    self.cache = cache
    self.keys = keys
    self.answers = answers
    knownCount = answers.count { $0 != nil }
    self.cachedCount = cachedCount
    self.unread = unread
  }

  func known(_ index: Int) -> KeptAnswer? { answers[index] }

  public func keep(_ kept: KeptAnswer, at index: Int) throws(JournalError) {
    try journal.add(keys[index], kept)
    try cache?.add(keys[index], kept)
  }

  public func synchronize() throws(JournalError) {
    try journal.synchronize()
    try cache?.synchronize()
  }
}
