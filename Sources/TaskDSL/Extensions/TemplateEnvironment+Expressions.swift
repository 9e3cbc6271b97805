import Filters
import Patterns
import Templates
import Values

extension TemplateEnvironment {
  /// What the templates of our own keys may use: all that a task's prompts may, and helpers of our own.
  static let expressions: TemplateEnvironment = {
    var environment = TemplateEnvironment.tasks
    let patterns = PatternCache()
    environment.addFilter("normalize", normalizationNames.map { $0 + "=" }) {
      (value, arguments) throws(TemplateError) in
      let normalization = try TextNormalization(arguments)
      if let texts = value.asList { return .list(texts.map { .string(normalization.normalized($0.text)) }) }
      return .string(normalization.normalized(try value.readable()))
    }
    environment.addFilter("word_f1", ["target"]) { (value, arguments) throws(TemplateError) in
      let target = arguments[0] ?? .null
      let answer = try value.readable()
      var best = 0.0
      for right in target.asList ?? [target] { best = max(best, wordF1(answer, try right.readable())) }
      return .double(best)
    }
    environment.addFilter("regex_findall", ["pattern"]) { (value, arguments) throws(TemplateError) in
      let pattern = try patterns.found(arguments[0], by: "regex_findall")
      return try searching(pattern) { () throws(PatternError) in
        switch try pattern.findAll(in: value.text) {
        case .whole(let finds): .list(finds.map { .string($0) })
        case .groups(let finds): .list(finds.map { .list($0.map { .string($0) }) })
        }
      }
    }
    environment.addTest("matching", ["pattern"]) { (value, arguments) throws(TemplateError) in
      let pattern = try patterns.found(arguments[0], by: "matching")
      return try searching(pattern) { () throws(PatternError) in
        .bool(try pattern.firstMatch(in: value.text) != nil)
      }
    }
    return environment
  }()

  /// The options of `normalize`, in the order in which they may be given without names.
  private static let normalizationNames = ["lowercase", "punctuation", "articles", "accents", "whitespace"]
}

extension TextNormalization {
  fileprivate init(_ arguments: TemplateArguments) throws(TemplateError) {
    self.init()
    if let value = arguments[0] { isLowercase = value.isTruthy }
    try Self.set(&punctuation, arguments[1], "punctuation")
    try Self.set(&articles, arguments[2], "articles")
    try Self.set(&accents, arguments[3], "accents")
    try Self.set(&whitespace, arguments[4], "whitespace")
  }

  private static func set<Choice: RawRepresentable<String> & CaseIterable>(
    _ choice: inout Choice, _ value: Value?, _ name: String
  ) throws(TemplateError) {
    guard let value else { return }
    guard let given = Choice(rawValue: value.text) else {
      let names = Choice.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw TemplateError(
        .argument, "`normalize` has no \(name)=\(value.repr)", help: "\(name) is one of \(names)")
    }
    choice = given
  }
}

extension Value {
  /// The text of what is worth comparing.
  fileprivate func readable() throws(TemplateError) -> String {
    switch self {
    case .string, .int, .double, .bool: return text
    case .null, .list, .tuple, .map, .object:
      throw TemplateError(.type, "expected a text, found \(String(repr.prefix(60)))")
    }
  }
}

extension PatternCache {
  fileprivate func found(_ text: Value?, by name: String) throws(TemplateError) -> Pattern {
    do throws(PatternError) { return try pattern(text?.text ?? "") } catch {
      throw TemplateError(
        .argument, "`\(name)` cannot use the pattern `\(text?.text ?? "")`: \(error.message)")
    }
  }
}

private func searching(
  _ pattern: Pattern, _ search: () throws(PatternError) -> Value
) throws(TemplateError) -> Value {
  do throws(PatternError) { return try search() } catch {
    throw TemplateError(.argument, "`\(pattern.text)` could not be searched for: \(error.message)")
  }
}

/// How many words a text shares with the right one, as SQuAD has it: the harmonic mean of both shares, over words of
/// normalised texts.
private func wordF1(_ answer: String, _ target: String) -> Double {
  let normalization = TextNormalization()
  let given = normalization.normalized(answer).pythonWords.map(ExactText.init)
  let right = normalization.normalized(target).pythonWords.map(ExactText.init)
  if given.isEmpty || right.isEmpty { return given.isEmpty && right.isEmpty ? 1 : 0 }
  var left: [ExactText: Int] = [:]
  for word in right { left[word, default: 0] += 1 }
  var shared = 0
  for word in given where left[word, default: 0] > 0 {
    left[word, default: 0] -= 1
    shared += 1
  }
  if shared == 0 { return 0 }
  let precision = Double(shared) / Double(given.count)
  let recall = Double(shared) / Double(right.count)
  return 2 * precision * recall / (precision + recall)
}
