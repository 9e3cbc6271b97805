import Diagnostics
import Schema
import TaskDSL

/// Help that needs more than the place where a finding was made: what a key is elsewhere, and what stands before it.
enum FurtherHelp {
  /// Where keys belong that people put elsewhere.
  private static let places: [(place: String, keys: Set<String>)] = [
    (
      "generation_kwargs",
      ["until", "do_sample", "temperature", "top_p", "top_k", "max_gen_toks", "max_new_tokens", "max_tokens"]
    ),
    ("metadata", ["version"]),
    ("fewshot_config", ["sampler", "samples"]),
    ("dataset_kwargs", ["data_files", "data_dir", "trust_remote_code", "revision"]),
    (
      "an entry of `metric_list`",
      [
        "metric", "aggregation", "higher_is_better", "ignore_case", "ignore_punctuation", "ignore_numbers",
        "regexes_to_ignore",
      ]
    ),
    ("a step under `filter`", ["function", "regex_pattern", "group_select", "fallback"]),
    ("an entry of `filter_list`", ["filter"]),
    ("an entry of a group's `aggregate_metric_list`", ["weight_by_size"]),
  ]

  private static let taskKeys = Set(TaskDefinition.keys.map(\.name))

  static func added(to finding: Diagnostic, _ sources: Sources) -> Diagnostic {
    let help: String? =
      switch finding.code.name {
      case "unknown-key" where finding.fix == nil: place(of: finding, sources)
      case "duplicate-key": entry(of: finding, sources)
      default: nil
      }
    guard let help else { return finding }
    var better = finding
    better.help = help
    return better
  }

  private static func place(of finding: Diagnostic, _ sources: Sources) -> String? {
    guard let source = sources[finding.span.source] else { return nil }
    let key = source.text.bytes(from: finding.span.start, to: finding.span.end)
    let column = source.position(of: finding.span.start).column
    if column > 1, taskKeys.contains(key) { return "`\(key)` is a key of the task; move it out to the left" }
    guard let place = places.first(where: { $0.keys.contains(key) })?.place else { return nil }
    return "`\(key)` belongs into \(place.contains("`") ? place : "`\(place)`")"
  }

  /// Whoever forgets the hyphen of a list's entry gives the first key of the entry above again.
  private static func entry(of finding: Diagnostic, _ sources: Sources) -> String? {
    guard let first = finding.labels.first?.span, let source = sources[first.source], first.start >= 2,
      source.text.bytes(from: first.start - 2, to: first.start) == "- "
    else { return nil }
    return "begin another entry of the list with `- `, or remove one of them"
  }
}

extension String {
  fileprivate func bytes(from start: UInt32, to end: UInt32) -> String {
    String(decoding: utf8.dropFirst(Int(start)).prefix(Int(end) - Int(start)), as: UTF8.self)
  }
}
