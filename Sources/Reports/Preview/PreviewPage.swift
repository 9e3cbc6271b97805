import Exchange
import Metrics
import Runs
import TaskDSL
import Values

/// Previews as one HTML file that needs nothing else: no scripts, styles, fonts or pictures from elsewhere.
public struct PreviewPage: Sendable {
  public let title: String
  /// Whether white space is visible when the page is opened.
  public let showsSpace: Bool

  public init(title: String, showsSpace: Bool = false) {
    self.title = title
    self.showsSpace = showsSpace
  }

  public func html(of tasks: [TaskPreview]) -> String {
    var body: [String] = []
    for (index, task) in tasks.enumerated() { body += section(task, index) }
    let folding = "<label><input type=\"checkbox\" id=\"shots\"> all examples</label>"
    return PageFrame(title: title, showsSpace: showsSpace).html(
      tools: tasks.contains { $0.shots > 0 } ? folding : "",
      head: "<ul class=\"legend\" aria-label=\"Colours\">\(Self.legend(tasks))</ul>\n\(Self.contents(tasks))",
      body: body)
  }

  // MARK: - Text

  private static func escaped(_ text: String) -> String { PageFrame.escaped(text) }

  /// A part of a prompt, whose white space can be made visible.
  private static func span(_ kind: String, _ text: String) -> String {
    "<span class=\"t \(kind)\">\(escaped(text))</span>"
  }

  private static func remark(_ label: String, _ text: String, kind: String = "") -> String {
    "<div class=\"remark \(kind)\"><b>\(label)</b> \(escaped(text))</div>"
  }

  // MARK: - Around

  private static func legend(_ tasks: [TaskPreview]) -> String {
    var seen: [String] = []
    let parts = tasks.flatMap(\.documents).flatMap(\.contexts).flatMap(\.parts).filter { !$0.text.isEmpty }
    for part in parts where !seen.contains(part.origin.styleClass) { seen.append(part.origin.styleClass) }
    let names = Dictionary(
      parts.map { ($0.origin.styleClass, $0.origin.family) }, uniquingKeysWith: { first, _ in first })
    let known = seen.map { "<li class=\"\($0)\">\(escaped(names[$0] ?? ""))</li>" }
    let isChoosing = tasks.contains { $0.outputType == .multipleChoice || $0.outputType == .loglikelihood }
    return (known + (isChoosing ? ["<li class=\"choice\">what is scored</li>"] : [])).joined()
  }

  private static func contents(_ tasks: [TaskPreview]) -> String {
    guard tasks.count > 1 else { return "" }
    let links = tasks.enumerated().map { index, task in
      "<a href=\"#task\(index)\">\(escaped((task.groups + [task.name]).joined(separator: " › ")))</a>"
    }
    return "<nav>\(links.joined(separator: " "))</nav>"
  }

  private func section(_ task: TaskPreview, _ index: Int) -> [String] {
    let path = task.groups.map { "\(Self.escaped($0)) › " }.joined()
    var facts = [task.outputType.rawValue, "\(task.shots) example\(task.shots == 1 ? "" : "s")"]
    if let split = task.split, let count = task.rowCount { facts.append("\(count) rows in \(split)") }
    var out = [
      "<section id=\"task\(index)\">",
      "<h2><small>\(path)</small>\(Self.escaped(task.name)) <small>\(Self.escaped(facts.joined(separator: " · ")))</small></h2>",
    ]
    for reason in task.missing { out.append(Self.remark("missing", reason, kind: "warning")) }
    if !task.missing.isEmpty {
      out.append(
        "<div class=\"prompt t\">\(Self.escaped(Value.map(task.configuration).json(indent: 2)))</div>")
    }
    for document in task.documents { out += article(document, task) }
    return out + ["</section>"]
  }

  // MARK: - Documents

  private func article(_ document: DocumentPreview, _ task: TaskPreview) -> [String] {
    var out = ["<article>", "<h3>document \(document.id)</h3>"]
    for warning in task.warnings(document) { out.append(Self.remark("warning", warning, kind: "warning")) }
    for context in document.contexts { out += self.context(context, document, task) }
    if let ending = task.ending { out.append(Self.remark("answered", ending)) }
    if task.outputType != .loglikelihoodRolling, document.goldChoice == nil || task.generation != nil {
      let gold = document.target.asString ?? document.target.repr
      out.append("<div class=\"remark\"><b>gold</b> \(Self.span("gold", gold))</div>")
    }
    if let origin = task.origin(of: document.examples) {
      out.append(Self.remark("examples", origin.replacing("`", with: "")))
    }
    for answer in document.answers { out += self.answer(answer, document, task) }
    out.append(
      "<details class=\"row\"><summary>the row</summary><div class=\"t\">\(Self.escaped(Value.map(document.row).json(indent: 2)))</div></details>"
    )
    return out + ["</article>"]
  }

  private func context(_ context: ContextPreview, _ document: DocumentPreview, _ task: TaskPreview)
    -> [String]
  {
    var out: [String] = []
    if !context.conversation.isEmpty {
      let messages = context.conversation.map {
        "<div class=\"message\"><b>\($0.role.rawValue)</b> \(Self.span("", $0.content))</div>"
      }
      out.append("<details><summary>\(messages.count) messages</summary>\(messages.joined())</details>")
    }
    out.append(
      "<div class=\"prompt\">" + parts(context.parts, document, task) + "<i class=\"end\"></i></div>")
    out += tokens(context, task)
    let asked = context.requests.filter { $0.continuation != nil }
    if !asked.isEmpty {
      out.append("<ul class=\"choices\">")
      out += asked.map(continuation)
      out.append("</ul>")
    }
    return out
  }

