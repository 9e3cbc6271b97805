import Exchange
import Values

/// One question in a prompt, with its answer where it is an example.
struct Turn {
  var question: String
  /// The start of the answer.
  var prefix: String?
  /// Nil or empty for the question that the model is to answer.
  var answer: String?
  var targetDelimiter: String
  var fewshotDelimiter: String

  /// The texts of the question and of the answer, each with what stands behind it.
  var texts: (question: String, answer: String) {
    let hasAnswer = answer?.isEmpty == false
    var delimiter = ""
    if let prefix {
      let isSpaced = question.endsWithSpace || prefix.startsWithSpace
      if !question.isEmpty, !isSpaced { delimiter = targetDelimiter }
    } else if hasAnswer {
      delimiter = targetDelimiter
    }
    let behind = hasAnswer ? joined(prefix ?? "", answer ?? "", by: " ") + fewshotDelimiter : prefix ?? ""
    return (question + delimiter, behind)
  }

  /// The turn as an example, numbered from 0.
  func pieces(ofShot shot: Int) -> [Piece] {
    let texts = texts
    return [Piece(texts.question, .shotQuestion(shot)), Piece(texts.answer, .shotAnswer(shot))]
  }

  /// The turn as the question that is asked.
  var questionPieces: [Piece] {
    let texts = texts
    return [Piece(texts.question, .question), Piece(texts.answer, .answerPrefix)]
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
