public import Diagnostics
import Schema
import YAML

/// `fewshot_config`: where examples come from and how they are phrased.
public struct FewshotDefinition: Sendable {
  public enum Sampler: Sendable {
    /// Drawn anew for each document.
    case random
    /// The first ones, always the same.
    case firstN
    /// A class of Python's.
    case function(Located<String>)

    static let names: [String: Sampler] = ["default": .random, "first_n": .firstN]
  }

  public let sampler: Sampler
  public let split: Override<Located<String>>
  public let processDocs: Override<ProcessSource>
  public let samples: FieldSource?
  public internal(set) var docToText: Override<FieldSource>
  public let docToChoice: Override<FieldSource>
  public internal(set) var docToTarget: Override<FieldSource>
  public let genPrefix: Override<EmbeddedText>
  public let fewshotDelimiter: Override<String>
  public let targetDelimiter: Override<String>

  static let none = FewshotDefinition(
    sampler: .random, split: .inherited, processDocs: .inherited, samples: nil, docToText: .inherited,
    docToChoice: .inherited, docToTarget: .inherited, genPrefix: .inherited, fewshotDelimiter: .inherited,
    targetDelimiter: .inherited)

  static let schema = Schema<Self>(
    Field(
      "sampler", .sampler, default: .random, shown: "default",
      "how examples are chosen: `default` draws them, `first_n` takes the first"),
    Field(
      "split", .overriding(.locatedText), default: .inherited, shown: "none", "the split examples come from"),
    Field(
      "process_docs", .overriding(.process), default: .inherited, shown: "none",
      "changes the examples' rows: steps, or a Python function"),
    .optional(
      "samples", .field, "the examples themselves: a list of mappings, or a Python function that gives one"),
    Field("doc_to_text", .overriding(.question), default: .inherited, shown: "none", "an example's question"),
    Field("doc_to_choice", .overriding(.choices), default: .inherited, shown: "none", "an example's choices"),
    Field("doc_to_target", .overriding(.answer), default: .inherited, shown: "none", "an example's answer"),
    Field(
      "gen_prefix", .overriding(.text), default: .inherited, shown: "none", "the start of an example's answer"
    ),
    Field("fewshot_delimiter", .overriding(.string), default: .inherited, shown: "none", "between examples"),
    Field(
      "target_delimiter", .overriding(.string), default: .inherited, shown: "none",
      "between an example's question and answer"),
    Field("fewshot_indices", .ignored, default: (), shown: "none", "accepted, without effect"),
    make: {
      sampler, split, process, samples, text, choice, target, prefix, fewshotDelimiter, targetDelimiter, _ in
      FewshotDefinition(
        sampler: sampler, split: split, processDocs: process, samples: samples, docToText: text,
        docToChoice: choice,
        docToTarget: target, genPrefix: prefix, fewshotDelimiter: fewshotDelimiter,
        targetDelimiter: targetDelimiter)
    })
}

extension Shape where Value == FewshotDefinition {
  static var fewshot: Self {
    Shape("mapping", Form.mapping(FewshotDefinition.schema.keys, others: nil).orNull) { node, findings in
      node.isNull ? FewshotDefinition.none : FewshotDefinition.schema.decode(node, &findings, isGoingOn: true)
    }
  }
}

extension Shape where Value == Void {
  /// A key that the harness reads and never uses.
  static var ignored: Self {
    Shape("anything") { node, findings in
      findings.add(
        .warning("argument-has-no-effect", "this key has no effect", at: node.span, help: "remove it"))
      return ()
    }
  }
}

extension Shape where Value == FewshotDefinition.Sampler {
  fileprivate static var sampler: Self {
    Shape(
      "`default` or `first_n`",
      .either([
        .name(FewshotDefinition.Sampler.names.keys.sorted().map { Form.Name($0) }, isOpen: false), .function,
        .null,
      ])
    ) { node, findings in
      if node.isNull { return .random }
      if node.tag?.value == "!function" {
        return .function(Located(node.scalar?.text.text ?? "", at: node.span))
      }
      guard let name = node.text else {
        findings.add(.wrongType(node, expected: "`default`, `first_n` or `!function module.Class`"))
        return nil
      }
      if let known = FewshotDefinition.Sampler.names[name.text] { return known }
      let near = FewshotDefinition.Sampler.names.keys.sorted().nearest(to: name.text)
      findings.add(
        .error(
          "unknown-choice", "no sampler is named `\(name.text)`", at: name.span,
          help: near.map { "did you mean `\($0)`?" } ?? "samplers: `default`, `first_n`",
          fix: near.map { .replace(name.span, with: $0) }))
      return nil
    }
  }
}
