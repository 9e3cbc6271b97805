import Diagnostics
import Foundation
import Values
import YAML

extension Fault {
  private static func generation(
    _ kind: String, _ key: String, _ value: String, _ words: String...,
    when isApplicable: @escaping @Sendable (SoundFile) -> Bool = { _ in true }
  ) -> Fault {
    let words = words
    return Fault(kind) { file in
      isApplicable(file) ? file.setting(file.entry("generation_kwargs", key), to: value, words: words) : nil
    }
  }

  private static let greedy: @Sendable (SoundFile) -> Bool = {
    $0.entry("generation_kwargs", "do_sample")?.value.value == false
  }

  /// What is asked of a model that writes.
  static let generation: [Fault] = [
    Fault("output type misspelled") {
      $0.setting($0.entry("output_type"), to: "generate_untl", words: ["is not one of"])
    },
    Fault("output type of old") {
      $0.setting($0.entry("output_type"), to: "greedy_until", words: ["is not one of"])
    },
    Fault("output type with a dash") {
      $0.setting($0.entry("output_type"), to: "multiple-choice", words: ["is not one of"])
    },
    Fault("no stop string") { file in
      guard let entry = file.entry("generation_kwargs", "until"), file.isGenerating,
        (file.root["generation_kwargs"]?.entries?.count ?? 0) > 1
      else { return nil }
      let first = file.root["generation_kwargs"]?.entries?.first { $0.key.value != "until" }
      return file.removing(entry, words: ["where an answer ends"], foundAt: first?.key.span)
    },
    generation("empty list of stop strings", "until", "[]", "no stop string") { $0.isGenerating },
    generation("empty stop string", "until", "[\"\"]", "empty stop string"),
    generation("five stop strings", "until", "[\"a1\", \"b1\", \"c1\", \"d1\", \"e1\"]", "5 stop strings"),
    generation("temperature without sampling", "temperature", "0.8", "no effect", when: greedy),
    Fault("sampling at no temperature") { file in
      guard file.entry("generation_kwargs", "temperature")?.value.value == 0.0 else { return nil }
      // What is said stands at the temperature, which is what to change.
      return file.setting(
        file.entry("generation_kwargs", "do_sample"), to: "true", words: ["at a temperature of 0"])?.spread()
    },
    generation("negative temperature", "temperature", "-1.0", "0 or more"),
    generation("no room for an answer", "max_gen_toks", "0", "every answer is empty"),
    Fault("two lengths") { file in
      guard let entry = file.nested, file.root["generation_kwargs"]?.entry("max_gen_toks") != nil,
        file.root["generation_kwargs"]?.entries?.last?.key.span == entry.key.span
      else { return nil }
      return file.inserting("max_new_tokens: 50", before: entry.key.span, words: ["both say how long"])
        .spread()
    },
    Fault("top_p beyond 1") { file in
      guard let entry = file.nested, file.root["generation_kwargs"]?.entry(entry.key.value) != nil,
        file.root["generation_kwargs"]?.entry("top_p") == nil
      else { return nil }
      return file.inserting("top_p: 90", before: entry.key.span, words: ["between 0 and 1"])
    },
    Fault("repeats without sampling") { file in
      guard file.isGenerating, greedy(file) else { return nil }
      return file.addingKey("repeats", "4", words: ["all 4 answers are the same"])
    },
    Fault("settings of generation for choices") { file in
      guard file.outputType == "multiple_choice" else { return nil }
      return file.addingKey("generation_kwargs", "{max_gen_toks: 5}", words: ["no effect"])
    },
    Fault("stop string in the right answers", rows: true) { file in
      guard file.isGenerating else { return nil }
      return file.setting(
        file.entry("generation_kwargs", "until"), to: "[\"e\"]", words: ["right answer of row"])
    },
  ]

