import Exchange

/// Counts the tokens that a model has read and written, and tells how far that is.
struct TokenMeter {
  private var done = 0
  /// What is to come after what is being counted now.
  var later = 0
  private var expected = 0
  private let report: (Workload) -> Void

  init(_ report: @escaping (Workload) -> Void) { self.report = report }

  /// So many are left of what is being counted now.
  mutating func expect(_ left: Int) { expected = done + left }

  /// A pass over so many tokens is done in part.
  func show(_ tokens: Int, share: Double) {
    report(Workload(done: done + Int(Double(tokens) * share), expected: expected + later))
  }

  mutating func add(_ tokens: Int) { done += tokens }
}

/// How many tokens it may take to write some texts: what was written so far is a guide to the rest.
struct Forecast {
  /// Jobs in the order in which they share the most.
  let order: [Int]
  /// Tokens of each prompt that none before it begins with.
  private let unshared: [Int]
  private let limits: [Int]
  /// Of prompts that wait, the tokens to read and the most to write.
  private var unread: Int
  private var unwritten: Int
  private var waitingCount: Int
  /// Texts that are written, and their tokens.
  private var ended = (texts: 0, tokens: 0)

  init(_ jobs: [GenerationJob]) {
    order = jobs.indices.sorted { jobs[$0].prompt.lexicographicallyPrecedes(jobs[$1].prompt) }
    var unshared = [Int](repeating: 0, count: jobs.count)
    var previous: [Int32] = []
    for index in order {
      unshared[index] = jobs[index].prompt.count - commonPrefix(jobs[index].prompt.dropLast(), previous)
      previous = jobs[index].prompt
    }
    self.unshared = unshared
    limits = jobs.map(\.stop.maxTokens)
    unread = unshared.reduce(0, +)
    unwritten = limits.reduce(0, +)
    waitingCount = jobs.count
  }

  /// Tokens of all prompts that wait and of their texts.
  var waiting: Int { unread + (mean.map { $0 * waitingCount } ?? unwritten) }

  /// Tokens that are left of a text under way.
  func left(_ index: Int, written: Int, unread: Int) -> Int {
    unread + max(1, (mean ?? limits[index]) - written)
  }

  mutating func admit(_ index: Int) {
    unread -= unshared[index]
    unwritten -= limits[index]
    waitingCount -= 1
  }

  mutating func end(_ tokens: Int) { ended = (ended.texts + 1, ended.tokens + tokens) }

  private var mean: Int? { ended.texts > 0 ? ended.tokens / ended.texts : nil }
}
