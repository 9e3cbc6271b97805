import Editor
import Foundation
import TestKit
import Testing
import Values

private let head = """
  task: small
  dataset_path: json
  dataset_kwargs: {data_files: {test: rows.jsonl}}
  test_split: test

  """
private let row = "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n"

@Suite struct `help in an editor` {
  private func withTalk(_ body: (inout Talk) throws -> Void) throws {
    try temporaryFolder { folder in
      try folder.write(row, to: "rows.jsonl")
      try folder.write("task: in_rows\n", to: "rows.yaml")
      var talk = Talk(folder)
      try body(&talk)
    }
  }

  @Test(arguments: [
    ("task: a\noutput‸", "output_type"), ("‸", "task"), ("‸", "group"), ("met‸", "metric_list"),
    ("# mine\n\ndoc_to_t‸", "doc_to_text"), ("doc_to_t‸\ntask: a\n", "doc_to_text"),
    ("tag: x\ntas‸", "task"), ("task: a\nmetric_list:\n  - met‸", "metric"),
    ("task: a\nmetric_list:\n- ‸", "metric"),
    ("task: a\nmetric_list:\n  - metric: acc\n  - ‸", "metric"),
    ("task: a\nmetric_list:\n  - metric: acc\n    agg‸", "aggregation"),
    ("task: a\nfilter_list:\n  - name: x\n    filter:\n      - ‸", "function"),
    ("task: a\nfilter_list:\n  - name: x\n    filter:\n      - fun‸", "function"),
    ("include: ‸", "rows.yaml"), ("include: ro‸\ntask: a\n", "rows.yaml"),
    ("include:\n  - ./ro‸", "./rows.yaml"),
    ("task: a\ndataset_kwargs:\n  data_files:\n    test: ‸", "rows.jsonl"),
    ("group: g\ntask:\n  - ‸", "in_rows"), ("group: g\ntask:\n  - in_‸", "in_rows"),
    ("group: g\ntask:\n  - task: ro‸", "in_rows"), ("group: g\ntask: [in‸", "in_rows"),
    ("task: a\noutput_type: ‸", "multiple_choice"), ("task: a\noutput_type: mul‸\nx: [", "multiple_choice"),
    ("task: a\nfewshot_config:\n  ‸", "sampler"), ("task: a\nfewshot_config:\n  sampler: fi‸", "first_n"),
    ("task: a\nfewshot_config: {sam‸", "sampler"), ("task: a\nfewshot_config: {sampler: ‸}", "first_n"),
    ("task: a\nfilter_list:\n  - na‸", "name"), ("task: a\nfilter_list:\n  - name: x\n    ‸", "filter"),
    ("task: a\nfilter_list:\n  - name: x\n    filter:\n      - function: ‸", "regex"),
    ("task: a\nfilter_list:\n  - name: x\n    filter:\n    - function: take‸", "take_first"),
    ("task: a\nfilter_list:\n- name: x\n  filter:\n  - function: regex\n    ‸", "regex_pattern"),
    ("task: a\nfilter_list:\n- name: x\n  filter:\n  - {function: regex, gr‸", "group_select"),
    ("task: a\nmetric_list:\n  - metric: ‸", "exact_match"),
    ("task: a\nmetric_list:\n  - metric: exact_match\n    ‸", "ignore_case"),
    ("task: a\nmetric_list:\n  - metric: exact_match\n    aggregation: ‸", "mean"),
    ("task: a\nmetric_list:\n  - metric: acc\n    higher_is_better: ‸", "true"),
    ("task: a\ngeneration_kwargs:\n  ‸\nmetric_list: []", "until"),
    ("task: a\nprocess_docs:\n  - ‸", "keep"), ("task: a\nprocess_docs: ‸", "!function"),
    ("group: g\naggregate_metric_list:\n  - metric: acc\n    ‸", "weight_by_size"),
    ("group: g\ntask:\n  - task: a\n    num‸", "num_fewshot"),
    ("task: a\n# assay: ignore[‸", "missing-version"),
    (head + "doc_to_text: \"{{‸", "question"), (head + "doc_to_text: \"{{ qu‸ }}\"", "question"),
    (head + "doc_to_text: |\n  Q: {{ ‸", "question"), (head + "doc_to_target: ‸", "answer"),
    (head + "process_docs: [{set: {extra: 1}}]\ndoc_to_text: \"{% if ‸", "extra"),
  ])
  func `completes`(_ marked: String, _ expected: String) throws {
    try withTalk { talk in
      let labels = talk.completions(marked)
      #expect(labels.contains(expected), "\(labels.prefix(12))")
    }
  }

