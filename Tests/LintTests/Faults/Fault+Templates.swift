import Diagnostics
import Foundation
import YAML

extension Fault {
  /// A prompt that is changed by replacing its first `{{name}}`.
  private static func prompt(
    _ kind: String, _ words: String..., rows: Bool = false,
    change: @escaping @Sendable (_ written: String, _ tag: String, _ name: String) -> String?
  ) -> Fault {
    let words = words
    return Fault(kind, rows: rows) { file in
      guard let entry = file.prompt else { return nil }
      let written = file.written(entry.value.span)
      guard let match = written.firstMatch(of: /\{\{ ?(\w{4,}) ?\}\}/), !written.contains("{%") else {
        return nil
      }
      guard let new = change(written, String(match.0), String(match.1)), new != written else { return nil }
      return file.replacing(entry.value.span, with: new, words: words.isEmpty ? ["`\(match.1)`"] : words)
    }
  }

  /// Templates that are wrong, or say something else than is meant.
  static let templates: [Fault] = [
    prompt("single braces", "between double braces") { $0.replacingFirst($1, with: "{\($2)}") },
    prompt("braces of a shell", "between double braces") { $0.replacingFirst($1, with: "${\($2)}") },
    prompt("percent signs of Python", "between double braces") { $0.replacingFirst($1, with: "%(\($2))s") },
    prompt("one brace closes", "`}`") { $0.replacingFirst($1, with: "{{\($2)}") },
    prompt("one brace opens", "opens with one brace") { written, tag, name in
      written.components(separatedBy: "{").count == 3 ? written.replacingFirst(tag, with: "{\(name)}}") : nil
    },
    prompt("three braces", "`}`", "`:`") { $0.replacingFirst($1, with: "{{{\($2)}}}") },
    prompt("braces not closed", "expected `}}`", "never closed", "found") {
      $0.replacingFirst($1, with: "{{ \($2)")
    },
    prompt("condition not closed", "never closed") { $0.replacingFirst($1, with: "{% if \($2) %}\($1)") },
    prompt("condition not opened", "no block is open") { written, tag, _ in
      written.replacingFirst(tag, with: "\(tag){% endif %}")
    },
    prompt("else without a condition", "no block is open") { written, tag, _ in
      written.replacingFirst(tag, with: "\(tag){% else %}")
    },
    prompt("statement that is none", "is not known") { $0.replacingFirst($1, with: "{% fi \($2) %}\($1)") },
    prompt("percent sign missing", "`}`") { $0.replacingFirst($1, with: "{% if \($2) }\($1){% endif %}") },
    prompt("filter misspelled", "the filter `uper` is not known") {
      $0.replacingFirst($1, with: "{{ \($2) | uper }}")
    },
    prompt("filter of Python", "the filter `strip` is not known") {
      $0.replacingFirst($1, with: "{{ \($2) | strip }}")
    },
    prompt("test that is none", "the test `defned` is not known") {
      $0.replacingFirst($1, with: "{{ \($2) if \($2) is defned }}")
    },
    prompt("method misspelled", "a method `stripp`") { $0.replacingFirst($1, with: "{{ \($2).stripp() }}") },
    prompt("method of another language", "a method `toUpperCase`") {
      $0.replacingFirst($1, with: "{{ \($2).toUpperCase() }}")
    },
    prompt("filter as a method", "a method `trim`") { $0.replacingFirst($1, with: "{{ \($2).trim() }}") },
    prompt("method not called", "`strip` is a method") { $0.replacingFirst($1, with: "{{ \($2).strip }}") },
    prompt("function of Python", "no function `len`") {
      $0.replacingFirst($1, with: "{{ len(\($2)) }} \($1)")
    },
    prompt("function of Python in a loop", "no function `enumerate`") {
      $0.replacingFirst($1, with: "{% for i, c in enumerate(\($2)) %}{{ c }}{% endfor %}")
    },
    prompt("list comprehension", "found `for`") { $0.replacingFirst($1, with: "{{ [c for c in \($2)] }}") },
    prompt("assignment in an expression", "found `=`") { $0.replacingFirst($1, with: "{{ \($2) = 3 }}") },
    prompt("and of another language", "`&`") { $0.replacingFirst($1, with: "{{ \($2) && \($2) }}") },
    prompt("choice of another language", "`?`") { $0.replacingFirst($1, with: "{{ \($2) ? 1 : 2 }}") },
    prompt("doc before a column", "no `doc`") { $0.replacingFirst($1, with: "{{ doc.\($2) }}") },
    prompt("doc with brackets", "no `doc`") {
      $0.replacingFirst($1, with: "{{ doc[\"\($2)\"] }}".replacing("\"", with: "'"))
    },
    prompt("template that includes another", "no other templates") { written, tag, _ in
      written.replacingFirst(tag, with: "{% include 'head' %}\(tag)")
    },
    prompt("column misspelled", "the data has no column", rows: true) {
      $0.replacingFirst($1, with: "{{ \($2.dropLast())qq }}")
    },
    Fault("constant prompt") { file in
      guard let entry = file.prompt, file.outputType == "generate_until" || file.choiceList != nil else {
        return nil
      }
      return file.replacing(entry.value.span, with: "\"Answer the question.\"", words: ["same for every row"])
    },
    Fault("empty prompt") { file in
      guard let entry = file.prompt, file.isGenerating, file.entry("description") == nil else { return nil }
      return file.replacing(entry.value.span, with: "\"\"", words: ["is empty"])
    },
    prompt("prompt that is nearly a column", "not the column", rows: true) { written, tag, name in
      written == "\"\(tag)\"" || written.hasPrefix("\"Question") ? name + "s" : nil
    },
    Fault("answer that is nearly a column", rows: true) { file in
      guard let entry = file.entry("doc_to_target"), file.isOnOneLine(entry), file.isGenerating else {
        return nil
      }
      return file.replacing(entry.value.span, with: "answr", words: ["not the column"])
    },
    Fault("space at the end of the prompt") { file in
      guard let entry = file.prompt, file.outputType == "multiple_choice" || file.isGenerating,
        file.entry("gen_prefix") == nil, file.entry("target_delimiter") == nil
      else { return nil }
      let written = file.written(entry.value.span)
      guard written.hasSuffix(":\"") else { return nil }
      return file.replacing(entry.value.span, with: written.dropLast() + " \"", words: ["ends with a space"])
    },
    Fault("space at the end of gen_prefix") { file in
      file.isGroup || file.outputType == nil
        ? nil : file.addingKey("gen_prefix", "\"Answer: \"", words: ["ends with a space"])
    },
    Fault("answer in the prompt") { file in
      guard let entry = file.prompt, file.isGenerating, file.entry("process_results") == nil,
        let target = file.entry("doc_to_target")?.value.text?.text.firstMatch(of: /^\{\{ ?(\w+) ?\}\}$/),
        file.written(entry.value.span).hasSuffix("\"")
      else { return nil }
      let new = file.written(entry.value.span).dropLast() + " {{\(target.1)}}\""
      return file.replacing(entry.value.span, with: String(new), words: ["is the right answer"])
    },
    Fault("description that runs into the question") { file in
      guard file.entry("description") == nil, file.prompt != nil, !file.isGroup else { return nil }
      return file.addingKey("description", "Answer the question.", words: ["runs into"])
    },
    Fault("column of the description misspelled", rows: true) { file in
      file.isGroup
        ? nil : file.addingKey("description", "\"About {{subjct}}.\\n\\n\"", words: ["no column `subjct`"])
    },
  ]

