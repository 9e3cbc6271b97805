import Diagnostics
import Foundation
import YAML

extension Fault {
  private static func set(
    _ kind: String, _ value: String, _ words: String...,
    at path: @escaping @Sendable (SoundFile) -> Node.Entry?
  ) -> Fault {
    let words = words
    return Fault(kind) { $0.setting(path($0), to: value, words: words) }
  }

  /// A member of a group that is written out in place of its name; the fault is in its last line.
  private static func member(
    _ kind: String, _ words: String..., lines: @escaping @Sendable (String) -> [String]
  )
    -> Fault
  {
    let words = words
    return Fault(kind) { file in
      guard file.isGroup, let items = file.root["task"]?.items, let item = items.last, let name = item.text,
        items[0].text != nil, file.source.position(of: item.span.start).column > 2
      else { return nil }
      let depth = file.source.position(of: item.span.start).column - 1
      let text = lines(name.text).joined(separator: "\n" + String(repeating: " ", count: depth))
      var seeded = file.replacing(item.span, with: text, words: words)
      seeded.lines = seeded.lines.upperBound...seeded.lines.upperBound
      return seeded
    }
  }

  /// Mistakes in what a group writes of its members.
  static let members: [Fault] = [
    member("member's setting misspelled", "did you mean `num_fewshot`") {
      ["task: \($0)", "num_fewshots: 3"]
    },
    member("member's number in quotes", "expected a whole number") { ["task: \($0)", "num_fewshot: \"3\""] },
    member("member's number below zero", "-3 examples") { ["task: \($0)", "num_fewshot: -3"] },
    member("member's setting of generation of another kind", "is true or false") {
      ["task: \($0)", "generation_kwargs:", "  do_sample: flase"]
    },
    member("member's prompt with a backslash and n", "no line break") {
      ["task: \($0)", "doc_to_text: 'Q: {{question}}\\nA:'"]
    },
    member("member's prompt with single braces", "double braces") {
      ["task: \($0)", "doc_to_text: \"Q: {question}\""]
    },
    member("member's metric with a key misspelled", "`higher_is_better`") {
      ["task: \($0)", "metric_list:", "  - metric: exact_match", "    higher_is_beter: true"]
    },
    member("member's pattern not closed", "not closed") {
      [
        "task: \($0)", "filter_list:", "  - name: a", "    filter:",
        "      - {function: regex, regex_pattern: '(a'}",
      ]
    },
    member("written-out group with a member misspelled", "nothing has that name") {
      ["group: inner_one", "task: [\($0)qx]"]
    },
    member("written-out group with its weights misspelled", "`weight_by_size`") {
      [
        "group: inner_one", "task: [\($0)]", "aggregate_metric_list:",
        "  - {metric: acc, weigth_by_size: true}",
      ]
    },
    member("written-out group with a metric that no member has", "no member of the group has") {
      ["group: inner_one", "task: [\($0)]", "aggregate_metric_list:", "  - {metric: no_such_metric}"]
    },
    member("written-out group with its list misspelled", "`aggregate_metric_list`") {
      ["group: inner_one", "task: [\($0)]", "aggregate_metrics: []"]
    },
    Fault("no space behind the hyphen of a member") { file in
      guard file.isGroup, let items = file.root["task"]?.items, items.count > 1, let item = items.last else {
        return nil
      }
      return file.changing(line: file.line(of: item.span.start), words: ["space is missing behind the `-`"]) {
        $0.trimmingCharacters(in: .whitespaces).hasPrefix("- ") ? $0.replacingFirst("- ", with: "-") : nil
      }
    },
    Fault("dash for a hyphen") { file in
      guard file.isGroup, let items = file.root["task"]?.items, items.count > 1, let item = items.last else {
        return nil
      }
      return file.changing(line: file.line(of: item.span.start), words: ["is not the `-`"]) {
        $0.trimmingCharacters(in: .whitespaces).hasPrefix("- ")
          ? $0.replacingFirst("- ", with: "\u{2013} ") : nil
      }
    },
    Fault("numbers of a group under metric_list") { file in
      guard file.isGroup, let entry = file.entry("aggregate_metric_list"),
        let weight = file.root["aggregate_metric_list"]?.items?.first?.entry("weight_by_size")
      else { return nil }
      var seeded = file.renaming(
        entry, to: "metric_list", words: ["`aggregate_metric_list`", "gives no score"])
      let number = file.line(of: weight.key.span.start)
      seeded?.lines = file.line(of: entry.key.span.start)...number
      return seeded
    },
  ]

  /// Names by which other tools, or other parts of this one, know a key.
  static let otherNames: [Fault] = [
    ("generation_kwargs", "gen_kwargs"), ("validation_split", "valid_split"), ("test_split", "eval_split"),
    ("training_split", "train_split"), ("dataset_name", "dataset_config_name"), ("num_fewshot", "n_shot"),
    ("doc_to_choice", "choices"), ("metric_list", "metrics"), ("doc_to_target", "answer"),
    ("doc_to_text", "prompt"),
  ].map { key, other in
    Fault("\(other) for \(key)") { file in
      file.isGroup ? nil : file.renaming(file.entry(key), to: other, words: ["did you mean `\(key)`"])
    }
  }

