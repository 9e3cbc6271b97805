import ArgumentParser
import Backends
import Diagnostics
import Exchange
import Reports
import Values

/// Which model answers.
struct ModelOptions: ParsableArguments {
  @Option(
    name: [.customLong("model"), .customShort("M")],
    help: ArgumentHelp(
      "What answers; `assay ls backends` lists them. By default the small model that ships.",
      valueName: "backend"))
  var model: String?

  @Option(
    name: [.customLong("model_args"), .customShort("a")], parsing: .upToNextOption,
    help: ArgumentHelp("The backend's settings: key=value,… or JSON.", valueName: "items"))
  var arguments: [String] = []

  @Option(
    name: [.customLong("batch_size"), .customShort("b")],
    help: ArgumentHelp("How much is computed at once: a number, auto or auto:n.", valueName: "n"))
  var batchSize: String?

  @Option(
    name: [.customLong("max_batch_size")],
    help: ArgumentHelp("The largest batch that auto may choose.", valueName: "n"))
  var maxBatchSize: Int?

  @Option(
    name: [.customLong("device")],
    help: ArgumentHelp("Accepted as the harness has it; models are computed on the CPU.", valueName: "name")
  )
  var device: String?

  func validate() throws {
    _ = try KeyValues(arguments, flag: "--model_args")
    if let batchSize, batchSize.wholeMatch(of: /auto(:[0-9]*\.?[0-9]+)?|[1-9][0-9]*/) == nil {
      throw ValidationError("--batch_size is a number from 1 on, `auto` or `auto:n`, not `\(batchSize)`.")
    }
  }

  /// The backend's name, the shipped model's where none is given.
  var name: String { model ?? "native" }

  /// The backend's settings, those of other flags included.
  func settings() throws -> OrderedMap {
    var map = try KeyValues(arguments, flag: "--model_args").map
    if model == nil, map["pretrained"] == nil {
      guard let shipped = Surroundings.shippedModel else {
        throw ValidationError(
          "The model that ships was not found beside the program; name one with --model and --model_args.")
      }
      map["pretrained"] = .string(shipped)
    }
    return map
  }

  /// The settings as they may be shown and written: without keys and passwords.
  func shownSettings() throws -> OrderedMap { BackendRegistry.shown(try settings()) }

  /// Whether the server itself puts conversations into the model's format.
  func sendsConversations() throws -> Bool {
    BackendRegistry.builtin.takesConversations(name, try settings())
  }

  /// The flags given that say nothing to this backend.
  var idleFlags: [String] {
    let given: [(String, Bool)] = [
      ("batch_size", batchSize != nil), ("max_batch_size", maxBatchSize != nil),
      ("device", device.map { !["cpu", "auto"].contains($0) } ?? false),
    ]
    return given.filter { $0.1 && BackendRegistry.builtin.ignores($0.0, of: name) }.map { "--" + $0.0 }
  }

  /// What the arguments say to the chat template.
  func chatVariables() throws -> OrderedMap {
    let settings = try settings()
    var variables = settings["chat_template_args"]?.asMap ?? OrderedMap()
    if let thinks = settings["enable_thinking"], !thinks.isNull { variables["enable_thinking"] = thinks }
    return variables
  }

  /// The folder that holds the tokenizer and the chat template, if one is named.
  func tokenizerFolder() throws -> String? {
    let settings = try settings()
    return settings["tokenizer"]?.asString ?? settings["pretrained"]?.asString
  }

  /// - Parameter seed: where random answers start from.
  func backend(_ settings: OrderedMap, seed: Int) throws -> any Backend {
    let context = BackendContext(seed: seed, variable: Surroundings.variable) {
      Surroundings.say("note: \($0.message)")
    }
    do throws(BackendError) {
      return try BackendRegistry.builtin.make(name, settings, context)
    } catch {
      Failure.say(error)
      throw ExitCode(error.exitCode)
    }
  }
}

extension ModelOptions {
  /// What tells tokens, if a folder with a tokenizer is named.
  ///
  /// - Parameter folder: named by itself; otherwise the model's counts.
  func tokens(in folder: String? = nil) throws -> (any TokenFormat)? {
    var settings = try KeyValues(arguments, flag: "--model_args").map
    let isFolder = !BackendRegistry.builtin.ignores("pretrained", of: name)
    if let folder { settings["tokenizer"] = .string(folder) }
    guard let place = (isFolder ? settings["pretrained"]?.asString : nil) ?? folder else { return nil }
    do throws(BackendError) { return try ModelTokens(folder: place, settings: settings) } catch {
      Failure.say(error)
      throw ExitCode(1)
    }
  }
}

/// Says why something did not work.
enum Failure {
  static func say(_ error: BackendError) { say(error.message, error.help) }

  static func say(_ error: WriteError, _ help: String?) {
    say("cannot write \(error.path): \(error.reason)", help)
  }

  static func say(_ message: String, _ help: String?, note: String? = nil) {
    let paint = Surroundings.paint(isTerminal: Surroundings.isErrorTerminal)
    Surroundings.say(paint("error", "1;31") + ": " + message)
    if let note { Surroundings.say("  " + note.replacing("\n", with: "\n  ")) }
    if let help { Surroundings.say("  help: \(help)") }
  }
}

extension BackendError {
  /// The user's to mend, or the world's.
  var exitCode: Int32 {
    switch kind {
    case .unusable, .unanswerable, .tooLong: 1
    case .unreachable, .cancelled, .broken: 3
    }
  }
}
