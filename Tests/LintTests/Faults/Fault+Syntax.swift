import Diagnostics
import Foundation
import YAML

extension Fault {
  /// Texts that YAML cannot read, or reads as something else.
  static let syntax: [Fault] = [
    Fault("tab in indentation") { file in
      file.nested.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["tab"]) { line in
          line.hasPrefix("  ") ? "\t" + line.drop { $0 == " " } : nil
        }
      }
    },
    Fault("key indented too deep") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["indent", "second `: `"]) {
          " " + $0
        }
      }
    },
    Fault("key in a mapping indented too deep") { file in
      file.nested.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["indent"]) { " " + $0 }
      }
    },
    Fault("key in a mapping not indented") { file in
      file.nested.flatMap { entry in
        // As a key of the task it would say the same or something else, and be none too deep.
        if entry.key.value == "num_fewshot" { return nil }
        return file.changing(line: file.line(of: entry.key.span.start), words: ["indent", "there is no key"])
        {
          String($0.drop { $0 == " " })
        }
      }
    },
    Fault("no colon behind a key") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["`:` is missing"]) {
          $0.replacingFirst(": ", with: " ")
        }
      }
    },
    Fault("no space behind a colon") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["space is missing"]) {
          $0.replacingFirst(": ", with: ":")
        }
      }
    },
    Fault("`=` for `:`") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["not by `=`"]) {
          $0.replacingFirst(": ", with: " = ")
        }
      }
    },
    Fault("quote not closed") { file in
      file.quotedScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.value.span.end - 1), words: ["quote"], around: 0) {
          $0.hasSuffix("\"") || $0.hasSuffix("'") ? String($0.dropLast()) : nil
        }
      }
    },
    Fault("quote inside quotes") { file in
      file.quotedScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.value.span.start), words: ["quotes"]) { line in
          guard line.hasSuffix("\"") else { return nil }
          return line.dropLast() + " \"so\" it is\""
        }
      }
    },
    Fault("bracket not closed") { file in
      file.flowList.flatMap { entry in
        file.changing(line: file.line(of: entry.value.span.start), words: ["not closed"]) {
          $0.hasSuffix("]") ? String($0.dropLast()) : nil
        }
      }
    },
    Fault("bracket too many") { file in
      file.flowList.flatMap { entry in
        file.changing(line: file.line(of: entry.value.span.start), words: ["closes nothing"]) {
          $0.hasSuffix("]") ? $0 + "]" : nil
        }
      }
    },
    Fault("comma missing in a list") { file in
      file.flowList.flatMap { entry in
        file.changing(line: file.line(of: entry.value.span.start), words: ["comma"]) {
          $0.contains("\", \"") ? $0.replacingFirst("\", \"", with: "\" \"") : nil
        }
      }
    },
    Fault("alias without anchor") { $0.setting($0.topScalar, to: "*shared", words: ["no anchor"]) },
    Fault("text that begins with @") {
      $0.setting($0.topScalar, to: "@value", words: ["cannot begin with `@`"])
    },
    Fault("text that begins with %") {
      $0.setting($0.topScalar, to: "%value", words: ["cannot begin with `%`"])
    },
    Fault("text with a colon in it") { $0.setting($0.topScalar, to: "one: two", words: ["`: `"]) },
    Fault("backslash in double quotes") { file in
      file.setting(file.pattern, to: "\"(\\d+)\"", words: ["is no escape"])
    },
    Fault("typographic quotes") { $0.setting($0.topScalar, to: "“value”", words: ["no quotes to yaml"]) },
    Fault("no-break space") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["no-break space"]) {
          $0.replacingFirst(": ", with: ":\u{A0}")
        }
      }
    },
    Fault("control character") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["control character"]) {
          $0 + "\u{7}"
        }
      }
    },
    Fault("mark of a merge") { file in
      file.topScalar.flatMap { entry in
        file.changing(line: file.line(of: entry.key.span.start), words: ["merge"]) {
          "<<<<<<< HEAD\n\($0)\n=======\n\($0)\n>>>>>>> other"
        }
      }
    },
    Fault("second document") { $0.adding("---\ntask: other", words: ["second yaml document"]) },
    Fault("empty file") { _ in Seeded(text: "", lines: 1...1, words: ["holds a mapping"]) },
    Fault("comment alone") { _ in Seeded(text: "# a task\n", lines: 1...1, words: ["holds a mapping"]) },
    Fault("list at the root") { file in
      Seeded(text: "- task: one\n- task: two\n", lines: 1...1, words: ["holds a mapping, found a list"])
    },
    Fault("name of the file ends in .yml") { file in
      guard let name = file.root["task"] ?? file.root["group"] else { return nil }
      let number = file.line(of: name.span.start)
      return Seeded(
        text: file.text, lines: number...number, words: [".yml"],
        path: file.path.replacingOccurrences(of: ".yaml", with: ".yml"))
    },
    Fault("key twice") { file in
      guard let entry = file.topScalar else { return nil }
      return file.adding("\(entry.key.value): \(file.written(entry.value.span))", words: ["given twice"])
    },
    Fault("key twice in a mapping") { file in
      guard let entry = file.nested, entry.value.scalar != nil else { return nil }
      let line = "\(entry.key.value): \(file.written(entry.value.span))"
      var seeded = file.inserting(line, before: entry.key.span, words: ["given twice"])
      seeded.lines = (seeded.lines.lowerBound + 1)...(seeded.lines.upperBound + 1)
      return seeded
    },
    Fault("template without quotes") { file in
      file.setting(file.entry("doc_to_target"), to: "{{answer}}", words: ["needs quotes", "in quotes"])
    },
    Fault("template without quotes, and more") { file in
      file.setting(file.entry("doc_to_text"), to: "{{question}} is what?", words: ["quotes"])
    },
    Fault("tag that is none") { file in
      file.setting(file.entry("doc_to_text"), to: "!funtion utils.text", words: ["`!function`"])
    },
    Fault("tag that is none, on a metric") { file in
      file.setting(file.firstMetricEntry("metric"), to: "!fuction utils.score", words: ["`!function`"])
    },
    Fault("tag of Python") { file in
      file.setting(file.topScalar, to: "!!python/name:utils.f", words: ["no tag"])
    },
    Fault("text cut by a comment") { file in
      file.setting(file.entry("doc_to_text"), to: "Question #1 {{question}}", words: ["begins a comment"])
    },
    Fault("pattern cut by a comment") { file in
      file.setting(file.pattern, to: "#### (\\d+)", words: ["begins a comment"])
    },
    Fault("byte order mark and a typo") { file in
      guard let entry = file.topScalar else { return nil }
      let number = file.line(of: entry.key.span.start)
      let seeded = file.renaming(entry, to: entry.key.value + "x")
      return seeded.map {
        Seeded(text: "\u{FEFF}" + $0.text, lines: number...number, words: ["`\(entry.key.value)x`"])
      }
    },
    Fault("line ends of Windows and a typo") { file in
      guard let entry = file.topScalar else { return nil }
      let number = file.line(of: entry.key.span.start)
      let seeded = file.renaming(entry, to: entry.key.value + "x")
      return seeded.map {
        Seeded(
          text: $0.text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(
            of: "\n", with: "\r\n"),
          lines: number...number, words: ["`\(entry.key.value)x`"])
      }
    },
  ]

  /// Words that YAML 1.1 takes for something else.
  static let words: [Fault] = [
    Fault("yes and no as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[yes, no]", words: ["boolean"]) }
    },
    Fault("on and off as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[on, off]", words: ["boolean"]) }
    },
    Fault("octal numbers as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[010, 011]", words: ["the number 8"]) }
    },
    Fault("times as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[1:30, 2:30]", words: ["the number 90"]) }
    },
    Fault("dates as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[2024-01-01, 2024-01-02]", words: ["date"]) }
    },
    Fault("numbers as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[1, 2]", words: ["a choice is text, found a number"]) }
    },
    Fault("null among choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[null, \"b\"]", words: ["a choice is text"]) }
    },
    Fault("lists as choices") { file in
      file.choiceList.flatMap { file.setting($0, to: "[[\"a\"], [\"b\"]]", words: ["a choice is text"]) }
    },
    Fault("no as a stop string") { file in
      file.setting(file.entry("generation_kwargs", "until"), to: "[no]", words: ["boolean"])
    },
    Fault("1e-5 for a number") { file in
      file.setting(file.entry("generation_kwargs", "temperature"), to: "1e-5", words: ["is text to yaml"])
    },
    Fault("None for null") { file in
      file.setting(
        file.entry("test_split") ?? file.entry("validation_split"), to: "None", words: ["`none` is a text"])
    },
    Fault("Python's r before a pattern") { file in
      file.setting(file.pattern, to: "r'(\\d+)'", words: ["before a quote"])
    },
    Fault("backslash n in single quotes") { file in
      file.setting(file.entry("doc_to_text"), to: "'Q: {{question}}\\nA:'", words: ["no line break"])
    },
    Fault("backslash n in a plain text") { file in
      file.setting(file.entry("doc_to_text"), to: "Q {{question}}\\nA", words: ["no line break"])
    },
    Fault("two backslashes and n in double quotes") { file in
      file.setting(file.entry("doc_to_text"), to: "\"Q: {{question}}\\\\nA:\"", words: ["no line break"])
    },
    Fault("backslash n in a block text") { file in
      file.setting(file.entry("doc_to_text"), to: "|-\n  Q: {{question}}\\nA:", words: ["no line break"])
    },
    Fault("backslash n in a delimiter") { file in
      file.addingKey("fewshot_delimiter", "'\\n\\n'", words: ["no line break"])
    },
    Fault("backslash n in a stop string") { file in
      file.setting(file.entry("generation_kwargs", "until"), to: "['\\n']", words: ["no line break"])
    },
    Fault("text of several lines in a number") { file in
      file.setting(file.entry("num_fewshot"), to: "2 // two", words: ["expected a whole number"])
    },
  ]
}

extension String {
  func replacingFirst(_ old: String, with new: String) -> String {
    guard let range = range(of: old) else { return self }
    return replacingCharacters(in: range, with: new)
  }
}
