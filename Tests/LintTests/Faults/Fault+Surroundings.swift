import Diagnostics
import Foundation
import YAML

extension Fault {
  /// Where examples come from.
  static let fewshot: [Fault] = [
    Fault("examples from the split that is evaluated") { file in
      guard let evaluated = (file.root["test_split"] ?? file.root["validation_split"])?.text?.text,
        file.entry("fewshot_config", "split") == nil, file.root["num_fewshot"]?.scalar?.text.text != "0"
      else { return nil }
      return file.setting(
        file.entry("fewshot_split"), to: evaluated, words: ["that is evaluated", "is evaluated"])
    },
    Fault("negative number of examples") {
      $0.setting($0.entry("num_fewshot"), to: "-1", words: ["-1 examples"])
    },
    Fault("sampler misspelled") { file in
      file.isGroup ? nil : file.addingKey("fewshot_config", "{sampler: firstn}", words: ["no sampler"])
    },
    Fault("split of examples that is not there", rows: true) { file in
      if file.entry("fewshot_config", "split") != nil { return nil }
      return file.setting(file.entry("fewshot_split"), to: "exampels", words: ["no split"])
    },
    Fault("more examples than there are", rows: true) { file in
      guard file.entry("fewshot_split") != nil || file.entry("training_split") != nil else { return nil }
      return file.setting(file.entry("num_fewshot"), to: "900000", words: ["900000 examples"])
    },
    Fault("more examples than are written out") { file in
      guard file.entry("num_fewshot") == nil, file.entry("fewshot_split") == nil, !file.isGroup,
        let name = file.root["doc_to_target"]?.text?.text.firstMatch(of: /\w+/)
      else { return nil }
      var seeded = file.addingKey(
        "fewshot_config", "{samples: [{\(name.0): a}]}", words: ["3 examples", "examples are asked for"])
      seeded?.text += "num_fewshot: 3\n"
      return seeded.map { seed in
        var seed = seed
        seed.lines = seed.lines.lowerBound...(seed.lines.upperBound + 1)
        return seed
      }
    },
    Fault("nothing between examples") { file in
      file.isGroup || file.root["doc_to_text"]?.text?.text.first?.isWhitespace == true
        || file.root["doc_to_text"]?.tag != nil || file.outputType == nil
        || file.outputType == "loglikelihood_rolling"
        ? nil : file.addingKey("fewshot_delimiter", "\"\"", words: ["nothing stands between"])
    },
    Fault("example without a column") { file in
      guard file.isGenerating, file.entry("fewshot_split") == nil, file.entry("process_docs") == nil,
        let name = file.prompt.flatMap({ file.written($0.value.span).firstMatch(of: /\{\{ ?(\w+) ?\}\}/) }),
        let target = file.root["doc_to_target"]?.text?.text.firstMatch(of: /^\{\{ ?(\w+) ?\}\}$/),
        target.1 != name.1
      else { return nil }
      return file.addingKey(
        "fewshot_config", "{samples: [{\(name.1): a}]}", words: ["has no `"])
    },
  ]

