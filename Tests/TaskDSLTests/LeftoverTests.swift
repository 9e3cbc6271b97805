import Exchange
import Foundation
import Metrics
import TaskDSL
import Testing
import Values

/// Keys of older task files and what the harness half supports.
@Suite struct `leftovers of the harness` {
  private func compiled(
    _ lines: String, _ files: [String: String] = [:], options: CompileOptions = CompileOptions()
  ) throws -> (task: PlannedTask?, prompt: String?, messages: [String]) {
    let own = ["t.yaml": "task: t\n" + Sample.base + lines, "rows.jsonl": Sample.rows]
    return try Bench.with(own.merging(files) { $1 }) { bench in
      let (plan, messages) = bench.compile("t", options: options)
      let text = plan?.graph.requests.first?.arguments.asList?.first?.text
      return (plan?.tasks.first, text, messages)
    }
  }

  @Test func `of two metrics of one name the later counts, in the place of the first`() throws {
    let (task, _, messages) = try compiled(
      """
      metric_list:
        - {metric: exact_match, higher_is_better: false}
        - {metric: bleu}
        - {metric: exact_match}
      """)
    #expect(task?.metrics.map(\.name) == ["exact_match", "bleu"])
    #expect(task?.metrics.first?.isHigherBetter == true)
    #expect(messages == ["duplicate-metric t.yaml:12"])
  }

  @Test func `rouge stands for its four numbers`() throws {
    let (task, _, messages) = try compiled(
      "metric_list: [{metric: rouge, aggregation: nanmean, higher_is_better: true}]")
    #expect(task?.metrics.map(\.name) == ["rouge1", "rouge2", "rougeL", "rougeLsum"])
    #expect(messages == [])
  }

  @Test func `a metric that is only left over is warned of where it gives nothing`() throws {
    let (task, _, messages) = try compiled(
      "output_type: loglikelihood\nmetric_list: [{metric: acc}, {metric: acc_all}]")
    #expect(task?.metrics.map(\.name) == ["acc"])
    #expect(messages == ["metric-does-not-fit t.yaml:10"])
    #expect(try compiled("metric_list: [{metric: acc_all}]").messages == ["unknown-metric t.yaml:9"])
  }

  @Test func `a prompt may be named`() throws {
    let (task, prompt, messages) = try compiled("use_prompt: qa-basic:q-newline-a")
    #expect(prompt == "Q: a\nA:")
    #expect(task?.documents.first?.target == "1")
    #expect(messages == [])
  }

  @Test func `a prompt of a file brings its answer along`() throws {
    let file = "prompts:\n  short:\n    doc_to_text: '{{question}}?'\n    doc_to_target: 'so {{answer}}'\n"
    let (task, prompt, messages) = try compiled(
      "use_prompt: prompts.yaml:short", ["prompts.yaml": file])
    #expect(prompt == "a?")
    #expect(task?.documents.first?.target == "so 1")
    #expect(messages == [])
  }

  @Test(arguments: [
    "qa-basic:q-newline", "promptsource:all", "basic", "none.yaml:x", "prompts.yaml:shrt",
    "prompts.yaml:chosen",
  ])
  func `a prompt that is not there is an error`(_ name: String) throws {
    let file = "prompts:\n  short: {doc_to_text: a, doc_to_target: b}\n  chosen: {doc_to_choice: c}\n"
    let messages = try compiled("use_prompt: \(name)", ["prompts.yaml": file]).messages
    // The file itself is no task, and is not among those asked for.
    #expect(messages == ["unknown-prompt t.yaml:9"])
  }

  @Test func `images are checked and put aside`() throws {
    let (task, prompt, messages) = try compiled("doc_to_image: [question]\ndoc_to_audio: '{{answer}}'")
    #expect(task?.mediaKeys == ["doc_to_image", "doc_to_audio"])
    #expect(prompt == "a")
    #expect(messages == [])
    #expect(try compiled("doc_to_image: '{{picture}}'").messages == ["undefined-column t.yaml:9"])
    #expect(try compiled("doc_to_image: '{{question'").messages.first?.contains("t.yaml:9") == true)
  }

  @Test func `answers alone need no metrics and no requests for them`() throws {
    var options = CompileOptions()
    options.isPredictOnly = true
    let choice =
      "output_type: multiple_choice\ndoc_to_choice: ['1', '2']\nmetric_list: [{metric: acc_mutual_info}]"
    let (task, _, messages) = try compiled(choice, options: options)
    #expect(task?.metrics.isEmpty == true)
    #expect(task?.documents.first?.requests.count == 2)
    #expect(messages == [])
    #expect(try compiled(choice).task?.documents.first?.requests.count == 4)
  }

  @Test func `what executes a model's words needs leave`() throws {
    var options = CompileOptions()
    options.allowsUnsafeCode = false
    #expect(try compiled("unsafe_code: true", options: options).messages == ["unsafe-code t.yaml:9"])
    #expect(try compiled("unsafe_code: 'no'", options: options).messages.contains("unsafe-code t.yaml:9"))
    #expect(try compiled("unsafe_code: false", options: options).messages == [])
    #expect(try compiled("unsafe_code: true").messages == [])
  }
}
