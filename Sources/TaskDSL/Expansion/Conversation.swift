import Exchange
import Values

/// Puts a prompt's messages into a model's chat format, as one text in pieces.
struct Conversation {
  let format: any ChatFormat
  /// Whether examples are turns of their own; otherwise all is asked in one message.
  let isMultiturn: Bool

  /// The pieces of the prompt; the markup before a message belongs to its piece, what follows the last to the answer.
  func pieces(_ messages: [Message], isAnswerOpen: Bool) throws(ChatError) -> [Piece] {
    let text = try format.text(of: turns(messages), isAnswerOpen: isAnswerOpen)
    var pieces: [Piece] = []
    var rest = text[...]
    for message in messages {
      // A template may trim a message or leave it out; then its text is part of the next piece.
      let content = message.content.pythonStripped
      guard !content.isEmpty, let place = rest.utf8.firstRange(of: content.utf8) else { continue }
      pieces.append(Piece(String(rest[..<place.upperBound]), message.origin))
      rest = rest[place.upperBound...]
    }
    if !rest.isEmpty { pieces.append(Piece(String(rest), .answerPrefix)) }
    return pieces
  }

  /// What the model's format is given.
  func turns(_ messages: [Message]) -> [ChatMessage] {
    isMultiturn ? messages.map { ChatMessage($0.role, $0.content) } : singleTurn(messages)
  }

  /// Everything but the system's words and an open answer becomes one question, delimiters included.
  private func singleTurn(_ messages: [Message]) -> [ChatMessage] {
    var middle = messages[...]
    var out: [ChatMessage] = []
    if let first = middle.first, first.role == .system {
      out.append(ChatMessage(.system, first.content))
      middle = middle.dropFirst()
    }
    var open: Message?
    if let last = middle.last, last.role == .assistant { open = middle.removeLast() }
    let text = middle.dropLast().map { $0.content + $0.delimiter }.joined() + (middle.last?.content ?? "")
    out.append(ChatMessage(.user, text))
    if let open { out.append(ChatMessage(.assistant, open.content)) }
    return out
  }
}

extension Substring.UTF8View {
  /// Where some bytes first stand, as places in the text.
  fileprivate func firstRange(of bytes: String.UTF8View) -> Range<Index>? {
    guard let first = bytes.first else { return nil }
    let wanted = bytes.count
    var start = startIndex
    while let candidate = self[start...].firstIndex(of: first) {
      let here = self[candidate...]
      if here.starts(with: bytes) { return candidate..<index(candidate, offsetBy: wanted) }
      start = index(after: candidate)
    }
    return nil
  }
}
