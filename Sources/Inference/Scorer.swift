import Tensors

/// Scores many sequences, computing what they share once.
///
/// In the order of their tokens, each sequence shares its longest possible start with the one before it. A batch is as
/// many new tokens as fit; the next begins with what its first sequence shares with the last of this one.
struct Scorer {
  let decoder: Decoder
  let memory: MemoryPlan

  /// Shorter shared starts are cheaper to compute again than to look up.
  private static let leastShared = 8
  /// One likelihood to read off: after which row, of which token, for which sequence.
  private struct Question {
    let sequence: Int
    let row: Int
    let target: Int32
  }

  /// Where the work stands.
  private struct Progress {
    var next = 0
    /// Tokens of the sequence under way that earlier batches computed.
    var done = 0
    var path = PrefixPath()
    var previous: [Int32] = []
  }

  /// Sequences in the order in which they share the most.
  func order(_ sequences: [ScoredSequence]) -> [Int] {
    // Sequences of two regimes share nothing: one comes after the other.
    let regimes = sequences.map { decoder.regime(length: $0.input.count) }
    return sequences.indices.sorted {
      regimes[$0] == regimes[$1]
        ? sequences[$0].input.lexicographicallyPrecedes(sequences[$1].input) : regimes[$0] < regimes[$1]
    }
  }

  /// How many tokens sequences in an order make the model read.
  func tokens(_ sequences: [ScoredSequence], _ order: [Int]) -> Int {
    var tokens = 0
    var previous: [Int32] = []
    for index in order {
      let shared = shareable(sequences[index].input, previous)
      tokens += sequences[index].input.count - (shared < Self.leastShared ? 0 : shared)
      previous = sequences[index].input
    }
    return tokens
  }

  /// Hands over each sequence's score as soon as it is known.
  func score(
    _ sequences: [ScoredSequence], _ order: [Int], _ meter: inout TokenMeter, _ deliver: (Int, Score) -> Void
  ) throws(ModelError) {
    guard let longest = sequences.map(\.input.count).max() else { return }
    let rows = min(
      memory.rows(longest: longest, decoder.shape), sequences.reduce(0) { $0 + $1.input.count })
    var cache = KeyValueCache(places: longest + rows, decoder.shape)
    var run = Run(rows: rows, decoder.shape)
    var scores = [Score](repeating: Score(), count: sequences.count)
    var progress = Progress()
    while progress.next < order.count {
      var questions: [Question] = []
      let first = progress.next
      let batch = nextBatch(sequences, order, rows, &progress, &questions)
      let asked = Set(questions.map(\.row)).sorted()
      if batch.count > 0 {
        decoder.forward(batch, rows: asked, &cache, &run, onLayer: { meter.show(batch.count, share: $0) })
      }
      meter.add(batch.count)
      if Task.isCancelled { throw .cancelled }
      answer(questions, asked, run.h, &scores)
      // What was left off in the middle is worth nothing.
      if Task.isCancelled { throw .cancelled }
      for index in order[first..<progress.next] {
        guard scores[index].logProbability.isFinite else { throw .notNumbers }
        deliver(index, scores[index])
      }
      carryOver(sequences, order, &progress, &cache)
    }
  }

  /// Fills a batch with the next sequences, the last perhaps in part.
  private func nextBatch(
    _ sequences: [ScoredSequence], _ order: [Int], _ rows: Int, _ progress: inout Progress,
    _ questions: inout [Question]
  ) -> Batch {
    var batch = Batch()
    var place = progress.path.count
    while progress.next < order.count {
      let sequence = sequences[order[progress.next]]
      let asked = max(sequence.firstAsked, progress.done)
      var shared = progress.done
      if shared == 0 {
        shared = min(shareable(sequence.input, progress.previous), progress.path.count)
        // Hidden states of earlier batches are gone: what is asked there is computed again.
        if asked < min(shared, progress.path.carried) { shared = asked }
        if shared < Self.leastShared { shared = 0 }
      }
      let taken = min(sequence.input.count - shared, rows - batch.count)
      if taken == 0, shared < sequence.input.count { break }
      progress.path.cut(to: shared)
      if taken > 0 {
        let new = sequence.input[shared..<shared + taken]
        let row = batch.count
        batch.add(
          new, position: shared, of: sequence.input.count, before: progress.path.places, place: place)
        progress.path.append(place..<place + taken, row: row)
        place += taken
      }
      progress.previous = sequence.input
      let end = shared + taken
      for position in asked..<max(asked, end) {
        guard let row = progress.path.row(of: position) else { preconditionFailure("asked where computed") }
        let target = sequence.targets[position - sequence.firstAsked]
        questions.append(Question(sequence: order[progress.next], row: row, target: target))
      }
      if end < sequence.input.count {
        progress.done = end
        break
      }
      progress.done = 0
      progress.next += 1
    }
    return batch
  }

  /// How many tokens' keys and values serve both sequences.
  private func shareable(_ a: [Int32], _ b: [Int32]) -> Int {
    decoder.regime(length: a.count) == decoder.regime(length: b.count) ? commonPrefix(a, b) : 0
  }

  /// Keeps what the next sequence can use of the last one's keys and values.
  private func carryOver(
    _ sequences: [ScoredSequence], _ order: [Int], _ progress: inout Progress, _ cache: inout KeyValueCache
  ) {
    guard progress.next < order.count else { return }
    if progress.done == 0 {
      let shared = shareable(sequences[order[progress.next]].input, progress.previous)
      progress.path.cut(to: shared < Self.leastShared ? 0 : shared)
    }
    cache.compact(progress.path.places)
    progress.path.becomeCarried()
  }

  /// Runs the output layer where something is asked, and nowhere else.
  ///
  /// - Parameter asked: the batch's row of each of the hidden states.
  private func answer(
    _ questions: [Question], _ asked: [Int], _ hidden: borrowing Matrix, _ scores: inout [Score]
  ) {
    guard !asked.isEmpty else { return }
    let order = questions.indices.sorted { (questions[$0].row, $0) < (questions[$1].row, $1) }
    var results = [(logProbability: Double, isBest: Bool)](repeating: (0, false), count: questions.count)
    var place = 0
    let sorted = order.map { index in
      while asked[place] < questions[index].row { place += 1 }
      return LogitQuestion(row: place, target: questions[index].target)
    }
    let found = decoder.head.score(hidden, sorted)
    for (index, (question, logit)) in zip(order, zip(sorted, found.logits)) {
      let row = found.rows[question.row]
      results[index] = (Double(logit) - row.logSum, row.best == question.target)
    }
    for (question, result) in zip(questions, results) {
      scores[question.sequence].logProbability += result.logProbability
      if !result.isBest { scores[question.sequence].isGreedy = false }
    }
  }
}
