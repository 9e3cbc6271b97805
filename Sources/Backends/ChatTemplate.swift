import Diagnostics
public import Exchange
import Foundation
import Templates
import Tokenizers
public import Values

/// A checkpoint's own template for conversations, rendered as the `transformers` library does.
public struct ChatTemplate: ChatFormat {
  public let source: String
  /// Which of the checkpoint's templates it is.
  public let name: String
  private let template: Template
  private let specialTokens: OrderedMap
  /// What the user says to the template, such as `enable_thinking`.
  private let given: OrderedMap

  /// Reads `chat_template.jinja`, or else `chat_template` in `tokenizer_config.json`.
  ///
  /// - Parameters:
  ///   - wanted: one of several templates; nil for the one named `default`, or the only one.
  ///   - variables: what the template is told beside the conversation.
  public init(
    folder: String, named wanted: String? = nil, variables: OrderedMap = [:]
  ) throws(BackendError) {
    let config = try Self.config(folder)
    let templates = try Self.templates(folder, config)
    let (name, text) = try Self.choose(wanted, from: templates, folder)
    var findings = Findings()
    var sources = Sources()
    let origin = sources.add(name: "\(folder) (chat template)", text: text)
    guard let template = Template(EmbeddedText(text, at: origin.span), in: .chat, &findings) else {
      let words = findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n")
      throw BackendError(.unusable, "the chat template of \(folder) cannot be read\n\(words)")
    }
    self.name = name
    source = text
    self.template = template
    var tokens = OrderedMap()
    for (key, token) in [
      ("bos_token", config.bosToken), ("eos_token", config.eosToken), ("pad_token", config.padToken),
      ("unk_token", config.unkToken),
    ] {
      if let token { tokens[key] = .string(token) }
    }
    specialTokens = tokens
    given = variables
  }

  /// What marks, for a moment, the place where an open answer goes on.
  private static let mark = "CONTINUE_FINAL_MESSAGE_TAG "

  public func text(of messages: [ChatMessage], isAnswerOpen: Bool) throws(ChatError) -> String {
    var messages = messages
    if isAnswerOpen, !messages.isEmpty { messages[messages.count - 1].content += Self.mark }
    var variables = specialTokens
    variables.update(with: given)
    variables["messages"] = .list(
      messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
    variables["tools"] = .null
    variables["documents"] = .null
    variables["add_generation_prompt"] = .bool(!isAnswerOpen)
    let text: String
    do throws(TemplateError) { text = try template.render(variables) } catch {
      throw ChatError("the chat template refuses this conversation: \(error.message)", help: error.help)
    }
    return isAnswerOpen ? try Self.cut(text) : text
  }

  /// The text up to the mark; a template that trims its messages has lost the blank behind it.
  private static func cut(_ text: String) throws(ChatError) -> String {
    let word = mark.pythonStripped
    guard let place = text.range(of: word, options: [.backwards, .literal]) else {
      throw ChatError(
        "the chat template leaves out the start of the answer", help: "leave `gen_prefix` out of the task")
    }
    let before = String(text[..<place.lowerBound])
    return text[place.lowerBound...].utf8.starts(with: mark.utf8) ? before : before.pythonRightStripped
  }

  // MARK: - Files

  private static func config(_ folder: String) throws(BackendError) -> TokenizerConfig {
    let file = folder + "/tokenizer_config.json"
    do throws(TokenizerError) { return try TokenizerConfig(file: file) } catch {
      throw BackendError(.unusable, error.description, help: error.help)
    }
  }

  private static func templates(
    _ folder: String, _ config: TokenizerConfig
  ) throws(BackendError) -> [(name: String, text: String)] {
    if let bytes = FileManager.default.contents(atPath: folder + "/chat_template.jinja") {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw BackendError(.unusable, "\(folder)/chat_template.jinja is not UTF-8 text")
      }
      return [("default", text)]
    }
    switch config.chatTemplate {
    case .string(let text): return [("default", text)]
    case .list(let entries):
      return entries.compactMap(\.asMap).compactMap { entry in
        guard let name = entry["name"]?.asString, let text = entry["template"]?.asString else { return nil }
        return (name, text)
      }
    default: return []
    }
  }

  private static func choose(
    _ wanted: String?, from templates: [(name: String, text: String)], _ folder: String
  ) throws(BackendError) -> (String, String) {
    guard let first = templates.first else {
      throw BackendError(
        .unusable, "the checkpoint in \(folder) has no chat template",
        help: "leave out --apply_chat_template: a model without one was not trained on conversations")
    }
    // A name says nothing where there is only one.
    if templates.count == 1 { return first }
    let name = wanted ?? "default"
    if let found = templates.first(where: { $0.name == name }) { return found }
    let names = templates.map(\.name)
    throw BackendError(
      .unusable, "the checkpoint in \(folder) has no chat template named `\(name)`",
      help: names.nearest(to: name).map { "did you mean `\($0)`?" }
        ?? "there are \(names.joined(separator: ", "))")
  }
}

extension TemplateEnvironment {
  /// Jinja as `transformers` sets it up for conversations.
  fileprivate static let chat: TemplateEnvironment = {
    var environment = TemplateEnvironment.jinja
    environment.trimBlocks = true
    environment.lstripBlocks = true
    environment.keepTrailingNewline = false
    environment.allowsLoopControls = true
    environment.isLenient = true
    environment.addFunction("raise_exception", ["message"]) { arguments throws(TemplateError) in
      throw TemplateError(.raised, arguments[0]?.text ?? "")
    }
    environment.addFunction("strftime_now", ["format"]) { arguments throws(TemplateError) in
      .string(timeNow(arguments[0]?.text ?? ""))
    }
    environment.addFilter("tojson", ["ensure_ascii=", "indent=", "separators=", "sort_keys="]) {
      (value, arguments) throws(TemplateError) in .string(value.json(indent: arguments[1]?.asInt))
    }
    return environment
  }()
}

/// The local time in the format of C's `strftime`.
private func timeNow(_ format: String) -> String {
  var now = time(nil)
  var parts = tm()
  localtime_r(&now, &parts)
  var buffer = [CChar](repeating: 0, count: 256)
  let count = strftime(&buffer, buffer.count, format, &parts)
  return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