  @Test(arguments: [
    ("task: a\noutput_type: ‸", "task"), ("task: a\n‸", "task"), ("task: a\n‸", "sampler"),
    ("task: a\ndoc_to_text: |\n  output‸", "output_type"), ("task: a # output‸", "output_type"),
    (head + "doc_to_text: \"{{ question.‸", "question"),
    ("task: a\nfilter_list:\n- name: x\n  filter:\n  - function: take_first\n    ‸", "regex_pattern"),
    ("services:\n  ‸", "task"), ("name: x\ntas‸", "task"), ("some words\nmore wor‸", "task"),
    ("include: ‸", "rows.jsonl"), ("task: a\ntag: ‸", "in_rows"),
  ])
  func `offers nothing that has no place there`(_ marked: String, _ unexpected: String) throws {
    try withTalk { talk in
      let labels = talk.completions(marked)
      #expect(!labels.contains(unexpected))
    }
  }

  @Test func `completes names of rules in settings`() throws {
    try temporaryFolder { folder in
      var talk = Talk(folder)
      talk.open("assay.yaml", "lint:\n  ignore: [")
      let items = talk.result("textDocument/completion", talk.place("assay.yaml", "lint:\n  ignore: [‸"))
      let labels = items.asMap?["items"]?.asList?.compactMap { $0.asMap?["label"]?.asString } ?? []
      #expect(labels.contains("missing-version"))
      #expect(labels.contains("templates"))
    }
  }

  @Test func `offers what is meant most at the top`() throws {
    try withTalk { talk in
      func first(_ marked: String) -> String? {
        talk.open("t.yaml", marked.replacing("‸", with: ""))
        let items = talk.result("textDocument/completion", talk.place("t.yaml", marked)).asMap?["items"]
        let texts = items?.asList?.compactMap(\.asMap) ?? []
        return texts.min { ($0["sortText"]?.text ?? "~") < ($1["sortText"]?.text ?? "~") }?["label"]?.text
      }
      #expect(first("‸") == "task")
      #expect(first("group: g\ntask:\n  - ‸") == "in_rows")
      #expect(first(head + "doc_to_target: ‸") == "question")
    }
  }

