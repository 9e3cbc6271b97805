import Tensors
import Tokenizers
import Values

/// A prompt to write on from.
struct GenerationJob: Sendable {
  var prompt: [Int32]
  var stop: StopRules
  var sampling: Sampling
  /// What random choices start from; the same request draws the same answer in any order.
  var seed: Int
}

/// Writes on from many prompts at once: a row that is done leaves, and the next takes its place at the next step.
struct Generator {
  let decoder: Decoder
  let tokenizer: Tokenizer
  let memory: MemoryPlan

  private static let mostRows = 64
  /// A shared start of this many tokens is worth waiting for.
  private static let leastShared = 16

  /// A prompt under way.
  private struct Row {
    let index: Int
    /// Prompt and answer.
    var tokens: [Int32]
    let promptCount: Int
    let places: Range<Int>
    /// In which of the decoder's regimes its tokens were read.
    var regime: Int
    /// How many tokens have their keys and values in the cache.
    var fed = 0
    var random: PythonRandom

    var answer: [Int32] { Array(tokens[promptCount...]) }
    var written: Int { tokens.count - promptCount }
    var unread: Int { max(0, promptCount - fed) }

    /// What was read in another regime is to be read again.
    mutating func enter(_ current: Int) {
      if current != regime { (regime, fed) = (current, 0) }
    }
  }

  /// Hands over each job's text as soon as it is written, and whether it ended of itself.
  func run(
    _ jobs: [GenerationJob], _ forecast: inout Forecast, _ meter: inout TokenMeter,
    _ deliver: (Int, String, _ isEnded: Bool) -> Void
  ) throws(ModelError) {
    var waiting = forecast.order[...]
    let needs = jobs.map { $0.prompt.count + $0.stop.maxTokens }
    guard let largest = needs.max() else { return }
    let keepsLogits = !jobs.allSatisfy(\.sampling.isPlain)
    let room = memory.room(
      largest: largest, all: needs.reduce(0, +), texts: min(Self.mostRows, jobs.count),
      keepsLogits: keepsLogits, decoder.shape)
    var cache = KeyValueCache(places: room.places, decoder.shape)
    var run = Run(rows: room.rows, decoder.shape)
    var logits = Matrix(capacity: keepsLogits ? room.texts : 0, columns: decoder.shape.vocabulary)
    var pool = PlacePool(room.places)
    var active: [Row] = []
    while !waiting.isEmpty || !active.isEmpty {
      while active.count < room.texts, let index = waiting.first {
        guard let row = admit(index, jobs[index], needs[index], active, &pool, &cache) else { break }
        forecast.admit(index)
        active.append(row)
        waiting.removeFirst()
      }
      meter.expect(
        active.reduce(forecast.waiting) {
          $0 + forecast.left($1.index, written: $1.written, unread: $1.unread)
        })
      try step(&active, room.rows, jobs, &cache, &run, &logits, &meter)
      active.removeAll { row in
        guard row.tokens.count > row.promptCount || jobs[row.index].stop.maxTokens == 0 else { return false }
        let stop = jobs[row.index].stop
        guard stop.isOver(row.answer, tokenizer) else { return false }
        let answer = Array(row.answer.prefix(stop.maxTokens))
        forecast.end(answer.count)
        deliver(row.index, stop.text(answer, tokenizer), stop.isEnded(answer, tokenizer))
        pool.give(back: row.places)
        return true
      }
    }
  }

  /// Makes room for a row, and copies what another row has computed of the same start.
  private func admit(
    _ index: Int, _ job: GenerationJob, _ need: Int, _ active: [Row], _ pool: inout PlacePool,
    _ cache: inout KeyValueCache
  ) -> Row? {
    // The last token must be read again: its scores are asked.
    let usable = job.prompt.dropLast()
    var best: (row: Row, shared: Int)?
    let regime = decoder.regime(length: job.prompt.count)
    for row in active where row.regime == regime {
      let shared = commonPrefix(row.tokens[..<row.promptCount], usable)
      if shared > best?.shared ?? Self.leastShared { best = (row, shared) }
    }
    // What the other is about to compute is waited for.
    if let best, best.row.fed < best.shared { return nil }
    guard let places = pool.take(need) else { return nil }
    var row = Row(
      index: index, tokens: job.prompt, promptCount: job.prompt.count, places: places, regime: regime,
      random: PythonRandom(seed: job.seed))
    if let best {
      let from = best.row.places.lowerBound
      cache.copy(from..<from + best.shared, to: places.lowerBound)
      row.fed = best.shared
    }
    return row
  }

  /// One forward pass: the next token of every row that has one, and as much of new prompts as fits.
  private func step(
    _ active: inout [Row], _ rows: Int, _ jobs: [GenerationJob], _ cache: inout KeyValueCache,
    _ run: inout Run,
    _ logits: inout Matrix, _ meter: inout TokenMeter
  ) throws(ModelError) {
    var batch = Batch()
    var asking: [(row: Int, place: Int)] = []
    for index in active.indices { active[index].enter(decoder.regime(length: active[index].tokens.count)) }
    // Rows that write go first, so that a long prompt cannot hold them up.
    for index in active.indices.sorted(by: { active[$0].fed > active[$1].fed }) {
      let row = active[index]
      let taken = min(row.tokens.count - row.fed, rows - batch.count)
      guard taken > 0 else { continue }
      let start = row.places.lowerBound
      batch.add(
        row.tokens[row.fed..<row.fed + taken], position: row.fed, of: row.tokens.count,
        before: [start..<start + row.fed], place: start + row.fed, isWritten: row.fed >= row.promptCount)
      active[index].fed += taken
      if active[index].fed == row.tokens.count { asking.append((index, batch.count - 1)) }
    }
    guard batch.count > 0 else { return }
    let places = asking.map(\.place).sorted()
    decoder.forward(batch, rows: places, &cache, &run, onLayer: { meter.show(batch.count, share: $0) })
    meter.add(batch.count)
    if Task.isCancelled { throw .cancelled }
    guard !asking.isEmpty else { return }
    asking.sort { $0.place < $1.place }
    if asking.allSatisfy({ jobs[active[$0.row].index].sampling.isPlain }) {
      // The likeliest token needs no logits to be kept.
      let found = decoder.head.score(run.h, []).rows
      // What was left off in the middle is worth nothing.
      if Task.isCancelled { throw .cancelled }
      for ((index, _), found) in zip(asking, found) {
        guard found.logSum.isFinite else { throw .notNumbers }
        active[index].tokens.append(found.best)
      }
      return
    }
    decoder.logits(run.h, &logits)
    if Task.isCancelled { throw .cancelled }
    for (place, (index, _)) in asking.enumerated() {
      guard logits[place, 0].isFinite else { throw .notNumbers }
      let sampling = jobs[active[index].index].sampling
      let token = sampling.next(logits.row(place), after: active[index].tokens, &active[index].random)
      active[index].tokens.append(token)
    }
  }
}