  /// Pipelines and patterns.
  static let filters: [Fault] = [
    Fault("filter of a pipeline misspelled ") { file in
      file.takeFirst.map { file.replacing($0.span, with: "take_frist", words: ["no filter is named"]) }
    },
    Fault("filter with a capital") { file in
      file.takeFirst.map { file.replacing($0.span, with: "Take_First", words: ["no filter is named"]) }
    },
    Fault("take_first before a pattern") { file in
      guard let step = file.pipelines.first?["filter"]?.items?.first, let name = step["function"],
        name.scalar?.text.text == "regex", file.source.position(of: step.span.start).column > 2
      else { return nil }
      let start = file.line(of: step.span.start)
      var lines = file.text.components(separatedBy: "\n")
      let head = lines[start - 1]
      guard let dash = head.firstIndex(of: "-"), head[..<dash].allSatisfy({ $0 == " " }) else { return nil }
      lines.insert(head[..<dash] + "- function: take_first", at: start - 1)
      let number = file.line(of: name.span.start) + 1
      return Seeded(
        text: lines.joined(separator: "\n"), lines: number...number, words: ["behind `take_first`"])
    },
    Fault("no take_first") { file in
      guard file.isGenerating || file.outputType == nil, file.root["process_results"] == nil,
        !file.includes("process_results"),
        let steps = file.pipelines.first?["filter"]?.items, steps.count == 2, let last = steps.last,
        let name = steps[0]["function"],
        ["regex", "lowercase", "remove_whitespace"].contains(name.text?.text),
        last["function"]?.scalar?.text.text == "take_first",
        !file.metrics.contains(where: { $0["metric"]?.tag != nil || $0["aggregation"]?.tag != nil })
      else { return nil }
      var lines = file.text.components(separatedBy: "\n")
      let number = file.line(of: last.span.start)
      guard lines[number - 1].contains("take_first") else { return nil }
      lines.remove(at: number - 1)
      let place = file.line(of: name.span.start)
      return Seeded(text: lines.joined(separator: "\n"), lines: place...place, words: ["leaves a list"])
    },
    Fault("group beyond the groups") { $0.setting($0.groupSelect, to: "2", words: ["not group 2"]) },
    Fault("pattern without bound") { $0.setting($0.pattern, to: "'(a+)+b'", words: ["for ever"]) },
    Fault("pattern with two ways to go") { $0.setting($0.pattern, to: "'(\\w|\\d)+x'", words: ["for ever"]) },
    Fault("pattern that never matches") { $0.setting($0.pattern, to: "'$(\\d+)'", words: ["never matches"]) },
    Fault("start in the middle of a pattern") {
      $0.setting($0.pattern, to: "'(\\d+)^x'", words: ["never matches"])
    },
    Fault("pattern that matches nothing") { $0.setting($0.pattern, to: "'(\\d*)'", words: ["empty text"]) },
    Fault("group not closed") { $0.setting($0.pattern, to: "'(\\d+'", words: ["not closed"]) },
    Fault("group not opened") { $0.setting($0.pattern, to: "'\\d+)'", words: ["closes nothing"]) },
    Fault("class not closed") { $0.setting($0.pattern, to: "'[0-9+'", words: ["not closed"]) },
    Fault("nothing to repeat") { $0.setting($0.pattern, to: "'(*[0-9]+)'", words: ["nothing to repeat"]) },
    Fault("range backwards") { $0.setting($0.pattern, to: "'[9-0]+'", words: ["no range"]) },
    Fault("escape of another dialect") { $0.setting($0.pattern, to: "'\\p{L}+'", words: ["means nothing"]) },
    Fault("pattern between slashes") { $0.setting($0.pattern, to: "'/(\\d+)/i'", words: ["slashes"]) },
    Fault("flags in the middle") { $0.setting($0.pattern, to: "'a(?i)(\\d+)'", words: ["flags"]) },
    Fault("flag that is none") { $0.setting($0.pattern, to: "'(?q)(\\d+)'", words: ["means nothing"]) },
    Fault("backslash twice in single quotes") {
      $0.setting($0.pattern, to: "'(\\\\d+)'", words: ["a backslash and"])
    },
    Fault("edge of a word in double quotes") { $0.setting($0.pattern, to: "\"\\bA\"", words: ["backspace"]) },
    Fault("look-behind without a fixed length") {
      $0.setting($0.pattern, to: "'(?<=a+)(\\d+)'", words: ["fixed length"])
    },
    Fault("two pipelines of one name") { file in
      guard file.pipelines.count > 1, let first = file.pipelines[0]["name"],
        let second = file.pipelines[1].entry("name")
      else { return nil }
      return file.setting(second, to: file.written(first.span), words: ["second time"])
    },
    Fault("empty list of pipelines") { $0.setting($0.entry("filter_list"), to: "[]", words: ["is empty"]) },
    Fault("pipeline without steps") { file in
      file.isGenerating && file.root["process_results"] == nil && !file.includes("process_results")
        && !file.metrics.contains { $0["metric"]?.tag != nil || $0["aggregation"]?.tag != nil }
        ? file.setting(file.pipelines.first?.entry("filter"), to: "[]", words: ["no steps"]) : nil
    },
    Fault("pattern for choices") { file in
      guard file.outputType == "multiple_choice" else { return nil }
      return file.addingKey(
        "filter_list",
        "[{name: a, filter: [{function: regex, regex_pattern: '(a)'}, {function: take_first}]}]",
        words: ["filters texts"])
    },
  ]

