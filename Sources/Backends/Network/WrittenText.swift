import Exchange
import Values

/// What a server wrote, before anything is cut.
struct WrittenText: Sendable, Hashable {
  enum End: Sendable, Hashable {
    case natural
    case limit
    case refusal
  }

  var text: String
  var end = End.natural
  /// The likeliest first tokens with their log-probabilities, where they were asked for.
  var firstTokens: [FirstToken] = []

  struct FirstToken: Sendable, Hashable {
    let text: String
    let logProbability: Double
  }

  /// The answer and what is to be noted about it: thinking is dropped and stop texts end it, whatever the server did.
  func answer(until stops: [String], thinkEnd: String?) -> (text: String, note: AnswerNote?) {
    var text = text
    if let thinkEnd, !thinkEnd.isEmpty {
      if let range = Array(text.utf8).lastRange(of: Array(thinkEnd.utf8)) {
        text = String(decoding: Array(text.utf8)[range.upperBound...], as: UTF8.self)
      }
      text = String(String.UnicodeScalarView(text.unicodeScalars.drop(while: { $0.properties.isWhitespace })))
    }
    let isEmptyBefore = text.pythonStripped.isEmpty
    var isCut = false
    for stop in stops where !stop.isEmpty {
      let bytes = Array(text.utf8)
      if let range = bytes.firstRange(of: Array(stop.utf8)) {
        text = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
        isCut = true
      }
    }
    let note: AnswerNote? =
      end == .refusal ? .refused : end == .limit && !isCut ? .truncated : isEmptyBefore ? .empty : nil
    return (text, note)
  }
}

extension [UInt8] {
  func firstRange(of other: [UInt8]) -> Range<Int>? {
    guard let first = other.first, other.count <= count else { return nil }
    for start in 0...count - other.count
    where self[start] == first && self[start..<start + other.count].elementsEqual(other) {
      return start..<start + other.count
    }
    return nil
  }

  func lastRange(of other: [UInt8]) -> Range<Int>? {
    guard !other.isEmpty, other.count <= count else { return nil }
    for start in (0...count - other.count).reversed()
    where self[start..<start + other.count].elementsEqual(other) {
      return start..<start + other.count
    }
    return nil
  }
}