  /// Prompts, choices and answers.
  static let phrasing: [Fault] = [
    set("templates as items of the choices", "[\"{{a}}\", \"{{b}}\"]", "is no template") { $0.choiceList },
    set("choices joined in a template", "\"{{a}}, {{b}}\"", "one text, not a list") { $0.choiceList },
    Fault("one of the right answers beyond the choices") { file in
      file.choiceList == nil || file.root["process_results"] != nil || file.includes("process_results")
        ? nil : file.setting(file.entry("doc_to_target"), to: "[0, 99]", words: ["number 99"])
    },
    prompt("null in a template", "`null` is no constant") { "{{ '' if \($0) == null else \($0) }}" },
    prompt("length as a property", "`.length`") { "{{ \($0).length }}" },
    prompt("filter without its argument", "missing 1 required") { "{{ \($0) | replace('a') }}" },
    prompt("filter with an argument that there is not", "unexpected keyword argument") {
      "{{ \($0) | truncate(lenght=9) }}"
    },
    Fault("text of several lines that is not indented") { file in
      guard let entry = file.prompt, !file.written(entry.value.span).contains("\n") else { return nil }
      return file.replacing(entry.value.span, with: "|", words: ["nothing below is indented"])
    },
    Fault("prompt that begins with an exclamation mark") { file in
      file.setting(file.prompt, to: "!{{question}}", words: ["begins a tag"])
    },
    Fault("two texts in quotes in one entry") { file in
      file.setting(
        file.entry("generation_kwargs", "until"), to: "\"a\" \"b\"",
        words: ["second text in quotes", "ends before this"])
    },
    Fault("letter of another alphabet in a metric") { file in
      guard file.root["process_results"] == nil, let entry = file.firstMetricEntry("metric"),
        let name = entry.value.text?.text, name.contains("a")
      else { return nil }
      return file.setting(entry, to: name.replacingFirst("a", with: "\u{430}"), words: ["another alphabet"])
    },
    Fault("letter of another alphabet in a key") { file in
      guard let entry = file.topScalar, entry.key.value.contains("e") else { return nil }
      return file.renaming(
        entry, to: entry.key.value.replacingFirst("e", with: "\u{435}"), words: ["another alphabet"])
    },
    set("range from capitals to small letters", "'([A-z]+)'", "between `Z` and `a`") { $0.pattern },
    set("class of another dialect", "'([[:digit:]]+)'", "other dialects") { $0.pattern },
    set("named group of another dialect", "'(?<n>\\d+)'", "`(?P<n>") { $0.pattern },
  ]

  private static func prompt(_ kind: String, _ words: String..., tag: @escaping @Sendable (String) -> String)
    -> Fault
  {
    let words = words
    return Fault(kind) { file in
      guard let entry = file.prompt else { return nil }
      let written = file.written(entry.value.span)
      guard !written.hasPrefix("'"), let match = written.firstMatch(of: /\{\{ ?(\w{4,}) ?\}\}/) else {
        return nil
      }
      return file.replacing(
        entry.value.span, with: written.replacingFirst(String(match.0), with: tag(String(match.1))),
        words: words)
    }
  }

  /// Where rows and functions come from.
  static let places: [Fault] = [
    Fault("data_file for data_files, of any data set") { file in
      guard file.entry("dataset_path") != nil, file.entry("dataset_kwargs") == nil,
        file.entry("custom_dataset") == nil
      else { return nil }
      return file.addingKey("dataset_kwargs", "{data_file: rows.json}", words: ["`data_files`"])
    },
    Fault("revision misspelled") { file in
      guard file.entry("dataset_path") != nil, file.entry("dataset_kwargs") == nil,
        file.entry("custom_dataset") == nil
      else { return nil }
      return file.addingKey("dataset_kwargs", "{revison: main}", words: ["`revision`"])
    },
    Fault("split among the arguments of the data") { file in
      guard file.entry("dataset_path") != nil, file.entry("dataset_kwargs") == nil,
        file.entry("custom_dataset") == nil
      else { return nil }
      return file.addingKey("dataset_kwargs", "{split: test}", words: ["a key of its own"])
    },
    set("data set with three parts", "owner/rows/default", "has one `/`") { $0.entry("dataset_path") },
    set("data set with a backslash", "owner\\rows", "is no `/`") { $0.entry("dataset_path") },
    Fault("reader in capitals") { file in
      file.entry("custom_dataset") != nil
        ? nil
        : file.setting(file.entry("dataset_path"), to: "JSON", words: ["did you mean the reader `json`"])
    },
    set("date for a configuration", "2024-01-01", "is a date") { $0.entry("dataset_name") },
    set("two splits in one", "test, validation", "no split can be named") {
      $0.entry("test_split") ?? $0.entry("validation_split")
    },
    set("comma behind a split", "test,", "no split can be named") {
      $0.entry("test_split") ?? $0.entry("validation_split")
    },
    Fault("reader without files") { file in
      guard file.root["dataset_path"]?.text?.text == "json", let entry = file.entry("dataset_kwargs") else {
        return nil
      }
      return file.removing(
        entry, words: ["which files"], foundAt: file.root["dataset_path"]?.span)
    },
    function("list for a function", "clean = [1, 2]\n", "faulty.clean", "is a list"),
    function("number for a function", "clean = 3\n", "faulty.clean", "is a number"),
    function("class for a function", "class clean:\n    pass\n", "faulty.clean", "is a class"),
    function("path for a module", "def clean(rows):\n    return rows\n", "./faulty.clean", "no path"),
  ]

  private static func function(_ kind: String, _ code: String, _ name: String, _ words: String...) -> Fault {
    let words = words
    return Fault(kind) { file in
      guard !file.isGroup, file.entry("class") == nil else { return nil }
      var seeded = file.addingKey("process_docs", "!function \(name)", words: words)
      seeded?.others = ["faulty.py": code]
      return seeded
    }
  }
}
