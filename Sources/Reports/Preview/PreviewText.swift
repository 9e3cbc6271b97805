import Diagnostics
import Exchange
import Metrics
import Runs
import TaskDSL
import Values

/// Previews as a person reads them on a terminal or in a file.
///
/// Colours tell where each part of a prompt comes from; where there are none, marks at the left do.
public struct PreviewText: Sendable {
  let paint: Diagnostic.Paint
  let isColoured: Bool
  let visible: VisibleText
  /// For what is no part of a prompt.
  private let safe = VisibleText(showsSpace: false)

  public init(isColoured: Bool, showsSpace: Bool = false) {
    self.isColoured = isColoured
    paint = isColoured ? .colours : .plain
    visible = VisibleText(showsSpace: showsSpace)
  }

  /// All tasks with what explains the marks at the end.
  public func text(of tasks: [TaskPreview]) -> String {
    var out = ""
    var groups: [String] = []
    for task in tasks {
      out += groupLines(task.groups, after: groups, tasks)
      groups = task.groups
      if !task.missing.isEmpty { out += outline(of: task) }
      for document in task.documents { out += text(of: document, of: task) + "\n" }
    }
    return out + legend(tasks)
  }

  private func groupLines(_ groups: [String], after last: [String], _ tasks: [TaskPreview]) -> String {
    guard groups != last else { return "" }
    let common = zip(groups, last).prefix { $0 == $1 }.count
    return groups.indices.dropFirst(common).map { level in
      let names = tasks.filter { $0.groups.starts(with: groups[...level]) }.map(\.name)
      let count = "\(names.count) task\(names.count == 1 ? "" : "s")"
      return paint("▣ group \(safe(groups[level])) · \(count): \(names.joined(separator: ", "))", "1")
        + "\n"
    }.joined()
  }

  /// One document: its prompts, what follows them, and what is known about them.
  public func text(of document: DocumentPreview, of task: TaskPreview) -> String {
    var out = paint("━━ \(safe(task.heading(document)))", "1") + "\n"
    for context in document.contexts { out += text(of: context, task) }
    if let origin = task.origin(of: document.examples) { out += label("examples") + safe(origin) + "\n" }
    for warning in task.warnings(document) { out += paint("warning", "1;33") + ": \(warning)\n" }
    if task.outputType != .loglikelihoodRolling {
      out += label("gold") + shown(document.gold, or: document) + "\n"
    }
    for answer in document.answers { out += text(of: answer, document, task) }
    return out
  }

  private func label(_ word: String) -> String { paint(word + ": ", "2") }

  /// What is right, with its blanks as the prompts show them.
  private func shown(_ gold: String, or document: DocumentPreview) -> String {
    guard visible.showsSpace else { return visible(gold) }
    if let choice = document.goldChoice { return "\(choice) \(quoted(document.choices[choice]))" }
    return document.target.asString.map(quoted) ?? visible(gold)
  }

  /// A text in quotes: as Python prints it, or with its white space made visible.
  func quoted(_ text: String) -> String {
    guard visible.showsSpace else { return visible(pythonRepr(text)) }
    return "'" + visible(text).replacing("⏎\n", with: "⏎") + "'"
  }

  // MARK: - Prompts

  private func text(of context: ContextPreview, _ task: TaskPreview) -> String {
    var out = ""
    for message in context.conversation {
      out += paint("[\(message.role.rawValue)]", "2") + " " + quoted(message.content) + "\n"
    }
    if !context.conversation.isEmpty { out += paint("the chat template makes of these:", "2") + "\n" }
    let first = context.requests.first
    let isScored = task.outputType == .loglikelihoodRolling
    out += prompt(context.parts)
    out += isScored ? "" : paint("▏", "2")
    if let tokens = first?.tokens { out += count(isScored ? tokens.count : tokens.context.count) }
    out += "\n"
    out += tokenLines(context, task)
    for request in context.requests { out += follow(request, task) }
    return out
  }

