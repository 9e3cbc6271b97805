import Patterns
import Values

/// Removes from answers what does not matter when they are compared.
///
/// The harness does so in NumPy arrays of texts, which shows: a list that mixes texts with numbers becomes
/// texts; letters that grow in lower case (`İ`) are cut back to the longest text's length; NUL at the end is
/// lost.
struct AnswerCleaning: Sendable {
  let patterns: [Pattern]?
  let ignoresCase, ignoresPunctuation, ignoresDigits: Bool

  private var changesTexts: Bool {
    patterns?.isEmpty == false || ignoresCase || ignoresPunctuation || ignoresDigits
  }

  func clean(_ answers: [Value]) throws(MetricError) -> [Value] {
    var texts: [String] = []
    // Regular expressions come before the array, so there a number stays one and cannot be searched.
    let searches = patterns?.isEmpty == false
    let hasText =
      answers.contains { $0.asString != nil } && !(searches && answers.contains { $0.asString == nil })
    for answer in answers {
      switch answer {
      case .string(let it): texts.append(it)
      case .int, .double, .bool:
        if hasText { texts.append(answer.text) }
      default: break
      }
    }
    guard hasText, texts.count == answers.count else {
      if changesTexts {
        throw MetricError("only texts can be compared loosely, not \(Value.list(answers).repr)")
      }
      return answers
    }
    return try clean(texts).map { .string($0) }
  }

  private func clean(_ texts: [String]) throws(MetricError) -> [String] {
    var texts = texts
    for pattern in patterns ?? [] {
      var changed: [String] = []
      for text in texts { changed.append(try removed(pattern, from: text)) }
      texts = changed
    }
    let width = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
    return texts.map { text in
      var scalars = text.unicodeScalars
      if ignoresCase {
        scalars = String.UnicodeScalarView(text.pythonLowercased.unicodeScalars.prefix(width))
      }
      if ignoresPunctuation { scalars.removeAll(where: \.isASCIIPunctuation) }
      if ignoresDigits { scalars.removeAll { ("0"..."9").contains($0) } }
      while scalars.last == "\0" { scalars.removeLast() }
      return String(scalars)
    }
  }

  private func removed(_ pattern: Pattern, from text: String) throws(MetricError) -> String {
    do throws(PatternError) {
      return try pattern.replacing(in: text, with: "")
    } catch {
      throw MetricError("`\(pattern.text)` could not be searched for: \(error.message)")
    }
  }
}

extension Unicode.Scalar {
  var isASCIIPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
