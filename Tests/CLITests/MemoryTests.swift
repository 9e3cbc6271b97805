import Foundation
import TestKit
import Testing

@Suite struct `the memory of a run` {
  /// Prompts of some 900 tokens, which need 3 KiB each in the model that ships: 60 MiB for keys and values alone.
  private static let task = """
    task: long_prompts
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: generate_until
    doc_to_text: "{{text}}"
    doc_to_target: ""
    generation_kwargs: {until: [], max_gen_toks: 8, do_sample: false}
    metric_list: [{metric: exact_match}]
    """

  /// The most memory that a run with some settings took, in MiB, and what it answered.
  private func run(_ settings: String, rows: Int, in folder: URL) async throws -> (peak: Int, answers: String)
  {
    let command = """
      assay run --model_args pretrained="$ASSAY/Models/assay-tiny",\(settings) --model native --include_path . \
      --tasks long_prompts --limit \(rows) --log_samples --output_path \(settings)-\(rows) >log 2>&1 &
      while kill -0 $! 2>/dev/null; do
        grep VmHWM /proc/$!/status 2>/dev/null
        sleep 0.01
      done | tail -n 1
      wait $! || cat log
      grep -oh '"resps": *\\[.*\\], "filtered_resps"' "\(settings)-\(rows)"/*/samples_*
      """
    let outcome = try await Program.shell(command, in: folder)
    let lines = outcome.output.split(separator: "\n", maxSplits: 1)
    let peak = try #require(
      lines.first?.split(separator: " ").compactMap { Int($0) }.first, "\(outcome.output)")
    return (peak >> 10, String(try #require(lines.last)))
  }

  @Test func `stays near that of the weights and the budget`() async throws {
    try await temporaryFolder { folder in
      try Self.task.write(to: folder.appending(path: "long.yaml"), atomically: true, encoding: .utf8)
      let rows = (0..<24).map { row in
        let words = (0..<300).map { "\(($0 * 7 + row * 31) % 97)" }.joined(separator: " ")
        return "{\"text\": \"\(row) \(words)\"}\n"
      }
      try rows.joined().write(to: folder.appending(path: "rows.jsonl"), atomically: true, encoding: .utf8)
      let least = try await run("max_memory=0.01", rows: 1, in: folder)
      let bounded = try await run("max_memory=0.01", rows: 24, in: folder)
      let free = try await run("batch_tokens=1024", rows: 24, in: folder)
      #expect(bounded.answers == free.answers)
      #expect(bounded.peak - least.peak < 12)
      #expect(free.peak - bounded.peak > 30)
    }
  }
}
