import Foundation
import TestKit
import Testing

@Suite struct `keys that nobody may see` {
  @Test func `a planted key is in nothing that is printed or written`() async throws {
    let key = "sk-planted-9f8e7d6c5b"
    let task = """
      task: planted
      dataset_path: json
      dataset_kwargs: {data_files: {test: rows.jsonl}}
      test_split: test
      output_type: generate_until
      doc_to_text: "{{q}}"
      doc_to_target: "{{a}}"
      metric_list: [{metric: exact_match}]
      """
    // Nobody listens there, so that what is said of trouble is searched too; the dry run writes all files.
    let arguments =
      #"{"model": "m", "base_url": "http://me:\#(key)@127.0.0.1:1/v1", "auth_token": "\#(key)", "#
      + #""header": {"X-Key": "\#(key)"}, "max_retries": 0}"#
    try await temporaryFolder { folder in
      try Data((task + "\n").utf8).write(to: folder.appending(path: "planted.yaml"))
      try Data(#"{"q": "2 + 2 =", "a": "4"}"#.utf8 + [10]).write(to: folder.appending(path: "rows.jsonl"))
      let run = "--tasks planted --include_path . --output_path out --log_samples --show_config"
      for line in [
        "run --model local-chat-completions \(run)", "run --model local-completions --predict_only \(run)",
        "run --model vllm --apply_chat_template \(run)", "doctor --model local-chat-completions",
        "doctor --model vllm", "lint planted.yaml --model local-chat-completions",
        "preview --tasks planted --include_path .",
      ] {
        let outcome = try await Program.shell("assay \(line) --model_args '\(arguments)'", in: folder)
        #expect(!(outcome.output + outcome.errors).contains(key), "\(line)")
        #expect(!outcome.errors.contains("Usage:"), "\(line): \(outcome.errors)")
      }
      let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      #expect(files.contains("planted.yaml"))
      for file in files {
        let data = FileManager.default.contents(atPath: folder.appending(path: file).path) ?? Data()
        #expect(!String(decoding: data, as: UTF8.self).contains(key), "\(file)")
      }
    }
  }
}