  /// The parts after one another; without colours their marks stand at the left of the lines they begin in.
  func prompt(_ parts: [PromptPart]) -> String {
    let parts = parts.filter { !$0.text.isEmpty }
    if isColoured {
      return parts.map { part in
        // Each line by itself, so that a pager that goes line by line keeps the colour.
        visible(part.text).split(separator: "\n", omittingEmptySubsequences: false).map {
          $0.isEmpty ? "" : paint(String($0), part.origin.colour)
        }.joined(separator: "\n")
      }.joined()
    }
    guard Self.needsMarks(parts) else { return parts.map { visible($0.text) }.joined() }
    return marked(parts)
  }

  private static func needsMarks(_ parts: [PromptPart]) -> Bool { parts.contains { $0.origin != .question } }

  private func marked(_ parts: [PromptPart]) -> String {
    var lines: [(marks: [String], text: String)] = [([], "")]
    for part in parts {
      if !lines[lines.count - 1].text.isEmpty { lines[lines.count - 1].text += "▏" }
      lines[lines.count - 1].marks.append(part.origin.mark)
      let own = visible(part.text).split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in own.enumerated() {
        if index > 0 { lines.append(([], "")) }
        lines[lines.count - 1].text += line
      }
    }
    let margins = lines.map { $0.marks.joined(separator: " ") }
    let width = margins.map(\.count).max() ?? 0
    return zip(margins, lines).map { margin, line in
      margin + String(repeating: " ", count: width - margin.count) + " │ " + line.text
    }.joined(separator: "\n")
  }

  private func follow(_ request: RequestPreview, _ task: TaskPreview) -> String {
    guard let continuation = request.continuation else {
      return task.ending.map { paint("» \(safe($0))", "2") + "\n" } ?? ""
    }
    let colour = request.isGold ? "1;32" : "32"
    return paint("» ", "2") + paint(quoted(continuation), colour)
      + (request.tokens.map { count($0.continuation.count) } ?? "") + "\n"
  }

  private func count(_ tokens: Int) -> String {
    paint("  [\(tokens) token\(tokens == 1 ? "" : "s")]", "2")
  }

  // MARK: - Tokens

  private func tokenLines(_ context: ContextPreview, _ task: TaskPreview) -> String {
    let longest = context.requests.max { ($0.tokens?.count ?? 0) < ($1.tokens?.count ?? 0) }
    guard let longest, let tokens = longest.tokens else { return "" }
    var out = ""
    let parts = context.parts.filter { !$0.text.isEmpty }
    if parts.count > 1 {
      let counts = parts.map { "\($0.origin.name) \($0.tokens ?? 0)" }
      out += label("tokens") + paint(counts.joined(separator: ", "), "2") + "\n"
    }
    out += label("first and last") + paint(border(tokens), "2") + "\n"
    if !tokens.movedSpace.isEmpty {
      out +=
        paint("note", "1;34")
        + ": the context ends in white space, \(quoted(tokens.movedSpace)), which is scored with what follows\n"
    }
    if tokens.isMerged {
      out +=
        paint("note", "1;34")
        + ": a token reaches over the border, so that what is scored begins inside a word\n"
    }
    if let fit = task.fit(longest) {
      out +=
        fit.hasPrefix("too long") ? paint("warning", "1;33") + ": \(fit)\n" : label("length") + "\(fit)\n"
    }
    return out
  }

  /// The tokens at both ends, and where the context ends.
  func border(_ tokens: TokenizedRequest) -> String {
    let before = ends(of: tokens.context, 3)
    let after = ends(of: tokens.continuation, 4)
    return [before, after].filter { !$0.isEmpty }.joined(separator: " ┃ ")
  }

  private func ends(of tokens: [Token], _ count: Int) -> String {
    let words = tokens.map { quoted($0.text) }
    if words.count <= 2 * count { return words.joined(separator: " ") }
    return (words.prefix(count) + ["…"] + words.suffix(count)).joined(separator: " ")
  }
}