  /// Each example can be folded away.
  private func parts(_ parts: [PromptPart], _ document: DocumentPreview, _ task: TaskPreview) -> String {
    var out = ""
    var open: Int?
    for part in parts where !part.text.isEmpty {
      if open != part.origin.shot {
        if open != nil { out += "</details>" }
        open = part.origin.shot
        if let shot = open {
          out += "<details class=\"shot\"><summary>\(summary(shot, document, task))</summary>"
        }
      }
      out += Self.span(part.origin.styleClass, part.text)
    }
    return out + (open == nil ? "" : "</details>")
  }

  private func summary(_ shot: Int, _ document: DocumentPreview, _ task: TaskPreview) -> String {
    guard document.examples.indices.contains(shot) else { return "example \(shot + 1)" }
    let example = document.examples[shot]
    let place = task.examples?.split ?? "the task's own list"
    let row = example.row.map { " · row \($0) of \(Self.escaped(place))" } ?? ""
    return "example \(shot + 1)\(row)"
      + (example.isEvaluatedRow ? " · <em>the evaluated row itself</em>" : "")
  }

  private func continuation(_ request: RequestPreview) -> String {
    let count = request.tokens.map { tokens in
      "<small>\(tokens.continuation.count) token\(tokens.continuation.count == 1 ? "" : "s")</small>"
    }
    let number = request.choice.map { "<small>\($0)</small> " } ?? ""
    return
      "<li\(request.isGold ? " class=\"right\"" : "")>\(number)\(Self.span("choice", request.continuation ?? "")) \(count ?? "")</li>"
  }

  private func tokens(_ context: ContextPreview, _ task: TaskPreview) -> [String] {
    let longest = context.requests.max { ($0.tokens?.count ?? 0) < ($1.tokens?.count ?? 0) }
    guard let longest, let tokens = longest.tokens else { return [] }
    let parts = context.parts.filter { !$0.text.isEmpty }.map { "\($0.origin.name) \($0.tokens ?? 0)" }
    var out = [
      Self.remark(
        "tokens", "\(tokens.context.count)" + (parts.count > 1 ? ": \(parts.joined(separator: ", "))" : "")),
      "<div class=\"remark\"><b>first and last</b> <code>"
        + "\(Self.escaped(PreviewText(isColoured: false).border(tokens)))</code></div>",
    ]
    if !tokens.movedSpace.isEmpty {
      out.append(
        Self.remark(
          "note",
          "the context ends in white space, \(pythonRepr(tokens.movedSpace)), which is scored with what follows"
        ))
    }
    if tokens.isMerged {
      out.append(
        Self.remark("note", "a token reaches over the border, so that what is scored begins inside a word"))
    }
    if let fit = task.fit(longest) {
      out.append(Self.remark("length", fit, kind: fit.hasPrefix("too long") ? "warning" : ""))
    }
    return out
  }

  // MARK: - Answers

  private func answer(_ answer: AnswerPreview, _ document: DocumentPreview, _ task: TaskPreview) -> [String] {
    let given = answer.given.asString ?? answer.given.repr
    let choice = answer.choice.map { ", choice \($0) \(pythonRepr(document.choices[$0]))" } ?? ""
    var out = [
      "<div class=\"answer\"><div class=\"remark\"><b>answer</b> \(Self.span("", given))\(Self.escaped(choice))</div>"
    ]
    if let trouble = answer.trouble { out.append(Self.remark("error", trouble, kind: "warning")) }
    for trace in answer.traces {
      out.append("<table><caption>\(Self.escaped(trace.pipeline))</caption>")
      if task.outputType == .generateUntil { out += steps(trace, task) }
      for score in trace.scores {
        let isFull = score.isFull
        out.append(
          "<tr><th>\(Self.escaped(score.metric))</th><td class=\"\(isFull ? "right" : "wrong")\">\(score.value.repr)</td></tr>"
        )
      }
      out.append("</table>")
      if let failure = trace.failure { out.append(Self.remark("error", failure.message, kind: "warning")) }
    }
    return out + ["</div>"]
  }

  private func steps(_ trace: AnswerTrace, _ task: TaskPreview) -> [String] {
    trace.steps.enumerated().map { index, step in
      let label = task.label(ofStep: index, named: step.name, in: trace.pipeline)
      let left = step.left.map(\.repr).joined(separator: " ")
      return
        "<tr><td><code>\(Self.escaped(label))</code></td><td><code>\(Self.escaped(left))</code></td></tr>"
    }
  }
}

extension Piece.Origin {
  /// The example that it belongs to.
  fileprivate var shot: Int? {
    switch self {
    case .shotQuestion(let shot), .shotAnswer(let shot): shot
    default: nil
    }
  }

  fileprivate var styleClass: String {
    switch self {
    case .system: "system"
    case .description: "description"
    case .shotQuestion: "shotquestion"
    case .shotAnswer: "shotanswer"
    case .question: "question"
    case .answerPrefix: "prefix"
    }
  }
}
