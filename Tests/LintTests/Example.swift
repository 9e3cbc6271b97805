import Datasets
import Diagnostics
import Exchange
import Foundation
import Lint
import TestKit
import Testing

/// One example of a page: a file to check, and what must come of it.
struct Example: CustomTestStringConvertible, Sendable {
  let code: String
  /// Which of the page's examples it is.
  let number: Int
  let yaml: String
  /// Files that stand beside it, by name.
  let others: [(name: String, text: String)]
  let diagnostics: String?
  let fixed: String?

  var testDescription: String { "\(code) \(number)" }

  static func all(in page: any CodePage.Type) -> [Example] {
    var examples: [Example] = []
    var others: [(name: String, text: String)] = []
    for fence in Fence.all(in: page.about) {
      let words = fence.language.split(separator: " ").map(String.init)
      if fence.language == "diagnostics", let last = examples.popLast() {
        examples.append(last.with(diagnostics: fence.text, fixed: last.fixed))
      } else if fence.language == "yaml fixed", let last = examples.popLast() {
        examples.append(last.with(diagnostics: last.diagnostics, fixed: fence.text))
      } else if fence.language == "yaml" {
        examples.append(
          Example(
            code: page.code.name, number: examples.count + 1, yaml: fence.text, others: others,
            diagnostics: nil, fixed: nil))
        others = []
      } else if words.count == 2 {
        others.append((words[1], fence.text))
      }
    }
    return examples
  }

  private func with(diagnostics: String?, fixed: String?) -> Example {
    Example(
      code: code, number: number, yaml: yaml, others: others, diagnostics: diagnostics, fixed: fixed)
  }

  struct Outcome {
    let shown: String
    let fixed: String
    /// The same once more, to see that nothing changes.
    let fixedTwice: String
    let codesLeft: [String]
  }

  /// Checks the example in a folder of its own, for its own code alone.
  func run(isUnsafe: Bool = true) throws -> Outcome {
    try temporaryFolder { top in
      // What stands in `library/` is a folder that was searched before.
      let folder = top.appending(path: "here")
      for (name, text) in others {
        try (name.hasPrefix("library/") ? top : folder).write(text + "\n", to: name)
      }
      try folder.write(yaml + "\n", to: "example.yaml")
      var request = LintRequest()
      request.roots = others.contains { $0.name.hasPrefix("library/") } ? [top.path + "/library"] : []
      request.folders = [folder.path]
      // A comment that ignores something needs something to ignore.
      let isComment = RuleRegistry.builtin[code]?.family == .suppressions
      request.settings = LintSettings(select: isComment ? [code, "capitals-in-task-name"] : [code])
      request.isUsingSettingsFiles = false
      let tier = RuleRegistry.builtin[code]?.tier ?? .static
      if tier > .static { request.datasets = DatasetStore(mirrors: [], workingDirectory: folder.path) }
      if tier == .backend { request.model = .small }
      let linter = Linter()
      let report = linter.check(request)
      let shown = report.findings.map { $0.terminal(in: report.sources) }.joined(separator: "\n")
      let path = folder.appending(path: "example.yaml").path
      let once = linter.fixed(request, isUnsafe: isUnsafe)
      request.texts = once.texts
      let left = linter.check(request).findings.map(\.code.name)
      let twice = linter.fixed(request, isUnsafe: isUnsafe)
      let text = once.texts[path] ?? yaml + "\n"
      return Outcome(
        shown: String(shown.dropLast()).replacing(folder.path + "/", with: "").replacing(
          top.path + "/", with: ""), fixed: text,
        fixedTwice: twice.texts[path] ?? text, codesLeft: left)
    }
  }
}

extension BackendFit {
  /// A model that only writes, takes four stop strings, reads twenty tokens, and takes each word for one.
  static let small = BackendFit(name: "small", abilities: .generation, stopLimit: 4) { request in
    guard case .generate(let context, let options) = request.ask else { return nil }
    return Length(prompt: context.text.split(separator: " ").count, answer: options.maxTokens, room: 20)
  }
}
