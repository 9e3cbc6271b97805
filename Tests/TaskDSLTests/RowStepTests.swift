import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values

@Suite struct `steps of process_docs` {
  private static func files(_ steps: String, _ more: String = "") -> [String: String] {
    [
      "t.yaml": """
      task: t
      dataset_path: json
      dataset_kwargs: {data_files: {test: rows.jsonl}}
      test_split: test
      doc_to_text: "{{ q }}"
      doc_to_target: a
      \(more)
      process_docs:
      """ + "\n" + steps + "\n",
      "rows.jsonl": """
      {"q": "one", "a": "A", "n": 1, "list": ["x", "y"], "odd name": null}
      {"q": "two", "a": "B", "n": 2, "list": [], "odd name": 0.5}
      {"q": "three", "a": "C", "n": 3, "list": ["z"], "odd name": 1.5}

      """,
    ]
  }

  /// The rows that are left, as JSON.
  private func rows(_ steps: String) throws -> [String] {
    try Bench.with(Self.files(steps)) { bench in
      let (plan, messages) = bench.compile("t")
      #expect(messages == [])
      return plan?.tasks[0].documents.map { Value.map($0.row).json() } ?? []
    }
  }

  private func messages(_ steps: String) throws -> [String] {
    try Bench.with(Self.files(steps)) { $0.compile("t").messages }
  }

  @Test func `set columns by templates that keep the kind of a single expression`() throws {
    let steps = """
        - drop: [list, odd name]
        - set:
            twice: "{{ n * 2 }}"
            text: "{{ n * 2 }}!"
            block: |
              {{ [q, n] }}
            pair: [1, "{{ q }}"]
            fixed: {deep: [true, null]}
            range: "{{ range(n) }}"
            later: "{{ twice + 1 }}"
      """
    #expect(
      try rows(steps).first == """
        {"q": "one", "a": "A", "n": 1, "twice": 2, "text": "2!", "block": ["one", 1], "pair": [1, "one"], \
        "fixed": {"deep": [true, null]}, "range": [0], "later": 3}
        """)
  }

  @Test func `take a single step without a list, in the order in which its keys stand`() throws {
    #expect(
      try rows("  set: {n: \"{{ n + 1 }}\"}\n  keep: \"{{ n == 2 }}\"\n  drop: [list, 'odd name']") == [
        #"{"q": "one", "a": "A", "n": 2}"#
      ])
    #expect(
      try rows("  keep: \"{{ n == 2 }}\"\n  set: {n: \"{{ n + 1 }}\"}\n  drop: [list, 'odd name']") == [
        #"{"q": "two", "a": "B", "n": 3}"#
      ])
  }

  @Test func `rename columns in their places, and see columns with odd names in doc`() throws {
    let steps = """
        - keep: "{{ doc['odd name'] is not none and doc['odd name'] < 1 }}"
        - rename: {q: question, odd name: share}
          drop: list
        - rename: {question: q}
      """
    #expect(try rows(steps) == [#"{"q": "two", "a": "B", "n": 2, "share": 0.5}"#])
  }

  @Test(arguments: [
    ("  - keep: \"{{ m == 1 }}\"", "undefined-column t.yaml:9"),
    ("  - drop: m", "undefined-column t.yaml:9"),
    ("  - drop: n\n  - set: {x: \"{{ n }}\"}", "undefined-column t.yaml:10"),
    ("  - rename: {n: a}", "taken-column t.yaml:9"),
    ("  - rename: {m: k}", "undefined-column t.yaml:9"),
    ("  - keep: n == 1", "not-an-expression t.yaml:9"),
    ("  - keep: \"{{ n == 1 }} or {{ n == 2 }}\"", "not-an-expression t.yaml:9"),
    ("  - keep: true", "wrong-type t.yaml:9"),
    ("  - kep: \"{{ n }}\"", "unknown-key t.yaml:9"),
    ("  - set: [a]", "wrong-type t.yaml:9"),
    ("  - set: {x: !function a.b}", "unknown-tag t.yaml:9"),
    ("  - !function utils.f", "wrong-type t.yaml:9"),
    ("  - drop: 1", "wrong-type t.yaml:9"),
    ("  three", "wrong-type t.yaml:9"),
    ("  - set: {x: q}", "column-as-text t.yaml:9"),
    ("  - keep: \"{{ n == '1' }}\"", "no-rows-kept t.yaml:9"),
    ("  - set:\n      x: \"{{ 6 / (n - 3) }}\"", "template-failed t.yaml:10"),
    ("  - set: {x: \"{{ cycler }}\"}", "template-failed t.yaml:9"),
  ])
  func `say what is wrong, and where`(_ steps: String, _ message: String) throws {
    #expect(try messages(steps) == [message])
  }

  @Test func `name the row that a template fails for`() throws {
    let steps = "  - keep: \"{{ n > 1 }}\"\n  - set: {x: \"{{ list[0] | upper }}\"}"
    try Bench.with(Self.files(steps)) { bench in
      var index = bench.index()
      var findings = Findings()
      let members = index.select(["t"], &findings)
      _ = TaskCompiler(datasets: .init(mirrors: [], workingDirectory: bench.folder.path))
        .compile(members, &findings)
      #expect(findings.sorted.map(\.message).first?.hasSuffix("(row 1 of `test` as it is read)") == true)
    }
  }

  @Test func `change examples of their own way, or as the task does`() throws {
    let inherited = Self.files("  - set: {a: \"{{ a }}!\"}", "num_fewshot: 1")
    let own = Self.files(
      "  - set: {a: \"{{ a }}!\"}",
      "num_fewshot: 1\nfewshot_config: {sampler: first_n, process_docs: {set: {a: \"{{ a }}?\"}}}")
    let none = Self.files(
      "  - set: {a: \"{{ a }}!\"}", "num_fewshot: 1\nfewshot_config: {sampler: first_n, process_docs: null}")
    for (files, answer) in [(inherited, "!"), (own, "one A?"), (none, "one A\n")] {
      try Bench.with(files) { bench in
        let (plan, messages) = bench.compile("t")
        #expect(messages == [])
        let prompt = plan?.graph.requests.last?.arguments.asList?[0].text ?? ""
        #expect(prompt.contains(answer))
      }
    }
  }

  @Test func `stand in the configuration of the results`() throws {
    try Bench.with(Self.files("  - set: {a: \"{{ a }}!\"}")) { bench in
      let configuration = bench.compile("t").plan?.tasks[0].configuration
      #expect(configuration?["process_docs"]?.json() == #"[{"set": {"a": "{{ a }}!"}}]"#)
    }
  }
}
