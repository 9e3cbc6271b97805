import ArgumentParser
import Diagnostics
import Foundation
import Schema
import Values
import YAML

/// Names a file with flags.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: [.customLong("config"), .customShort("C")],
    help: ArgumentHelp(
      "A YAML file with flags as keys, without the hyphens; flags given here count before those in the file.",
      valueName: "file"))
  var configuration: String?
}

/// Flags in a YAML file, as the harness has them: its keys become arguments, unless the command line has them.
struct ConfigurationFile {
  /// What may stand under a key, and how it is said as an argument.
  enum Kind {
    /// Any scalar.
    case text
    /// Names, as a list or with commas.
    case names
    /// Several values, each an argument of its own.
    case texts
    /// A mapping, or a text of `key=value` items.
    case items
    case flag
    /// A text or a boolean.
    case optional
    case seeds
    /// A mapping as JSON, or a text.
    case json
    /// Whatever it says, it is only mentioned.
    case mention
  }

  static let keys: [(name: String, kind: Kind)] = [
    ("model", .text), ("model_args", .items), ("tasks", .names), ("num_fewshot", .text),
    ("batch_size", .text), ("max_batch_size", .text), ("device", .text), ("limit", .text), ("samples", .json),
    ("use_cache", .text), ("cache_requests", .mention), ("check_integrity", .flag), ("write_out", .flag),
    ("log_samples", .flag), ("output_path", .text), ("predict_only", .flag), ("system_instruction", .text),
    ("apply_chat_template", .optional), ("fewshot_as_multiturn", .optional), ("show_config", .flag),
    ("include_path", .texts), ("gen_kwargs", .items), ("verbosity", .text), ("wandb_args", .items),
    ("wandb_config_args", .items), ("hf_hub_log_args", .items), ("trackio_args", .items), ("seed", .seeds),
    ("trust_remote_code", .flag), ("confirm_run_unsafe_code", .flag), ("metadata", .items),
    ("bootstrap_iters", .text), ("dataset_mirror", .texts), ("fresh", .flag), ("max_failures", .text),
    ("shard", .text),
  ]

  /// Keys that only a run has; what shows prompts passes them over.
  private static let runKeys: Set = [
    "use_cache", "cache_requests", "check_integrity", "write_out", "log_samples", "output_path",
    "predict_only",
    "show_config", "verbosity", "wandb_args", "wandb_config_args", "hf_hub_log_args", "trackio_args",
    "trust_remote_code", "confirm_run_unsafe_code", "bootstrap_iters", "fresh", "max_failures", "shard",
  ]

  static let shortNames: [Character: String] = [
    "C": "config", "t": "tasks", "M": "model", "a": "model_args", "L": "limit", "c": "use_cache",
    "f": "num_fewshot", "b": "batch_size", "o": "output_path", "s": "log_samples", "E": "samples",
    "v": "verbosity", "w": "write_out", "x": "predict_only",
  ]

  /// The arguments with those of the file that `--config` names behind them.
  static func expanded(_ arguments: [String]) throws -> [String] {
    let word = arguments.first ?? ""
    guard word.hasPrefix("-") || ["run", "preview", "compile"].contains(word),
      let path = path(in: arguments)
    else { return arguments }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw ValidationError("--config: `\(path)` cannot be read.")
    }
    var sources = Sources()
    var findings = Findings()
    let own = given(in: arguments)
    var out = arguments
    let file = ConfigurationFile(isRun: word != "preview" && word != "compile")
    if let node = parseYAML(sources.add(name: path, text: text), &findings) {
      out += file.arguments(node, without: own, &findings)
    }
    FindingsPrinter(sources: sources).print(findings)
    if findings.hasErrors { throw ExitCode(2) }
    return out
  }

  private static func path(in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == "--config" || argument == "-C" { return arguments.dropFirst(index + 1).first }
      for lead in ["--config=", "-C="] where argument.hasPrefix(lead) {
        return String(argument.dropFirst(lead.count))
      }
    }
    return nil
  }

  /// The long names of the flags given.
  private static func given(in arguments: [String]) -> Set<String> {
    var names = Set<String>()
    for argument in arguments {
      let name = argument.prefix { $0 != "=" }
      if name.hasPrefix("--") {
        names.insert(String(name.dropFirst(2)))
      } else if name.hasPrefix("-") {
        names.formUnion(name.dropFirst().compactMap { shortNames[$0] })
      }
    }
    return names
  }

  let isRun: Bool

  private func arguments(_ node: Node, without given: Set<String>, _ findings: inout Findings) -> [String] {
    guard let entries = node.entries else {
      findings.add(.wrongType(node, expected: "a mapping of flags, such as `tasks: demo`"))
      return []
    }
    var out: [String] = []
    for entry in entries {
      let name = entry.key.value
      if name == "config" { continue }
      guard let kind = Self.keys.first(where: { $0.name == name })?.kind else {
        findings.add(.unknownKey(entry.key, among: Self.keys.map(\.name)))
        continue
      }
      let values = Self.values(entry.value, kind, &findings)
      if given.contains(name) || (!isRun && Self.runKeys.contains(name)) { continue }
      out += values.map { $0.isEmpty ? "--\(name)" : "--\(name)=\($0)" }
    }
    return out
  }

  /// What stands behind the flag, once for each time that it is given; empty for a flag that stands alone.
  private static func values(_ node: Node, _ kind: Kind, _ findings: inout Findings) -> [String] {
    if node.isNull {
      if case .seeds = kind { return ["None"] }
      return []
    }
    switch kind {
    case .flag: return Shape<Bool>.bool.read(node, &findings) == true ? [""] : []
    case .optional:
      if node.value == .bool(false) { return [] }
      return scalar(node, "text, true or false", &findings)
    case .text: return scalar(node, "a single value", &findings).filter { !$0.isEmpty }
    case .names:
      let names = (node.items ?? [node]).flatMap { scalar($0, "a name", &findings) }
      return names.isEmpty ? [] : [names.joined(separator: ",")]
    case .texts: return (node.items ?? [node]).flatMap { scalar($0, "a folder", &findings) }
    case .seeds:
      let seeds = (node.items ?? [node]).flatMap { $0.isNull ? ["None"] : scalar($0, "a number", &findings) }
      return [seeds.joined(separator: ",")]
    case .mention: return node.value.isTruthy ? ["true"] : []
    case .json:
      if node.entries == nil { return scalar(node, "a mapping", &findings) }
      return [node.value.json()]
    case .items: return items(node, &findings)
    }
  }

  private static func scalar(_ node: Node, _ expected: String, _ findings: inout Findings) -> [String] {
    guard let scalar = node.scalar, node.tag == nil else {
      findings.add(.wrongType(node, expected: expected))
      return []
    }
    if case .bool(let it) = scalar.value { return [it ? "true" : "false"] }
    return [scalar.text.text]
  }

  private static func items(_ node: Node, _ findings: inout Findings) -> [String] {
    if node.entries != nil { return [node.value.json()] }
    guard let text = node.text else {
      findings.add(.wrongType(node, expected: "a mapping, or a text of `key=value` items"))
      return []
    }
    guard let map = KeyValues.configured(text.text) else {
      findings.add(
        .error(
          "not-an-item", "between its commas, `\(text.text)` has something without `=`", at: node.span,
          help: "every comma parts items here, even in brackets; write a mapping, one `key: value` a line"))
      return []
    }
    return [Value.map(map).json()]
  }
}
