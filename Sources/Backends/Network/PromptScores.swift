import Values

/// A prompt to be scored: what is sent, and where the scored part begins.
struct ScoredInput: Sendable, Hashable {
  /// The tokens, where somebody here or there has split the text; empty otherwise.
  var ids: [Int] = []
  /// The tokens' texts, where they are known.
  var texts: [String] = []
  /// The first token that counts.
  var first = 0
  /// The whole text.
  var text = ""
  /// How many characters stand before the part that counts.
  var boundary = 0
}

/// The likelihood of a continuation.
struct ContinuationScore: Sendable, Hashable {
  var logProbability: Double
  var isGreedy: Bool
}

/// What a server says of a prompt's tokens, whatever its dialect, and how it is laid beside what was asked.
///
/// A number is only given where the tokens of the reply are those that were asked about.
struct PromptScores: Sendable {
  struct Entry: Sendable, Hashable {
    var id: Int?
    var text: String?
    var logProbability: Double?
    var isBest: Bool?
    /// Characters before the token.
    var offset: Int?
  }

  var entries: [Entry]
  /// How many tokens the server says the prompt had.
  var promptCount: Int?
  /// Whether the tokens are those of the scored part alone, the end of the prompt.
  var isTail = false

  func score(_ input: ScoredInput) throws(ReplyTrouble) -> ContinuationScore {
    let range = input.ids.isEmpty ? try byOffset(input) : try byCount(input)
    guard !range.isEmpty else { throw ReplyTrouble("the scored part of a prompt has no tokens") }
    var score = ContinuationScore(logProbability: 0, isGreedy: true)
    for entry in entries[range] {
      guard let number = entry.logProbability, number.isFinite else {
        throw ReplyTrouble(
          "the server gives no log-probability for the token \(entry.text?.debugDescription ?? "")",
          help: Self.otherWays)
      }
      guard let isBest = entry.isBest else {
        throw ReplyTrouble(
          "the server does not say which token it would have chosen",
          help: "it must give `top_logprobs` for the prompt")
      }
      guard number < 1e-3 else {
        throw ReplyTrouble("the server gives the log-probability \(number), above 0")
      }
      score.logProbability += number
      if !isBest { score.isGreedy = false }
    }
    return score
  }

  static let otherWays =
    "use a server that scores prompts (vLLM, SGLang, llama-cpp-python with logits_all), or `score_mode=first_token`, or `score_mode=generate`"

  // MARK: - Where tokens are known

  private func byCount(_ input: ScoredInput) throws(ReplyTrouble) -> Range<Int> {
    let count = input.ids.count
    if isTail { return try tail(input) }
    guard entries.count >= count else {
      throw ReplyTrouble(
        entries.count <= 1
          ? "the server did not score the prompt: it says something of \(entries.count) tokens, asked were \(count)"
          : "the server scored \(entries.count) tokens, asked were \(count)",
        help: entries.count <= 1
          ? Self.otherWays : "check that `tokenizer` is the tokenizer of the server's model")
    }
    // A beginning token may have been added before, and the one that was written stands behind.
    guard entries.count <= count + 2 else {
      throw ReplyTrouble(
        "the server scored \(entries.count) tokens, asked were \(count)",
        help: "check that `tokenizer` is the tokenizer of the server's model")
    }
    let fitting = [0, 1].filter { $0 + count <= entries.count && entries.count <= $0 + count + 1 }
    let matching = fitting.filter { shift in matches(input, shift) }
    guard !matching.isEmpty else {
      throw ReplyTrouble(
        "the server's tokens are not those that were asked about (\(difference(input)))",
        help: "check that `tokenizer` is the tokenizer of the server's model")
    }
    var shifts = matching
    if shifts.count > 1, let promptCount, [count, count + 1].contains(promptCount) {
      shifts = shifts.filter { $0 == promptCount - count }
    }
    // Nothing tells them apart: the written token was asked for, so it is there.
    guard let shift = shifts.first(where: { $0 + count + 1 == entries.count }) ?? shifts.first else {
      throw ReplyTrouble("the server counts \(promptCount ?? 0) tokens in a prompt of \(count)")
    }
    return shift + input.first..<shift + count
  }

  /// Tokens from somewhere on to the end: the last must be those that count.
  private func tail(_ input: ScoredInput) throws(ReplyTrouble) -> Range<Int> {
    let count = input.ids.count - input.first
    guard entries.count >= count else {
      throw ReplyTrouble(
        "the server scored \(entries.count) tokens, asked were \(count)", help: Self.otherWays)
    }
    let range = entries.count - count..<entries.count
    for (entry, id) in zip(entries[range], input.ids[input.first...]) where entry.id != id {
      throw ReplyTrouble(
        "the server's tokens are not those that were asked about (\(entry.id ?? -1) for \(id))",
        help: "check that `tokenizer` is the tokenizer of the server's model")
    }
    return range
  }

