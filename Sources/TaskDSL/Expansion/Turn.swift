import Exchange
import Values

/// A part of a prompt: in plain text its content with what stands behind it, in a conversation a message of its own.
struct Message {
  var role: ChatMessage.Role
  var content: String
  /// What parts it from the next in plain text.
  var delimiter = ""
  var origin: Piece.Origin

  var piece: Piece { Piece(content + delimiter, origin) }
}

/// One question in a prompt, with its answer where it is an example.
struct Turn {
  var question: String
  /// The start of the answer.
  var prefix: String?
  /// Nil for the question that the model is to answer, and where an example has no answer.
  var answer: String?
  var targetDelimiter: String
  var fewshotDelimiter: String

  /// The turn as an example, numbered from 0.
  func messages(ofShot shot: Int) -> [Message] { messages(.shotQuestion(shot), .shotAnswer(shot)) }

  /// The turn as the question that is asked.
  var questionMessages: [Message] { messages(.question, .answerPrefix) }

  private func messages(_ asked: Piece.Origin, _ answered: Piece.Origin) -> [Message] {
    var delimiter = ""
    if let prefix {
      let isSpaced = question.endsWithSpace || prefix.startsWithSpace
      if !question.isEmpty, !isSpaced { delimiter = targetDelimiter }
    } else if answer != nil {
      delimiter = targetDelimiter
    }
    var messages = [Message(role: .user, content: question, delimiter: delimiter, origin: asked)]
    if let answer {
      let whole = joined(prefix ?? "", answer, by: " ")
      messages.append(
        Message(role: .assistant, content: whole, delimiter: fewshotDelimiter, origin: answered))
    } else if let prefix {
      messages.append(Message(role: .assistant, content: prefix, origin: answered))
    }
    return messages
  }
}

/// Puts `delimiter` between two texts unless one is empty or there is white space already.
func joined(_ prefix: String, _ suffix: String, by delimiter: String) -> String {
  if prefix.isEmpty { return suffix }
  if suffix.isEmpty { return prefix }
  return prefix.endsWithSpace || suffix.startsWithSpace ? prefix + suffix : prefix + delimiter + suffix
}

extension String {
  var endsWithSpace: Bool { unicodeScalars.last?.isPythonSpace ?? false }
  var startsWithSpace: Bool { unicodeScalars.first?.isPythonSpace ?? false }
}