  /// Choices and right answers.
  static let choices: [Fault] = [
    Fault("choices as one text") {
      $0.setting($0.choiceList, to: "\"red, green\"", words: ["one text, not a list"])
    },
    Fault("choice twice") { file in
      file.choiceList.flatMap { file.setting($0, to: "[\"red\", \"red\"]", words: ["there twice"]) }
    },
    Fault("choice that begins with another") { file in
      guard file.root["process_results"] == nil,
        file.metrics.contains(where: { $0["metric"]?.scalar?.text.text == "acc" })
      else { return nil }
      return file.setting(file.choiceList, to: "[\"red\", \"reddish\"]", words: ["begins with the choice"])
    },
    Fault("empty choice") { $0.setting($0.choiceList, to: "[\"red\", \"\"]", words: ["is empty"]) },
    Fault("one choice") { $0.setting($0.choiceList, to: "[\"red\"]", words: ["one choice alone"]) },
    Fault("no choice") { $0.setting($0.choiceList, to: "[]", words: ["no choice"]) },
    Fault("space before one choice") {
      $0.setting($0.choiceList, to: "[\"red\", \" green\"]", words: ["begins with a space"])
    },
    Fault("space before all choices") { file in
      guard file.entry("target_delimiter") == nil else { return nil }
      return file.setting(file.choiceList, to: "[\" red\", \" green\"]", words: ["begin with a space"])
    },
    Fault("no space before the answer") { file in
      guard let entry = file.prompt, file.choiceList?.value.items?.first?.text?.text.first?.isLetter == true,
        file.written(entry.value.span).hasSuffix(":\""), file.entry("gen_prefix") == nil
      else { return nil }
      return file.addingKey("target_delimiter", "\"\"", words: ["nothing stands between"])
    },
    Fault("right answer beyond the choices") { file in
      file.choiceList == nil ? nil : file.setting(file.entry("doc_to_target"), to: "99", words: ["number 99"])
    },
    Fault("negative right answer") { file in
      file.choiceList == nil ? nil : file.setting(file.entry("doc_to_target"), to: "-1", words: ["number -1"])
    },
    Fault("right answer that is always the same") { file in
      guard file.choiceList != nil, file.entry("process_docs") == nil, file.root["process_results"] == nil,
        file.choiceList?.value.items?.allSatisfy({ $0.text?.text.contains("{") == false }) == true
      else { return nil }
      return file.setting(file.entry("doc_to_target"), to: "0", words: ["same for every row"])
    },
    Fault("right answer that is always the same text") { file in
      guard file.isGenerating, file.entry("process_docs") == nil, file.root["process_results"] == nil,
        file.entry("doc_to_choice") == nil
      else { return nil }
      return file.setting(file.entry("doc_to_target"), to: "\"the answer\"", words: ["same for every row"])
    },
    Fault("right answer counted from one", rows: true) { file in
      file.outputType == "multiple_choice"
        ? file.setting(file.entry("doc_to_target"), to: "\"{{ label + 1 }}\"", words: ["choices", "number"])
        : nil
    },
    Fault("right answer that is no choice", rows: true) { file in
      file.outputType == "multiple_choice"
        ? file.setting(
          file.entry("doc_to_target"), to: "\"{{ question }}\"",
          words: ["none of the choices", "not the number"]) : nil
    },
    Fault("choices that are no list", rows: true) { file in
      file.outputType == "multiple_choice"
        ? file.setting(file.entry("doc_to_choice"), to: "\"{{ question }}\"", words: ["no list"]) : nil
    },
    Fault("choices without output type") { file in
      guard file.outputType == "multiple_choice", file.choiceList != nil, file.root["process_results"] == nil,
        file.entry("generation_kwargs") == nil, file.entry("filter_list") == nil, file.entry("include") == nil
      else { return nil }
      return file.removing(
        file.entry("output_type"), words: ["no `output_type`"], foundAt: file.choiceList?.key.span)
    },
  ]
}