  private func matches(_ input: ScoredInput, _ shift: Int) -> Bool {
    for index in input.ids.indices {
      let entry = entries[shift + index]
      if let id = entry.id {
        if id != input.ids[index] { return false }
      } else if let text = entry.text, index < input.texts.count {
        // The first token's text depends on what a tokenizer does with blanks at the start.
        if !isSame(text, input.texts[index]) { return false }
      }
    }
    return true
  }

  /// Whether two spellings may be of one token: parts of characters are written in many ways.
  private func isSame(_ a: String, _ b: String) -> Bool {
    func plain(_ text: String) -> String {
      text.replacing("▁", with: " ").replacing("Ġ", with: " ").replacing("Ċ", with: "\n").pythonStripped
    }
    let (a, b) = (plain(a), plain(b))
    if sameBytes(a, b) { return true }
    let isOdd: (String) -> Bool = {
      $0.contains("\u{FFFD}") || $0.hasPrefix("bytes:") || $0.hasPrefix("<0x") || $0.hasPrefix("token_id:")
        || $0.isEmpty
        || $0.hasPrefix("<|") || $0.hasPrefix("<s") || $0.hasPrefix("</") || $0.hasPrefix("[")
        || !$0.unicodeScalars.allSatisfy(\.isASCII)
    }
    return isOdd(a) || isOdd(b)
  }

  private func difference(_ input: ScoredInput) -> String {
    for index in input.ids.indices where index < entries.count {
      let entry = entries[index]
      if let id = entry.id, id != input.ids[index] {
        return "token \(index + 1) is \(id), not \(input.ids[index])"
      }
      if let text = entry.text, index < input.texts.count, !isSame(text, input.texts[index]) {
        return "token \(index + 1) is \(text.debugDescription), not \(input.texts[index].debugDescription)"
      }
    }
    return "one token too many"
  }

  // MARK: - Where only the text is known

  private func byOffset(_ input: ScoredInput) throws(ReplyTrouble) -> Range<Int> {
    guard entries.count > 1 else {
      throw ReplyTrouble(
        "the server did not score the prompt: it says something of \(entries.count) tokens",
        help: Self.otherWays)
    }
    let total = input.text.unicodeScalars.count
    let offsets = try offsets(input)
    guard
      let start = offsets.indices.first(where: { offsets[$0] >= input.boundary && !isAddedStart($0, offsets) }
      ),
      offsets[start] == input.boundary
    else {
      throw ReplyTrouble(
        "a token reaches over the border between question and answer, so the server's text offsets do not tell them apart",
        help: "name the model's tokenizer with `tokenizer=FOLDER`, or use `tokenizer_backend=remote`")
    }
    let end = offsets.indices.first { offsets[$0] >= total && $0 > start } ?? offsets.count
    let joined = entries[start..<end].reduce("") { $0 + ($1.text ?? "") }
    let wanted = String(String.UnicodeScalarView(input.text.unicodeScalars.dropFirst(input.boundary)))
    let isOdd = joined.contains("\u{FFFD}") || entries[start..<end].contains { $0.text == nil }
    guard isOdd || sameBytes(joined.pythonStripped, wanted.pythonStripped) else {
      throw ReplyTrouble(
        "the server's tokens say \(joined.debugDescription) where \(wanted.debugDescription) was asked about",
        help: "name the model's tokenizer with `tokenizer=FOLDER`, or use `tokenizer_backend=remote`")
    }
    return start..<end
  }

  /// A beginning token that the server added takes no room in the text.
  private func isAddedStart(_ index: Int, _ offsets: [Int]) -> Bool {
    index == 0 && offsets.count > 1 && offsets[1] == 0 && entries[0].logProbability == nil
  }

  /// Where the tokens stand by their texts, if these add up to the prompt; else as the server says.
  ///
  /// A beginning token that the server added may be spelled out among them, and moves what it says.
  private func offsets(_ input: ScoredInput) throws(ReplyTrouble) -> [Int] {
    var texts = entries.map { $0.text ?? "" }
    if !texts.joined().utf8.starts(with: input.text.utf8) { texts[0] = "" }
    if texts.joined().utf8.starts(with: input.text.utf8) {
      var at = 0
      return texts.map { text in
        defer { at += text.unicodeScalars.count }
        return at
      }
    }
    let given = entries.compactMap(\.offset)
    guard given.count == entries.count else {
      throw ReplyTrouble(
        "the server tells neither where its tokens stand in the text nor texts that add up to it",
        help: "name the model's tokenizer with `tokenizer=FOLDER`, or use `tokenizer_backend=remote`")
    }
    return given
  }
}
