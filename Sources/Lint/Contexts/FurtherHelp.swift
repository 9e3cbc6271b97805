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

  /// What people call keys who know them from other tools, or by heart and not quite.
  private static let meant = [
    "gen_kwargs": "generation_kwargs", "generate_kwargs": "generation_kwargs",
    "generation_config": "generation_kwargs", "generation": "generation_kwargs",
    "valid_split": "validation_split", "val_split": "validation_split", "dev_split": "validation_split",
    "train_split": "training_split", "eval_split": "test_split", "split": "test_split",
    "few_shot_split": "fewshot_split", "dataset": "dataset_path", "dataset_repo": "dataset_path",
    "hf_repo": "dataset_path", "hf_dataset": "dataset_path", "dataset_config_name": "dataset_name",
    "dataset_config": "dataset_name", "config_name": "dataset_name", "subset": "dataset_name",
    "hf_subset": "dataset_name", "shots": "num_fewshot", "n_shot": "num_fewshot", "fewshot": "num_fewshot",
    "n_fewshot": "num_fewshot", "num_shots": "num_fewshot", "prompt": "doc_to_text", "input": "doc_to_text",
    "question": "doc_to_text", "target": "doc_to_target", "answer": "doc_to_target", "gold": "doc_to_target",
    "label": "doc_to_target", "choices": "doc_to_choice", "options": "doc_to_choice",
    "metrics": "metric_list", "metric": "metric_list", "filters": "filter_list", "filter": "filter_list",
    "system_prompt": "description", "alias": "task_alias", "pattern": "regex_pattern",
    "regex": "regex_pattern", "regexp": "regex_pattern", "group": "group_select", "default": "fallback",
    "stop": "until", "type": "output_type", "steps": "filter", "ignorecase": "ignore_case",
    "lowercase": "ignore_case", "case_insensitive": "ignore_case", "mapping": "mapping_dict",
  ]

  private static let taskKeys = Set(TaskDefinition.keys.map(\.name))

  static func added(to finding: Diagnostic, _ sources: Sources) -> Diagnostic {
    let help: String? =
      switch finding.code.name {
      case "unknown-key" where finding.fix == nil: place(of: finding, sources)
      case "argument-has-no-effect": weight(of: finding, sources)
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
    if let place = places.first(where: { $0.keys.contains(key) })?.place {
      return "`\(key)` belongs into \(place.contains("`") ? place : "`\(place)`")"
    }
    let word = key.lowercased().replacing("-", with: "_")
    guard let meant = meant[word], finding.help?.contains(meant) == true else { return nil }
    return "did you mean `\(meant)`?"
  }

  /// A group gathers under a key of its own; `metric_list` is a setting for its members.
  private static func weight(of finding: Diagnostic, _ sources: Sources) -> String? {
    guard let source = sources[finding.span.source],
      source.text.bytes(from: finding.span.start, to: finding.span.end) == "weight_by_size"
    else { return nil }
    return "a group's own numbers stand under `aggregate_metric_list`"
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