// MARK: - Answers

extension PreviewText {
  fileprivate func text(of answer: AnswerPreview, _ document: DocumentPreview, _ task: TaskPreview) -> String
  {
    let given = answer.given.asString.map(quoted) ?? visible(answer.given.repr)
    var out = label("answer") + (answer.given.asMap?["resps"].map { visible($0.repr) } ?? given)
    if let choice = answer.choice { out += ", choice \(choice) \(quoted(document.choices[choice]))" }
    out += "\n"
    if let trouble = answer.trouble { return out + "  " + paint("error", "1;31") + ": \(safe(trouble))\n" }
    for trace in answer.traces { out += text(of: trace, task) }
    return out
  }

  private func text(of trace: AnswerTrace, _ task: TaskPreview) -> String {
    var out = "  " + paint(safe(trace.pipeline), "1") + "\n"
    let labels = trace.steps.enumerated().map {
      safe(task.label(ofStep: $0.offset, named: $0.element.name, in: trace.pipeline))
    }
    let width = min(40, labels.map(\.count).max() ?? 0)
    // What a chosen choice is turned into says nothing: the numbers are made up.
    if trace.responses.count == 1, task.outputType == .generateUntil {
      for (label, step) in zip(labels, trace.steps) {
        let padding = String(repeating: " ", count: max(0, width - label.count))
        let left = step.left.map { visible($0.repr) }.joined(separator: " ")
        out += "    \(label)\(padding) \(paint("→", "2")) \(left)\n"
      }
    }
    for score in trace.scores {
      let isFull = score.isFull
      let number = paint(score.value.repr, isFull ? "1;32" : "1;31")
      out += "    \(safe(score.metric)) = \(number)\n"
    }
    if let failure = trace.failure {
      out += "    " + paint("error", "1;31") + ": \(safe(failure.message))\n"
      if let help = failure.help { out += "      help: \(safe(help))\n" }
    }
    return out
  }
}

// MARK: - What explains the rest

extension PreviewText {
  fileprivate func legend(_ tasks: [TaskPreview]) -> String {
    var seen: [String] = []
    var words: [String] = []
    let parts = tasks.flatMap(\.documents).flatMap(\.contexts).flatMap(\.parts).filter { !$0.text.isEmpty }
    for part in parts where !seen.contains(part.origin.family) {
      seen.append(part.origin.family)
      let mark = part.origin.mark.replacing("1", with: "n")
      words.append(
        isColoured ? paint(part.origin.family, part.origin.colour) : "\(mark) \(part.origin.family)")
    }
    guard words.count > 1 else { return "" }
    let end = "▏ where \(isColoured ? "" : "parts meet, and where ")the prompt ends"
    return (words + [paint(end, "2")]).joined(separator: paint(" · ", "2")) + "\n"
  }

  /// What is known of a task without its rows.
  fileprivate func outline(of task: TaskPreview) -> String {
    let examples = "\(task.shots) example\(task.shots == 1 ? "" : "s")"
    var out =
      paint("━━ \(safe(task.name)) · no rows · \(examples) · \(task.outputType.rawValue)", "1") + "\n"
    for reason in task.missing { out += paint("missing", "1;33") + ": \(safe(reason))\n" }
    for key in Self.outlined {
      guard let value = task.configuration[key], value != "", value != [] else { continue }
      let text = value.asString.map(quoted) ?? visible(value.repr)
      out += "  \(key)\(String(repeating: " ", count: max(0, 18 - key.count))) \(text)\n"
    }
    return out + "\n"
  }

  private static let outlined = [
    "description", "doc_to_text", "doc_to_choice", "doc_to_target", "gen_prefix", "target_delimiter",
    "fewshot_delimiter", "generation_kwargs", "filter_list", "metric_list",
  ]
}