  /// Scores.
  static let metrics: [Fault] = [
    Fault("metric misspelled") { file in
      named(file) { file.setting($0, to: "exact_mach", words: ["no metric is named"]) }
    },
    Fault("metric that is none") { file in
      named(file) { file.setting($0, to: "accuray_at_5", words: ["no metric is named"]) }
    },
    Fault("metric of another output type") { file in
      guard file.isGenerating else { return nil }
      return named(file) { file.setting($0, to: "acc_norm", words: ["gives no score"]) }
    },
    Fault("metric of texts for choices") { file in
      guard file.outputType == "multiple_choice" else { return nil }
      return named(file) { file.setting($0, to: "bleu", words: ["gives no score"]) }
    },
    Fault("metric without a value") { file in
      named(file) { entry in
        file.isOnOneLine(entry)
          ? file.replacing(entry.value.span, with: "", words: ["expected text", "needs `metric`"]) : nil
      }
    },
    Fault("metric under name") { file in
      named(file) { file.renaming($0, to: "name", words: ["needs `metric`"]) }
    },
    Fault("metric twice") { file in
      guard file.metrics.count > 1, file.root["process_results"] == nil,
        let first = file.metrics[0]["metric"],
        first.tag == nil, let second = file.metrics[1].entry("metric"), second.value.tag == nil
      else { return nil }
      return file.setting(second, to: file.written(first.span), words: ["second time"])
    },
    Fault("aggregation misspelled") {
      $0.setting($0.firstMetricEntry("aggregation"), to: "maen", words: ["no aggregation"])
    },
    Fault("aggregation that is none") {
      $0.setting($0.firstMetricEntry("aggregation"), to: "sum", words: ["no aggregation"])
    },
    Fault("aggregation of another metric") { file in
      guard file.root["process_results"] == nil,
        let metric = file.metrics.first(where: {
          ["acc", "exact_match"].contains($0["metric"]?.scalar?.text.text)
        })
      else { return nil }
      return file.setting(metric.entry("aggregation"), to: "perplexity", words: ["for other metrics"])
    },
    Fault("aggregation of pairs") { file in
      guard file.root["process_results"] == nil,
        let metric = file.metrics.first(where: { $0["metric"]?.scalar?.text.text == "acc" })
      else { return nil }
      return file.setting(
        metric.entry("aggregation"), to: "bleu", words: ["cannot put together", "for other metrics"])
    },
    Fault("direction the wrong way") { file in
      guard
        let metric = file.metrics.first(where: {
          ["acc", "exact_match", "acc_norm"].contains($0["metric"]?.scalar?.text.text)
        })
      else { return nil }
      return file.setting(metric.entry("higher_is_better"), to: "false", words: ["is better"])
    },
    Fault("argument without effect") { file in
      guard file.outputType == "multiple_choice", file.root["process_results"] == nil,
        file.metrics.count == 1,
        let entry = file.metrics[0].entry("metric"), entry.value.scalar?.text.text == "acc",
        let last = file.metrics[0].entries?.last, file.isOnOneLine(last),
        file.source.position(of: last.key.span.start).column > 2
      else { return nil }
      var seeded = file.inserting("ignore_case: true", before: last.key.span, words: ["no effect"])
      if last === entry { return nil }
      seeded.lines = seeded.lines.lowerBound...seeded.lines.lowerBound
      return seeded
    },
    Fault("empty list of metrics") { file in
      file.root["process_results"] == nil
        ? file.setting(file.entry("metric_list"), to: "[]", words: ["is empty"]) : nil
    },
    Fault("list swallowed by an argument") { file in
      guard let entry = file.firstMetricEntry("regexes_to_ignore"), entry.value.items != nil,
        !file.isOnOneLine(entry),
        let other = file.firstMetricEntry("ignore_punctuation")
      else { return nil }
      let number = file.line(of: entry.key.span.start)
      guard file.line(of: other.key.span.start) == number - 1 else { return nil }
      var lines = file.text.components(separatedBy: "\n")
      lines.remove(at: number - 1)
      return Seeded(
        text: lines.joined(separator: "\n"), lines: (number - 1)...number, words: ["belong to this text"])
    },
  ]

  private static func named(_ file: SoundFile, _ seed: (Node.Entry) -> Seeded?) -> Seeded? {
    guard file.root["process_results"] == nil, !file.includes("process_results"),
      let entry = file.firstMetricEntry("metric"), entry.value.tag == nil,
      // Of a key that is given twice the last one counts.
      file.root.entries?.count(where: { $0.key.value == "metric_list" }) == 1
    else { return nil }
    return seed(entry)
  }
}

extension Seeded {
  /// The same where the finding may also stand in the line before or after.
  func spread() -> Seeded {
    var seeded = self
    seeded.lines = max(1, lines.lowerBound - 1)...(lines.upperBound + 1)
    return seeded
  }
}
