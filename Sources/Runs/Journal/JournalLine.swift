public import Exchange
import Values

/// An answer as it is kept.
public struct KeptAnswer: Hashable, Sendable {
  public let answer: Answer
  public let note: AnswerNote?

  public init(_ answer: Answer, note: AnswerNote? = nil) {
    self.answer = answer
    self.note = note
  }
}

/// A line of a journal: an object whose last entry is a sum over all before it, so that damage shows.
enum JournalLine {
  /// With its line feed.
  static func bytes(_ key: RequestKey, _ kept: KeptAnswer) -> [UInt8] {
    let content: Value
    switch kept.answer {
    case .loglikelihood(let number, let isGreedy): content = .list([.double(number), .bool(isGreedy)])
    case .rolling(let number): content = .double(number)
    case .text(let text): content = .string(text)
    }
    var map: OrderedMap = ["key": .string("\(key)"), "answer": content]
    if let note = kept.note { map["note"] = .string(note.rawValue) }
    return sealed(map)
  }

  /// With its line feed.
  static func sealed(_ map: OrderedMap) -> [UInt8] {
    var bytes: [UInt8] = []
    Value.map(map).writeJSON(to: &bytes)
    bytes.removeLast()
    let sum = RequestKey.hexadecimal(sum(bytes[...]))
    bytes += Array("\(lead)\(sum)\"}\n".utf8)
    return bytes
  }

  /// The entries of a line without its line feed; nil for one that is damaged.
  static func opened(_ line: ArraySlice<UInt8>) -> OrderedMap? {
    let tail = lead.utf8.count + 18
    guard line.count > tail else { return nil }
    let content = line.dropLast(tail)
    let expected = Array("\(lead)\(RequestKey.hexadecimal(sum(content)))\"}".utf8)
    guard line.suffix(tail).elementsEqual(expected) else { return nil }
    return (try? Value(json: line))?.asMap
  }

  static func entry(_ map: OrderedMap) -> (key: RequestKey, kept: KeptAnswer)? {
    guard let key = map["key"]?.asString.flatMap(RequestKey.init(_:)), let content = map["answer"] else {
      return nil
    }
    let answer: Answer
    switch content {
    case .string(let text): answer = .text(text)
    case .double(let number): answer = .rolling(number)
    case .list(let pair):
      guard pair.count == 2, case .double(let number) = pair[0], case .bool(let isGreedy) = pair[1] else {
        return nil
      }
      answer = .loglikelihood(number, isGreedy: isGreedy)
    default: return nil
    }
    return (key, KeptAnswer(answer, note: map["note"]?.asString.flatMap(AnswerNote.init(rawValue:))))
  }

  private static let lead = ", \"sum\": \""

  /// Fowler, Noll and Vo's hash, FNV-1a with 64 bits: it is there to notice accidents.
  private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return sum
  }
}
