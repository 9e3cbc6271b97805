import ArgumentParser
import Backends
import Exchange
import Foundation
import TaskDSL
import Values

/// What changes the prompts of a run.
struct PromptOptions: ParsableArguments {
  @Option(
    name: [.customLong("num_fewshot"), .customShort("f")], parsing: .unconditional,
    help: ArgumentHelp("How many examples stand in each prompt; a task that says 0 keeps 0.", valueName: "n"))
  var shots: Int?

  @Option(
    name: [.customLong("limit"), .customShort("L")], parsing: .unconditional,
    help: ArgumentHelp("Only the first n documents of each task; below 1, a share of them.", valueName: "n"))
  var limit: Double?

  @Option(
    name: [.customLong("samples"), .customShort("E")],
    help: ArgumentHelp(
      "Only these documents: a JSON object of task names and lists of row numbers from 0, or a file with one.",
      valueName: "json"))
  var samples: String?

  @Option(
    name: [.customLong("gen_kwargs")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Settings for generation, laid over the tasks' own: key=value,… or JSON.", valueName: "items"))
  var generation: [String] = []

  @Option(
    name: [.customLong("system_instruction")],
    help: ArgumentHelp("A text before every prompt.", valueName: "text"))
  var systemInstruction: String?

  @Option(
    name: [.customLong("seed")], parsing: .unconditional,
    help: ArgumentHelp(
      "Seeds as the harness takes them: one for all, or python,numpy,torch,few-shot.", valueName: "seeds"))
  var seed: String?

  @Option(
    name: [.customLong("metadata")], parsing: .upToNextOption,
    help: ArgumentHelp("Notes laid over each task's metadata: key=value,… or JSON.", valueName: "items"))
  var metadata: [String] = []

  @Option(
    name: [.customLong("apply_chat_template")],
    help: ArgumentHelp(
      "Ask in the model's chat format; a name picks one of several templates. May stand alone.",
      valueName: "name"))
  var chatTemplate: String?

  @Option(
    name: [.customLong("fewshot_as_multiturn")],
    help: ArgumentHelp(
      "Whether examples are turns of the conversation (the default) or all in one message.", valueName: "bool"
    ))
  var multiturn: String?

  func validate() throws {
    if let limit, limit <= 0 { throw ValidationError("--limit is above 0, not \(pythonRepr(limit)).") }
    if let shots, shots < 0 { throw ValidationError("--num_fewshot is 0 or more, not \(shots).") }
    if limit != nil, samples != nil { throw ValidationError("--limit and --samples exclude each other.") }
    _ = try sampleNumbers()
    _ = try seeds()
    _ = try KeyValues(generation, flag: "--gen_kwargs")
    _ = try KeyValues(metadata, flag: "--metadata")
    _ = try isMultiturn()
  }

  private func sampleNumbers() throws -> [String: [Int]] {
    guard let samples else { return [:] }
    let text = (try? String(contentsOfFile: samples, encoding: .utf8)) ?? samples
    guard let map = (try? Value(json: text))?.asMap else {
      throw ValidationError("--samples is neither a JSON object like {\"task\": [0, 3]} nor a file with one.")
    }
    var numbers: [String: [Int]] = [:]
    for (task, value) in map {
      let list = value.asList?.compactMap(\.asInt)
      guard let list, list.count == value.asList?.count else {
        throw ValidationError("--samples: what stands under `\(task.text)` is no list of row numbers.")
      }
      numbers[task.text] = list
    }
    return numbers
  }

  /// Python's, NumPy's, PyTorch's and the examples' seed; only the last changes a prompt.
  func seeds() throws -> [Int?] {
    guard let seed else { return [0, 1234, 1234, 1234] }
    let parts = seed.split(separator: ",", omittingEmptySubsequences: false).map { String($0).pythonStripped }
    let numbers = try parts.map { part -> Int? in
      if part.lowercased() == "none" { return nil }
      guard let number = Int(part) else { throw ValidationError("--seed: `\(part)` is not a whole number.") }
      return number
    }
    switch numbers.count {
    case 1: return Array(repeating: numbers[0], count: 4)
    case 3: return numbers + [1234]
    case 4: return numbers
    default: throw ValidationError("--seed takes one, three or four numbers, not \(numbers.count).")
    }
  }

  /// Whether the model's chat format is wanted: the harness takes `false` for a template's name, people mean no.
  var isChat: Bool { chatTemplate.map { !["false", "0", "no"].contains($0.lowercased()) } ?? false }

  private func isMultiturn() throws -> Bool {
    guard let multiturn else { return true }
    let isOn = ["true", "1", "yes"].contains(multiturn.lowercased())
    if isOn, !isChat { throw ValidationError("--fewshot_as_multiturn needs --apply_chat_template.") }
    return isOn
  }

  /// The harness lays the model's arguments over each task's metadata too, where functions may read them.
  private func notes(_ model: ModelOptions) throws -> OrderedMap {
    var notes = BackendRegistry.shown(try KeyValues(model.arguments, flag: "--model_args").map)
    notes.update(with: try KeyValues(metadata, flag: "--metadata").map)
    return notes
  }

  /// The chat format of a model's folder, if one is wanted.
  private func chat(_ model: ModelOptions) throws -> (any ChatFormat)? {
    guard isChat else { return nil }
    do { return try chatTemplate(of: model) } catch let error as BackendError {
      Failure.say(error)
      throw ExitCode(error.exitCode)
    }
  }

  /// The chat format of a model's folder, or of its server; throws a `BackendError` where it has none.
  func chatTemplate(of model: ModelOptions) throws -> any ChatFormat {
    if try model.sendsConversations() { return MessageList() }
    guard let folder = try model.tokenizerFolder() else {
      throw ValidationError(
        "--apply_chat_template takes the template from the model's folder: give --model_args pretrained=FOLDER."
      )
    }
    let name = ["true", "1", "yes"].contains(chatTemplate?.lowercased() ?? "") ? nil : chatTemplate
    return try ChatTemplate(folder: folder, named: name, variables: try model.chatVariables())
  }

  /// - Parameter model: its folder holds the chat template, and its arguments are notes on every task.
  func compileOptions(
    _ model: ModelOptions, defaultLimit: Double? = nil, isChatIncluded: Bool = true
  ) throws -> CompileOptions {
    let fewshotSeed = try seeds()[3] ?? Int.random(in: 0...Int(UInt32.max))
    return CompileOptions(
      limit: limit ?? defaultLimit, samples: try sampleNumbers(), shots: shots,
      generation: try KeyValues(generation, flag: "--gen_kwargs").map,
      systemInstruction: systemInstruction, fewshotSeed: fewshotSeed,
      metadata: try notes(model), chat: isChatIncluded ? try chat(model) : nil,
      isMultiturn: try isMultiturn())
  }
}
