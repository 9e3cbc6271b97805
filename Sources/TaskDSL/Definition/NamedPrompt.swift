import Diagnostics
import Values
import YAML

/// What `use_prompt` names: a question, and from a file the answer too.
struct NamedPrompt {
  let text: FieldSource
  /// Nil where the task's own `doc_to_target` says it.
  let target: FieldSource?

  private static let builtin = [
    "qa-basic:question-newline-answer": "Question: {{question}}\nAnswer:",
    "qa-basic:q-newline-a": "Q: {{question}}\nA:",
  ]
}

extension NamedPrompt {
  init?(_ name: Located<String>, besides file: String, _ findings: inout Findings) {
    let parts = name.value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      findings.add(
        .error(
          "unknown-prompt", "`\(name.value)` is no `collection:name`", at: name.span,
          help: "write one colon, such as `qa-basic:q-newline-a`"))
      return nil
    }
    if let text = Self.builtin[name.value] {
      self.init(text: .text(EmbeddedText(text, at: name.span)), target: nil)
    } else if parts[0].contains(".yaml") {
      self.init(parts[1], in: parts[0], besides: file, at: name.span, &findings)
    } else {
      findings.add(.unknownPrompt(name, parts[0], among: Self.builtin.keys.sorted()))
      return nil
    }
  }

  /// A prompt of a file, which lies beside the task's or in the working folder.
  private init?(
    _ name: String, in path: String, besides file: String, at span: SourceSpan, _ findings: inout Findings
  ) {
    func fail(_ message: String, _ help: String? = nil) {
      findings.add(.error("unknown-prompt", message, at: span, help: help))
    }
    let places = [Paths.join(Paths.folder(of: file), path), path]
    let texts = places.compactMap { place -> String? in
      if case .success(let text) = Files.text(at: place) { text } else { nil }
    }
    guard let text = texts.first else {
      fail("there is no prompt file `\(path)`", "it is looked for beside the task file and in this folder")
      return nil
    }
    var sources = Sources()
    var own = Findings()
    let node = parseYAML(sources.add(name: path, text: text), &own)
    guard let node, !own.hasErrors else {
      fail("`\(path)` cannot be read: \(own.all.first { $0.severity == .error }?.message ?? "no YAML")")
      return nil
    }
    guard let prompts = node["prompts"], let entry = prompts[name] else {
      let names = node["prompts"]?.entries?.map(\.key.value) ?? []
      fail("`\(path)` has no prompt `\(name)`", names.nearest(to: name).map { "did you mean `\($0)`?" })
      return nil
    }
    guard entry["doc_to_choice"] == nil, let question = entry["doc_to_text"]?.text,
      let answer = entry["doc_to_target"]?.text
    else {
      fail("the prompt `\(name)` of `\(path)` needs `doc_to_text` and `doc_to_target`, and nothing else")
      return nil
    }
    // Places in that file are not told; its prompt is pointed at where the task names it.
    self.init(
      text: .text(EmbeddedText(question.text, at: span)), target: .text(EmbeddedText(answer.text, at: span)))
  }
}

extension TaskDefinition.PromptKeys {
  /// Puts a named prompt in the place of what the task and its examples say.
  mutating func use(_ prompt: NamedPrompt) {
    docToText = prompt.text
    fewshot.docToText = .value(prompt.text)
    guard let target = prompt.target else { return }
    docToTarget = target
    fewshot.docToTarget = .value(target)
  }
}

extension Diagnostic {
  fileprivate static func unknownPrompt(
    _ name: Located<String>, _ collection: String, among names: [String]
  ) -> Diagnostic {
    if collection == "promptsource" {
      return .error(
        "unknown-prompt", "the prompts of the Python package *promptsource* are not read", at: name.span,
        help: "write the prompt out as `doc_to_text`, `doc_to_target` and `doc_to_choice`")
    }
    let near = names.nearest(to: name.value)
    return .error(
      "unknown-prompt", "there is no prompt `\(name.value)`", at: name.span,
      help: near.map { "did you mean `\($0)`?" } ?? "there are \(names.joined(separator: ", "))",
      fix: near.map { .replace(name.span, with: $0) })
  }
}
