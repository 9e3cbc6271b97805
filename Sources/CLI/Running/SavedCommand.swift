import ArgumentParser
import Foundation
import Runs
import Values

/// The flags of a run as its journal keeps them, enough to plan and score it again.
struct SavedCommand {
  /// Flags that shape requests or scores; others, which may hold secrets, are never written down.
  private static let kept: Set = [
    "tasks", "include_path", "dataset_mirror", "num_fewshot", "limit", "samples", "gen_kwargs",
    "system_instruction", "seed", "metadata", "apply_chat_template", "fewshot_as_multiturn", "predict_only",
    "confirm_run_unsafe_code", "strict_compat", "python", "python_timeout", "python_memory", "model",
    "model_args",
    "bootstrap_iters", "batch_size", "device", "log_samples",
  ]

  private static let shortNames = Dictionary(
    uniqueKeysWithValues: ConfigurationFile.shortNames.map { ("-\($0)", "--\($1)") })

  /// A flag's long name, and its words as they were given.
  typealias Flag = (name: String, words: [String])

  let flags: [Flag]

  init(_ arguments: [String]) {
    var flags: [Flag] = []
    for word in arguments {
      let name = word.prefix { $0 != "=" }
      let long = Self.shortNames[String(name)] ?? String(name)
      if long.hasPrefix("--"), long.count > 2 {
        flags.append((String(long.dropFirst(2)), [long + word.dropFirst(name.count)]))
      } else if !flags.isEmpty {
        flags[flags.count - 1].words.append(word)
      }
    }
    self.flags = flags
  }

  /// The command line of this process.
  static func current() throws -> SavedCommand {
    var arguments = try ConfigurationFile.expanded(Assay.normalized(Array(CommandLine.arguments.dropFirst())))
    if let word = arguments.first, !word.hasPrefix("-") { arguments.removeFirst() }
    return SavedCommand(arguments)
  }

  /// What a journal may hold.
  var keepable: [String] {
    flags.filter { Self.kept.contains($0.name) && $0.name != "model_args" }.flatMap(\.words)
  }

  /// Its flags with those of another in the place of those of the same name.
  func over(_ other: [String]) -> [String] {
    let given = Set(flags.map(\.name))
    return SavedCommand(other).flags.filter { !given.contains($0.name) }.flatMap(\.words)
      + flags.flatMap(\.words)
  }
}