  @Test func `replaces the whole word, and no more`() throws {
    try withTalk { talk in
      talk.open("t.yaml", "task: a\nfilter_list: [{name: x, filter: [{function: reg}]}]\n")
      let marked = "task: a\nfilter_list: [{name: x, filter: [{function: re‸g}]}]\n"
      let items = talk.result("textDocument/completion", talk.place("t.yaml", marked))
      let item = items.asMap?["items"]?.asList?.first { $0.asMap?["label"] == "regex" }
      let edit = item?.asMap?["textEdit"] ?? .null
      #expect(
        applied([edit], to: marked.replacing("‸", with: ""))
          == "task: a\nfilter_list: [{name: x, filter: [{function: regex}]}]\n")
    }
  }

  @Test(arguments: [
    ("task: a\nout‸put_type: x", "what is asked of the model"),
    ("task: a\nmetric_list:\n  - metric: exact_ma‸tch", "to the letter"),
    ("task: a\nfilter_list:\n- name: x\n  filter:\n  - function: re‸gex", "regex_pattern"),
    ("task: a\nfilter_list:\n- name: x\n  filter:\n  - function: regex\n    group_se‸lect: 1", "which"),
    ("task: a\n# assay: ignore[missing-ver‸sion]\n", "version"),
    (head + "doc_to_text: \"{{ques‸tion}}\"", "How?"),
  ])
  func `tells what a word means`(_ marked: String, _ expected: String) throws {
    try withTalk { talk in
      let text = talk.hover(marked)
      #expect(text.contains(expected), "\(text)")
    }
  }

  private static let whole =
    head + """
      output_type: multiple_choice
      doc_to_text: "Q: {{question}}\\nA:"
      doc_to_choice: "{{choices}}"
      doc_to_target: "{{answer}}"

      """

  @Test func `shows the prompt of the first row`() throws {
    try withTalk { talk in
      let marked = Self.whole.replacing("doc_to_text", with: "doc_to‸_text")
      let prompt = "Q: How?\nA:▏\n» ' so'\n» ' thus'\ngold: 1 'thus'\n"
      #expect(talk.hover(marked).contains(prompt))
      let lenses = talk.result(
        "textDocument/codeLens", ["textDocument": ["uri": .string(talk.uri("typed.yaml"))]])
      let lens = try #require(lenses.asList?.first?.asMap)
      let command = try #require(talk.result("codeLens/resolve", lens).asMap?["command"]?.asMap)
      #expect(command["title"]?.text.contains("Q: How?⏎A:▏") == true)
      let run: OrderedMap = [
        "command": command["command"] ?? .null, "arguments": command["arguments"] ?? .null,
      ]
      #expect(talk.result("workspace/executeCommand", run) == ["text": .string(prompt)])
      #expect(talk.written.isEmpty)
      var other = Talk(talk.folder, canShow: true)
      other.open("typed.yaml", Self.whole)
      _ = other.result("workspace/executeCommand", run)
      #expect(other.written.values.map { $0 } == [prompt])
      #expect(other.notes.contains { $0["method"] == "window/showDocument" })
    }
  }

  @Test func `says why there is no prompt`() throws {
    try withTalk { talk in
      #expect(
        talk.hover(
          Self.whole.replacing("doc_to_text", with: "doc_to‸_text").replacing("question", with: "qestion")
        )
        .contains("qestion"))
      let python = Self.whole.replacing(
        "doc_to_text: \"Q: {{question}}\\nA:\"", with: "doc_to‸_text: !function u.f")
      #expect(talk.hover(python).contains("Python"))
    }
  }

  @Test func `leads to files, members and functions`() throws {
    try withTalk { talk in
      try talk.folder.write("doc_to_text: x\n", to: "deep/base.yaml")
      try talk.folder.write("\n# first\ntask: other\n", to: "other.yaml")
      try talk.folder.write("import re\n\n\ndef rows(x):\n  pass\n\nclass Own:\n  pass\n", to: "utils.py")
      #expect(talk.definition("include: deep/ba‸se.yaml\ntask: a\n") == "base.yaml:0")
      #expect(talk.definition("include:\n  - deep/ba‸se.yaml\ntask: a\n") == "base.yaml:0")
      #expect(talk.definition("task: a\nprocess_docs: !function utils.ro‸ws\n") == "utils.py:3")
      #expect(talk.definition("task: a\nprocess_docs: !func‸tion utils.Own\n") == "utils.py:6")
      #expect(talk.definition("group: g\ntask:\n  - oth‸er\n") == "other.yaml:2")
      #expect(talk.definition("group: g\ntask:\n  - task: oth‸er\n    num_fewshot: 1\n") == "other.yaml:2")
      #expect(
        talk.definition("task: a\ndataset_kwargs: {data_files: {test: rows‸.jsonl}}\n") == "rows.jsonl:0")
      #expect(talk.definition("task: oth‸er\n") == "")
      #expect(talk.definition("include: noth‸ing.yaml\ntask: a\n") == "")
    }
  }

  @Test func `outlines a file`() throws {
    try withTalk { talk in
      talk.open("t.yaml", Self.whole + "metric_list:\n  - metric: acc\n    aggregation: mean\n")
      let symbols = talk.result(
        "textDocument/documentSymbol", ["textDocument": ["uri": .string(talk.uri("t.yaml"))]])
      let names = symbols.asList?.compactMap { $0.asMap?["name"]?.asString } ?? []
      #expect(names.first == "task")
      let metrics = symbols.asList?.last?.asMap?["children"]?.asList?.first?.asMap
      #expect(metrics?["name"] == "acc")
      #expect(metrics?["children"]?.asList?.count == 2)
    }
  }
}
