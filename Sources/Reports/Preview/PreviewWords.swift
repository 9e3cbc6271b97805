import Exchange
import Metrics
import TaskDSL
import Values

extension TaskPreview {
  /// What a document's view is headed by.
  func heading(_ document: DocumentPreview) -> String {
    let count = document.contexts.reduce(0) { $0 + $1.requests.count }
    let examples = shots > 0 ? ", \(shots) example\(shots == 1 ? "" : "s")" : ""
    let kind = "\(outputType.rawValue) request\(count == 1 ? "" : "s")"
    return "\(name) · document \(document.id) of \(rowCount ?? 0)\(examples) · \(count) \(kind)"
  }

  /// Where a document's examples come from, in a sentence; nil where it has none.
  func origin(of shown: [ExamplePreview]) -> String? {
    guard let source = examples, !shown.isEmpty else { return nil }
    let numbers = shown.map { $0.row.map(String.init) ?? "?" }
    let rows = "row\(numbers.count == 1 ? "" : "s") \(numbers.joined(separator: ", "))"
    let place = source.split.map { "`\($0)`" } ?? "the task's own list"
    return "\(rows) of \(place), \(source.choosing)"
  }

  /// What is unsound about a document's examples, in a line each.
  func warnings(_ document: DocumentPreview) -> [String] {
    document.examples.enumerated().compactMap { shot, example in
      guard example.isEvaluatedRow else { return nil }
      return "example \(shot + 1) is the evaluated row itself, answer included"
    }
  }

  /// How a generated answer ends.
  var ending: String? {
    generation.map { options in
      let stops = options.until.map(pythonRepr).joined(separator: ", ")
      return "until \(stops), at most \(options.maxTokens) tokens"
    }
  }

  /// How far a request fits into what the model reads at once; nil where that is not known.
  func fit(_ request: RequestPreview) -> String? {
    guard let contextLength, let tokens = request.tokens else { return nil }
    switch request.request.ask {
    case .generate(_, let options):
      let room = contextLength - options.maxTokens
      let excess = tokens.context.count - room
      let words = "\(tokens.context.count) + \(options.maxTokens) to write, of \(contextLength)"
      return excess > 0 ? "too long: \(words); the first \(excess) are cut off" : words
    case .loglikelihood:
      // The last token is only predicted, never read.
      let excess = tokens.count - contextLength - 1
      let words = "\(tokens.count) of \(contextLength)"
      return excess > 0 ? "too long: \(words); the first \(excess) are cut off" : words
    case .loglikelihoodRolling:
      let windows = (tokens.count + contextLength - 1) / max(1, contextLength)
      return "\(tokens.count) of \(contextLength)" + (windows > 1 ? ", read in \(windows) windows" : "")
    }
  }

  /// The step as the task writes it: its name and what stands beside it.
  func label(ofStep index: Int, named name: String, in pipeline: String) -> String {
    let written = configuration["filter_list"]?.asList?.last { $0.asMap?["name"]?.asString == pipeline }
    let steps = written?.asMap?["filter"]?.asList ?? []
    guard steps.indices.contains(index), let step = steps[index].asMap else { return name }
    let options = step.filter { $0.0 != "function" }.map { "\($0.0.text)=\(Self.written($0.1))" }
    return ([name] + options).joined(separator: " ")
  }

  /// A pattern is shown as it is: with its backslashes doubled nobody would know it again.
  private static func written(_ option: Value) -> String {
    guard let text = option.asString, !text.contains("'"),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
    else { return option.repr }
    return "'\(text)'"
  }
}

extension ExampleSource {
  /// How the examples are chosen, in words.
  var choosing: String {
    switch way {
    case .random(let seed):
      "drawn from \(pool.count) with seed \(seed)" + (isExcluding ? ", without this row" : "")
    case .first: "the first of \(pool.count)"
    case .function(let name): "chosen from \(pool.count) by `\(name)`"
    }
  }

  /// The name of the way, for programs.
  var sampler: String {
    switch way {
    case .random: "default"
    case .first: "first_n"
    case .function(let name): name
    }
  }
}

extension DocumentPreview {
  /// What is right, as Python would print it, a choice with its number.
  var gold: String {
    if let goldChoice { return "\(goldChoice) \(pythonRepr(choices[goldChoice]))" }
    return target.repr
  }
}

extension Piece.Origin {
  /// A short mark for where there are no colours.
  var mark: String {
    switch self {
    case .system: "S"
    case .description: "D"
    case .shotQuestion(let shot): "\(shot + 1)Q"
    case .shotAnswer(let shot): "\(shot + 1)A"
    case .question: "Q"
    case .answerPrefix: "P"
    }
  }

  /// Its colour on a terminal.
  var colour: String {
    switch self {
    case .system: "35"
    case .description: "36"
    case .shotQuestion: "34"
    case .shotAnswer: "32"
    case .question: "1"
    case .answerPrefix: "33"
    }
  }

  /// The same for all examples.
  var family: String {
    switch self {
    case .shotQuestion: "example's question"
    case .shotAnswer: "example's answer"
    case .answerPrefix: "start of the answer"
    default: name
    }
  }
}