  /// Where the rows come from, and what says which task it was.
  static let data: [Fault] = [
    Fault("no version") { file in
      guard !file.isGroup, file.entry("include") == nil, file.root["metadata"]?["version"] != nil else {
        return nil
      }
      return file.removing(
        file.entry("metadata"), words: ["has no version"], foundAt: file.root["task"]?.span)
    },
    Fault("version as text") { file in
      file.setting(file.root["metadata"]?.entry("version"), to: "\"1.0\"", words: ["the version is text"])
    },
    Fault("version as a word") { file in
      file.setting(file.root["metadata"]?.entry("version"), to: "v1", words: ["the version is text"])
    },
    Fault("data set without owner") { file in
      guard file.root["custom_dataset"] == nil, !file.isGroup else { return nil }
      return file.setting(file.entry("dataset_path"), to: "some_questions", words: ["without its owner"])
    },
    Fault("reader that is none") { $0.setting($0.entry("dataset_path"), to: "jsonl", words: ["no reader"]) },
    Fault("address for a data set") {
      $0.setting($0.entry("dataset_path"), to: "https://huggingface.co/datasets/a/b", words: ["an address"])
    },
    Fault("variable in the name of a data set") {
      $0.setting($0.entry("dataset_path"), to: "$DATA/rows", words: ["fills in"])
    },
    Fault("blank in the name of a data set") {
      $0.setting($0.entry("dataset_path"), to: "owner/ rows", words: ["no name of a data set"])
    },
    Fault("part of a split") { file in
      file.setting(
        file.entry("test_split") ?? file.entry("validation_split"), to: "\"test[:10]\"", words: ["part of"])
    },
    Fault("trust_remote_code") { file in
      guard !file.isGroup, let entry = file.entry("dataset_kwargs") else {
        return file.isGroup
          ? nil : file.addingKey("dataset_kwargs", "{trust_remote_code: true}", words: ["no effect any more"])
      }
      guard let first = entry.value.entries?.first, !file.isOnOneLine(entry),
        entry.value["trust_remote_code"] == nil, !file.written(entry.value.span).hasPrefix("{")
      else { return nil }
      return file.inserting("trust_remote_code: true", before: first.key.span, words: ["no effect any more"])
    },
    Fault("unsafe_code") { file in
      file.isGroup ? nil : file.addingKey("unsafe_code", "true", words: ["runs programs"])
    },
    Fault("key to a server") { file in
      file.adding("# token: hf_" + String(repeating: "aB3dE", count: 7), words: ["gives access"])
    },
    Fault("decontamination") { file in
      file.isGroup ? nil : file.addingKey("should_decontaminate", "true", words: ["no effect"])
    },
    Fault("examples in metadata") { file in
      guard !file.isGroup, file.entry("num_fewshot") == nil,
        let entry = file.root["metadata"]?.entry("version"),
        file.source.position(of: entry.key.span.start).column == 3
      else { return nil }
      return file.inserting("num_fewshot: 5", before: entry.key.span, words: ["in `metadata`"])
    },
    Fault("split that is not there", rows: true) { file in
      file.setting(
        file.entry("test_split") ?? file.entry("validation_split"), to: "tset", words: ["no split"])
    },
    Fault("data file that is not there") { file in
      guard let files = file.root["dataset_kwargs"]?["data_files"]?.entries?.last, files.value.text != nil,
        ["json", "csv", "text"].contains(file.root["dataset_path"]?.text?.text)
      else {
        return nil
      }
      return file.setting(files, to: "no_such_rows.jsonl", words: ["no file"])
    },
  ]

  /// Python beside the task.
  static let functions: [Fault] = [
    Fault("function without a module") { function($0, "clean", ["no `module.function`"]) },
    Fault("function with .py") { file in
      var seeded = function(file, "faulty.py.clean", ["without `.py`"])
      seeded?.others = ["faulty.py": "def clean(rows):\n    return rows\n"]
      return seeded
    },
    Fault("function that is called") { file in
      var seeded = function(file, "faulty.clean()", ["no `module.function`"])
      seeded?.others = ["faulty.py": "def clean(rows):\n    return rows\n"]
      return seeded
    },
    Fault("function without a name") { function($0, "", ["names no function"]) },
    Fault("module that is not there") { function($0, "no_such_helper.clean", ["there is no"]) },
    Fault("function that is not there") { file in
      var seeded = function(file, "faulty.clear", ["has no `clear`"])
      seeded?.others = ["faulty.py": "def clean(rows):\n    return rows\n"]
      return seeded
    },
    Fault("function with too few parameters") { file in
      guard !file.isGroup else { return nil }
      var seeded = file.addingKey("process_results", "!function faulty.score", words: ["argument"])
      seeded?.others = ["faulty.py": "def score(results):\n    return {}\n"]
      return seeded
    },
    Fault("function that reaches outside its folder") { file in
      var seeded = function(file, "faulty.clean", ["outside its folder"])
      seeded?.others = [
        "faulty.py": "import sys\nsys.path.append('..')\n\ndef clean(rows):\n    return rows\n"
      ]
      return seeded
    },
  ]

  private static func function(_ file: SoundFile, _ name: String, _ words: [String]) -> Seeded? {
    guard !file.isGroup, file.entry("class") == nil else { return nil }
    return file.addingKey("process_docs", "!function \(name)", words: words)
  }
}
