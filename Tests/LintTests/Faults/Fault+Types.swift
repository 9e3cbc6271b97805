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

  /// Values of another kind than their keys take.
  static let types: [Fault] = [
    set("word for a number", "two", "expected a whole number") { $0.entry("num_fewshot") },
    set("number in quotes", "\"2\"", "expected a whole number") { $0.entry("num_fewshot") },
    set("number with a point", "2.5", "expected a whole number") { $0.entry("num_fewshot") },
    set("boolean for a number", "true", "expected a whole number") { $0.entry("num_fewshot") },
    set("list for a number", "[2]", "expected a whole number") { $0.entry("num_fewshot") },
    set("list for the output type", "[generate_until]", "expected text") { $0.entry("output_type") },
    set("number for a delimiter", "5", "expected text") { $0.entry("target_delimiter") },
    set("list for the prompt", "[\"{{question}}\"]", "expected a column's name, a template") {
      $0.entry("doc_to_text")
    },
    set("mapping for the answer", "{answer: text}", "expected a column's name, a template") {
      $0.entry("doc_to_target")
    },
    set("number with a point for the answer", "1.5", "expected a column's name") {
      $0.entry("doc_to_target")
    },
    set("text for the metrics", "acc", "expected a list of metrics") { $0.entry("metric_list") },
    set("mapping for the metrics", "{metric: acc}", "expected a list of metrics") { $0.entry("metric_list") },
    set("names for the metrics", "[acc]", "needs `metric`") { $0.entry("metric_list") },
    set("text for the pipelines", "take_first", "expected a list of pipelines") { $0.entry("filter_list") },
    set("mapping for the pipelines", "{name: a, filter: []}", "expected a list of pipelines") {
      $0.entry("filter_list")
    },
    set("text for the steps", "take_first", "expected a list of steps") {
      $0.pipelines.first?.entry("filter")
    },
    set("names for the steps", "[take_first]", "under `function`") { $0.pipelines.first?.entry("filter") },
    set("list for a pattern", "['(\\d+)']", "expected text") { $0.pattern },
    set("number for a pattern", "12", "expected text") { $0.pattern },
    set("text for the group of a pattern", "\"-1\"", "expected a whole number") { $0.groupSelect },
    set("list for the settings of generation", "[until]", "expected a mapping") {
      $0.entry("generation_kwargs")
    },
    set("number for a stop string", "5", "expected a stop string") { $0.entry("generation_kwargs", "until") },
    set("text for do_sample", "\"false\"", "is true or false") { $0.entry("generation_kwargs", "do_sample") },
    set("misspelled boolean", "flase", "is true or false") { $0.entry("generation_kwargs", "do_sample") },
    set("text for the length", "\"80\"", "is a whole number") {
      $0.entry("generation_kwargs", "max_gen_toks")
    },
    set("length with a comma", "1,024", "is a whole number") {
      $0.entry("generation_kwargs", "max_gen_toks")
    },
    set("length with a unit", "2k", "is a whole number") { $0.entry("generation_kwargs", "max_gen_toks") },
    set("length with a point", "80.0", "is a whole number") { $0.entry("generation_kwargs", "max_gen_toks") },
    set("word for the temperature", "low", "`temperature` is a number") {
      $0.entry("generation_kwargs", "temperature")
    },
    set("list for a split", "[test]", "expected text") { $0.entry("test_split") },
    set("boolean for a split", "true", "expected text") { $0.entry("test_split") },
    set("list for the description", "[a, b]", "expected text") { $0.entry("description") },
    set("number for metadata", "1.0", "`metadata` is a number") { $0.isGroup ? nil : $0.entry("metadata") },
    set("list for metadata", "[1.0]", "`metadata` is a list") { $0.isGroup ? nil : $0.entry("metadata") },
    set("text for the data's arguments", "rows.jsonl", "expected a mapping") { $0.entry("dataset_kwargs") },
    set("misspelled boolean of a metric", "ture", "expected true or false") {
      $0.firstMetricEntry("higher_is_better")
    },
    set("text for a boolean argument", "\"true\"", "expected true or false") { file in
      file.root["process_results"] == nil && file.isGenerating ? file.firstMetricEntry("ignore_case") : nil
    },
    set("list for the aggregation", "[mean]", "expected text") { $0.firstMetricEntry("aggregation") },
    set("text for a group's weights", "truez", "expected true or false") {
      $0.isGroup ? $0.root["aggregate_metric_list"]?.items?.first?.entry("weight_by_size") : nil
    },
    set("number for the name", "12", "is text, found a number") {
      $0.entry("task").flatMap { $0.value.items == nil ? $0 : nil }
    },
    set("list for the name", "[one, two]", "needs a `group`") { file in
      file.isGroup ? nil : file.entry("task")
    },
    set("number for the name of a group", "12", "is text, found a number") { $0.entry("group") },
    set("mapping for a tag", "{a: b}", "a tag is text") { $0.isGroup ? nil : $0.entry("tag") },
    set("word for do_sample's opposite", "maybe", "is true or false") {
      $0.entry("generation_kwargs", "do_sample")
    },
    Fault("number for a tag") { $0.isGroup ? nil : $0.addingKey("tag", "12", words: ["a tag is text"]) },
    Fault("text for repeats") {
      $0.isGroup ? nil : $0.addingKey("repeats", "\"3\"", words: ["expected a whole number"])
    },
    Fault("no repeats") { $0.isGroup ? nil : $0.addingKey("repeats", "0", words: ["at least 1"]) },
    Fault("text for the few-shot part") {
      $0.isGroup ? nil : $0.addingKey("fewshot_config", "first_n", words: ["expected a mapping"])
    },
    Fault("text for unsafe_code") {
      $0.isGroup ? nil : $0.addingKey("unsafe_code", "\"false\"", words: ["expected true or false"])
    },
    Fault("number for include") { $0.addingKey("include", "5", words: ["`include` is a path"]) },
    Fault("text for process_results") {
      $0.isGroup ? nil : $0.addingKey("process_results", "score", words: ["`!function module.name`"])
    },
    Fault("text for process_docs") {
      $0.isGroup ? nil : $0.addingKey("process_docs", "utils.clean", words: ["`!function module.name`"])
    },
  ]

  /// Files that lead to others.
  static let groups: [Fault] = [
    Fault("include of a file that is not there") {
      $0.addingKey("include", "no_such_base", words: ["no such file"])
    },
    Fault("include of itself") { file in
      file.addingKey(
        "include", file.path.split(separator: "/").last.map(String.init) ?? "", words: ["leads back"])
    },
    Fault("include of one that includes it") { file in
      var seeded = file.addingKey("include", "faulty_base", words: ["leads back"])
      let name = file.path.split(separator: "/").last.map(String.init) ?? ""
      seeded?.others = ["faulty_base": "include: \(name)\n"]
      return seeded.map { seed in
        var seed = seed
        // The place is where the circle closes, in either file.
        seed.lines = 1...seed.lines.upperBound
        return seed
      }
    },
    Fault("include on two ways") { file in
      var seeded = file.addingKey(
        "include", "[faulty_one, faulty_two]", words: ["included twice", "on two ways"])
      seeded?.others = [
        "faulty_one": "include: faulty_base\n", "faulty_two": "include: faulty_base\n",
        "faulty_base": "task_alias: shared\n",
      ]
      return seeded
    },
    Fault("member that is not there") { file in
      guard file.isGroup, let member = file.root["task"]?.items?.first(where: { $0.text != nil }) else {
        return nil
      }
      return file.replacing(member.span, with: "no_such_task_anywhere", words: ["nothing has that name"])
    },
    Fault("member misspelled") { file in
      guard file.isGroup,
        let member = file.root["task"]?.items?.first(where: { ($0.text?.text.utf8.count ?? 0) > 4 }),
        let name = member.text?.text
      else { return nil }
      return file.replacing(
        member.span, with: String(name.dropLast()) + "qx", words: ["nothing has that name"])
    },
    Fault("member that is a number") { file in
      guard file.isGroup, let member = file.root["task"]?.items?.first(where: { $0.text != nil }) else {
        return nil
      }
      return file.replacing(member.span, with: "5", words: ["a member is a name"])
    },
    Fault("member twice") { file in
      guard file.isGroup, let items = file.root["task"]?.items, items.count > 1,
        let first = items[0].text?.text,
        items[1].text != nil
      else { return nil }
      return file.replacing(items[1].span, with: first, words: ["twice"])
    },
    Fault("group of itself") { file in
      guard file.isGroup, let name = file.root["group"]?.text, let member = file.root["task"]?.items?.first
      else {
        return nil
      }
      var seeded = file.replacing(member.span, with: name.text, words: ["holds itself"])
      let number = file.line(of: name.span.start)
      seeded.lines = min(number, seeded.lines.lowerBound)...max(number, seeded.lines.upperBound)
      return seeded
    },
    Fault("group without members") { file in
      guard file.isGroup, file.entry("include") == nil else { return nil }
      return file.removing(file.entry("task"), words: ["no members"], foundAt: file.root["group"]?.span)
    },
    Fault("group with an empty list") { file in
      file.isGroup ? file.setting(file.entry("task"), to: "[]", words: ["no members"]) : nil
    },
    Fault("group with a mapping of members") { file in
      file.isGroup ? file.setting(file.entry("task"), to: "{one: null}", words: ["a list of members"]) : nil
    },
    Fault("group and task in one file") { file in
      guard !file.isGroup, file.entry("class") == nil, file.root["task"]?.text != nil,
        file.entry("doc_to_text") != nil || file.entry("output_type") != nil
      else { return nil }
      return file.adding("group: all_of_them", words: ["both `group` and `task`"])
    },
    Fault("unknown aggregation of a group") { file in
      file.isGroup
        ? file.setting(
          file.root["aggregate_metric_list"]?.items?.first?.entry("aggregation"), to: "sum",
          words: ["aggregation is `mean`"])
        : nil
    },
    Fault("metric that no member has") { file in
      file.isGroup
        ? file.setting(
          file.root["aggregate_metric_list"]?.items?.first?.entry("metric"), to: "no_such_metric",
          words: ["no member of the group has"]) : nil
    },
    Fault("number of examples for a whole group") { file in
      // Only what a member says itself can be replaced.
      guard file.isGroup, let first = file.root["task"]?.items?.first?.text?.text,
        let own = try? String(contentsOfFile: file.folder + "/\(first).yaml", encoding: .utf8),
        own.contains("num_fewshot:")
      else { return nil }
      return file.addingKey("num_fewshot", "3", words: ["`num_fewshot`"])
    },
  ]
}
