import Exchange
import Foundation
import Metrics
import TaskDSL
import TestKit
import Testing
import Values

/// Tasks with steps beside the same tasks with Python helpers, which `Tools/tasks/row_steps.py` ran in the harness.
@Suite struct `steps give the rows and prompts of Python helpers` {
  static let folder = repositoryRoot.appending(path: "Tests/TaskDSLTests/Fixtures/row_steps")

  static let tasks = [
    "column_filter": """
    process_docs:
      keep: "{{ subject == 'astronomy' }}"
    doc_to_text: "{{question}}"
    doc_to_target: answer
    """,
    "query_and_choices": #"""
    output_type: multiple_choice
    process_docs:
      - set:
          query: "{{ activity_label }}: {{ ctx_a }} {{ ctx_b.capitalize() }}"
      - set:
          query: >-
            {{ query | trim | replace(' [title]', '. ') | regex_replace('\[.*?\]', '') | replace('  ', ' ') }}
          choices: >-
            {{ endings | map('trim') | map('replace', ' [title]', '. ') | map('regex_replace', '\[.*?\]', '')
               | map('replace', '  ', ' ') }}
          gold: "{{ label | int }}"
    doc_to_text: "{{query}}"
    doc_to_target: "{{gold}}"
    doc_to_choice: choices
    """#,
    "category_and_letters": #"""
    process_docs:
      - keep: "{{ category.lower() == 'math' }}"
    doc_to_text: |-
      Question:
      {{ question }}
      Options:
      {% for option in options %}{{ 'ABCDEFGHIJKLMNOP'[loop.index0] }}. {{ option }}
      {% endfor %}Answer: Let's think step by step.
    doc_to_target: answer
    """#,
  ]

  @Test(arguments: tasks.keys.sorted())
  func `row for row`(_ name: String) throws {
    let rows = try String(contentsOf: Self.folder.appending(path: "\(name).rows.jsonl"), encoding: .utf8)
    let expected = try String(
      contentsOf: Self.folder.appending(path: "\(name).expected.jsonl"), encoding: .utf8
    ).split(separator: "\n").map { try #require(try Value(json: String($0)).asMap) }
    let head = """
      task: t
      dataset_path: json
      dataset_kwargs: {data_files: {test: rows.jsonl}}
      test_split: test

      """
    let files = ["rows.jsonl": rows, "t.yaml": head + (Self.tasks[name] ?? "")]
    try Bench.with(files) { bench in
      let (plan, messages) = bench.compile("t")
      #expect(messages == [])
      let documents = try #require(plan?.tasks.first?.documents)
      #expect(documents.count == expected.count)
      for (document, expected) in zip(documents, expected) {
        #expect(Value.map(document.row).json() == expected["doc"]?.json())
        let asked = document.requests.compactMap { plan?.graph.requests[$0[0]].arguments.asList }
        let isChoice = plan?.tasks.first?.outputType == .multipleChoice
        let texts = asked.map { Value.list(isChoice ? $0 : Array($0.prefix(1))) }
        #expect(Value.list(texts).json() == expected["asked"]?.json())
      }
    }
  }
}
