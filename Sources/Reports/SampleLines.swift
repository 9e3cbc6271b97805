public import Exchange
public import Runs
import TaskDSL
import Values

/// A task's samples as lines of JSON, and the hash that names them.
public struct SampleLines: Sendable {
  public let task: String
  public let lines: [String]
  /// SHA-256 over the hashes of all documents, prompts and targets.
  public let hash: String
}

extension TaskResult {
  /// One line for each pipeline and document, laid out as the harness's sample files are.
  public func sampleLines(_ requests: [Request]) -> SampleLines {
    var hashes = ""
    // Each pipeline shows the same documents; what it does not change is written once.
    let parts = task.documents.map { DocumentText(task, $0, requests) }
    let lines = samples.map { sample in
      let part = parts[sample.document]
      hashes += part.documentHash + part.promptHash + part.targetHash
      return line(sample, part).json()
    }
    return SampleLines(task: task.name, lines: lines, hash: sha256(hashes))
  }

  private func line(_ sample: Sample, _ part: DocumentText) -> Value {
    var line: OrderedMap = [
      "doc_id": .int(task.documents[sample.document].id),
      "doc": task.documents[sample.document].whole,
      "target": .string(part.target),
      "arguments": part.arguments,
      "resps": .list(sample.responses.map(\.leavesAsText)),
      "filtered_resps": .list(sample.filtered.map(\.leavesAsText)),
      "filter": .string(sample.filter),
      "metrics": .list(sample.metrics.keys),
      "doc_hash": .string(part.documentHash),
      "prompt_hash": .string(part.promptHash),
      "target_hash": .string(part.targetHash),
    ]
    line.update(with: sample.metrics)
    return .map(line)
  }
}

/// What a document's sample lines say whatever the pipeline.
private struct DocumentText {
  let target: String
  let arguments: Value
  let documentHash, promptHash, targetHash: String

  init(_ task: PlannedTask, _ document: PlannedDocument, _ requests: [Request]) {
    target = document.target.text
    let asked = document.requests.compactMap(\.first).map { requests[$0].arguments.asList ?? [] }
    var arguments = OrderedMap()
    for (index, list) in asked.enumerated() {
      let named = list.enumerated().map { (Value.string("arg_\($0.offset)"), $0.element) }
      arguments[.string("gen_args_\(index)")] = .map(OrderedMap(named))
    }
    self.arguments = .map(arguments)
    documentHash = sha256(document.whole.json(indent: 2))
    promptHash = sha256(asked.first?.first?.text ?? "")
    targetHash = sha256(target)
  }
}

extension Value {
  /// The same shape with every number and text as text, as sample files have it.
  fileprivate var leavesAsText: Value {
    switch self {
    case .list(let items), .tuple(let items): .list(items.map(\.leavesAsText))
    case .map(let map): .map(OrderedMap(map.map { ($0, $1.leavesAsText) }))
    default: .string(text)
    }
  }
}
