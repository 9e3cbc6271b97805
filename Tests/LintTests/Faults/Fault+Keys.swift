import Diagnostics
import Foundation
import TestKit
import YAML

extension Fault {
  private static let top: Set = [
    "output_type", "dataset_path", "dataset_name", "test_split", "validation_split", "training_split",
    "fewshot_split", "num_fewshot", "doc_to_text", "doc_to_target", "doc_to_choice", "metric_list",
    "filter_list",
    "generation_kwargs", "metadata", "description", "process_docs", "target_delimiter", "fewshot_config",
    "dataset_kwargs", "repeats", "process_results",
  ]

  private static func topKey(_ file: SoundFile, _ random: inout SeededRandom) -> Node.Entry? {
    let entries = (file.root.entries ?? []).filter { top.contains($0.key.value) }
    return entries.isEmpty ? nil : random.pick(entries)
  }

  /// Keys that nothing reads.
  static let keys: [Fault] = [
    drawn("top key: letter missing") { file, random in
      topKey(file, &random).flatMap { entry in
        var name = entry.key.value
        name.remove(
          at: name.index(name.startIndex, offsetBy: Int.random(in: 1..<(name.count - 1), using: &random)))
        return file.renaming(entry, to: name)
      }
    },
    drawn("top key: letter twice") { file, random in
      topKey(file, &random).flatMap { entry in
        var name = entry.key.value
        let at = name.index(name.startIndex, offsetBy: Int.random(in: 1..<name.count, using: &random))
        name.insert(name[at], at: at)
        return file.renaming(entry, to: name)
      }
    },
    drawn("top key: letters swapped") { file, random in
      topKey(file, &random).flatMap { entry in
        var letters = Array(entry.key.value)
        guard let at = letters.indices.dropLast().last(where: { letters[$0] != letters[$0 + 1] }) else {
          return nil
        }
        letters.swapAt(at, at + 1)
        return file.renaming(entry, to: String(letters))
      }
    },
    drawn("top key: dashes") { file, random in
      topKey(file, &random).flatMap { entry in
        let name = entry.key.value.replacingOccurrences(of: "_", with: "-")
        return name == entry.key.value ? nil : file.renaming(entry, to: name)
      }
    },
    drawn("top key: capitals") { file, random in
      topKey(file, &random).flatMap { file.renaming($0, to: $0.key.value.uppercased()) }
    },
    drawn("top key: camel case") { file, random in
      topKey(file, &random).flatMap { entry in
        let parts = entry.key.value.split(separator: "_")
        guard parts.count > 1 else { return nil }
        return file.renaming(entry, to: parts[0] + parts.dropFirst().map(\.capitalized).joined())
      }
    },
    Fault("top key that is none") { $0.adding("strategy: fast", words: ["`strategy`"]) },
    Fault("top key of another tool") { $0.adding("batch_size: 8", words: ["`batch_size`"]) },
    Fault("version at the top") { $0.adding("version: 1.0", words: ["`version`"]) },
    Fault("Task for task") { file in
      file.isGroup
        ? nil : file.renaming(file.entry("task"), to: "Task", words: ["no `task`", "no key `Task`"])
    },
    Fault("name for task") { file in
      file.isGroup
        ? nil : file.renaming(file.entry("task"), to: "name", words: ["no `task`", "no key `name`"])
    },
    Fault("task without a value") { file in
      guard !file.isGroup, let entry = file.entry("task") else { return nil }
      return file.replacing(entry.value.span, with: "", words: ["has no value"])
    },
    Fault("task missing") { file in
      guard !file.isGroup, file.entry("class") == nil, !file.path.contains("/_"), !file.includes("task:")
      else {
        return nil
      }
      return file.removing(
        file.entry("task"), words: ["no `task`"],
        foundAt: file.root.entries?.first { $0.key.value != "task" }?.key.span)
    },
    Fault("key of a metric misspelled") { file in
      file.renaming(file.firstMetricEntry("higher_is_better"), to: "higher_is_beter")
    },
    Fault("aggregation misspelled as a key") { file in
      file.renaming(file.firstMetricEntry("aggregation"), to: "aggregtion")
    },
    Fault("argument of a metric misspelled") { file in
      let metric = file.metrics.first { $0["metric"]?.tag == nil && $0.entry("ignore_case") != nil }
      return file.renaming(metric?.entry("ignore_case"), to: "ignore_cases")
    },
    Fault("argument of a metric that is none") { file in
      guard file.root["process_results"] == nil,
        let metric = file.metrics.first(where: { $0["metric"]?.scalar?.text.text == "exact_match" }),
        let entry = metric.entry("metric"), file.source.position(of: entry.key.span.start).column > 1
      else { return nil }
      var seeded = file.inserting("strip_all: true", before: entry.key.span, words: ["`strip_all`"])
      let lines = seeded.text.components(separatedBy: "\n")
      guard file.written(entry.key.span) == "metric" else { return nil }
      // The mark of the list stays before the first key.
      let number = seeded.lines.lowerBound
      var changed = lines
      let head = lines[number]
      guard let dash = head.range(of: "- ") else { return nil }
      changed[number - 1] = head.replacingCharacters(
        in: dash.upperBound..<head.endIndex, with: "strip_all: true")
      changed[number] =
        String(repeating: " ", count: head.distance(from: head.startIndex, to: dash.upperBound))
        + head[dash.upperBound...]
      seeded.text = changed.joined(separator: "\n")
      return seeded
    },
    Fault("key of a filter misspelled") { $0.renaming($0.pattern, to: "regexp_pattern") },
    Fault("key of a filter that is none") { $0.renaming($0.groupSelect, to: "which") },
    Fault("name of a pipeline misspelled") { file in
      file.renaming(file.pipelines.first?.entry("name"), to: "nam")
    },
    Fault("filter of a pipeline misspelled") { file in
      file.renaming(file.pipelines.first?.entry("filter"), to: "filters")
    },
    Fault("function of a step misspelled") { file in
      file.renaming(
        file.pipelines.first?["filter"]?.items?.first?.entry("function"), to: "fuction", words: ["`function`"]
      )
    },
    Fault("key of generation misspelled") { file in
      guard let entry = file.root["generation_kwargs"]?.entries?.last else { return nil }
      return entry.key.value.utf8.count < 5 ? nil : file.renaming(entry, to: entry.key.value + "s")
    },
    Fault("key of generation that is none") { file in
      guard let entry = file.nested, file.root["generation_kwargs"]?.entry(entry.key.value) != nil else {
        return nil
      }
      return file.inserting("creativity: 3", before: entry.key.span, words: ["`creativity`"])
    },
    Fault("key of the few-shot part misspelled") { file in
      file.renaming(file.root["fewshot_config"]?.entry("sampler"), to: "smapler")
        ?? file.addingKey("fewshot_config", "{smapler: first_n}", words: ["`smapler`"])
    },
    Fault("key of the few-shot part that is none") { file in
      file.addingKey("fewshot_config", "{shuffle: true}", words: ["`shuffle`"])
    },
    Fault("key of the data misspelled") { file in
      guard file.root["dataset_path"]?.text?.text == "json" else { return nil }
      return file.renaming(file.root["dataset_kwargs"]?.entry("data_files"), to: "data_file")
    },
    Fault("version misspelled") { file in
      file.isGroup || file.entry("task") == nil
        ? nil : file.renaming(file.root["metadata"]?.entry("version"), to: "verison")
    },
    Fault("key of a group's metric misspelled") { file in
      guard file.isGroup else { return nil }
      return file.renaming(
        file.root["aggregate_metric_list"]?.items?.first?.entry("weight_by_size"), to: "weight_by_sise")
    },
    Fault("key of a group's metric that is none") { file in
      guard file.isGroup else { return nil }
      return file.renaming(
        file.root["aggregate_metric_list"]?.items?.first?.entry("weight_by_size"), to: "higher_is_better")
    },
    Fault("key of a group misspelled") { file in
      file.isGroup ? file.renaming(file.entry("aggregate_metric_list"), to: "agregate_metric_list") : nil
    },
    Fault("doc_to_text missing") { file in
      guard !file.isGroup, file.entry("include") == nil, file.entry("class") == nil,
        file.entry("use_prompt") == nil,
        file.outputType != "loglikelihood_rolling"
      else { return nil }
      return file.removing(
        file.entry("doc_to_text"), words: ["`doc_to_text` is required"], foundAt: file.root["task"]?.span)
    },
    Fault("doc_to_target missing") { file in
      guard !file.isGroup, file.entry("include") == nil, file.entry("class") == nil,
        file.entry("use_prompt") == nil
      else { return nil }
      return file.removing(
        file.entry("doc_to_target"), words: ["`doc_to_target` is required"], foundAt: file.root["task"]?.span)
    },
    Fault("doc_to_choice missing") { file in
      guard file.outputType == "multiple_choice", file.entry("include") == nil else { return nil }
      return file.removing(
        file.entry("doc_to_choice"), words: ["`doc_to_choice` is required"], foundAt: file.root["task"]?.span)
    },
    Fault("no split to evaluate") { file in
      guard !file.isGroup, file.entry("include") == nil,
        (file.entry("test_split") == nil) != (file.entry("validation_split") == nil)
      else { return nil }
      return file.removing(
        file.entry("test_split") ?? file.entry("validation_split"), words: ["which split"],
        foundAt: file.root["task"]?.span)
    },
    Fault("dataset_path missing") { file in
      guard !file.isGroup, file.entry("include") == nil, file.entry("custom_dataset") == nil else {
        return nil
      }
      return file.removing(
        file.entry("dataset_path"), words: ["`dataset_path` is required"], foundAt: file.root["task"]?.span)
    },
    Fault("doc_to_text without a value") { file in
      guard let entry = file.entry("doc_to_text"), file.isOnOneLine(entry),
        file.outputType != "loglikelihood_rolling",
        file.outputType != nil
      else { return nil }
      return file.replacing(entry.value.span, with: "", words: ["`doc_to_text`"])
    },
  ]
}
