import Exchange
import Values

extension Plan {
  /// Hands on the requests as JSON in large portions, one line for each of each document, with the fields and values
  /// of the harness's instances; says how many lines there are.
  ///
  /// Written out, a prompt's shared parts stand again in every request: the whole may be larger than the memory.
  public func writeRequests(_ take: ([UInt8]) throws -> Void) rethrows -> Int {
    var count = 0
    var contexts = ContextWriter()
    var out: [UInt8] = []
    for task in tasks {
      for document in task.documents {
        for (index, repeats) in document.requests.enumerated() {
          let request = graph.requests[repeats[0]]
          out.append("{\"task\": ")
          out.appendQuoted(task.name)
          out.append(
            ", \"doc_id\": \(document.id), \"idx\": \(document.number(of: index)), \"request_type\": ")
          out.appendQuoted(request.type.rawValue)
          out.append(", \"arguments\": ")
          contexts.write(request, to: &out)
          out.append("}\n")
          count += 1
        }
        if out.count > Self.portion {
          try take(out)
          out.removeAll(keepingCapacity: true)
        }
      }
    }
    try take(out)
    return count
  }

  private static let portion = 1 << 20
}

/// Writes the arguments of requests; a context, and what its last part follows on, are worked out once for all
/// requests in a row that have them.
private struct ContextWriter {
  private var last: (node: Int, bytes: [UInt8])?
  private var before: (node: Int, bytes: [UInt8])?

  mutating func write(_ request: Request, to out: inout [UInt8]) {
    guard case .loglikelihood(let context, let continuation) = request.ask else {
      return request.arguments.writeJSON(to: &out)
    }
    out.append("[\"")
    out.append(contentsOf: escaped(context))
    out.append("\", ")
    out.appendQuoted(continuation)
    out.append("]")
  }

  private mutating func escaped(_ context: Prompt) -> [UInt8] {
    if let last, last.node == context.node { return last.bytes }
    var bytes: [UInt8] = []
    if let parent = context.tree.parent(of: context.node) {
      if before?.node != parent {
        var whole: [UInt8] = []
        whole.appendEscaped(Prompt(tree: context.tree, node: parent).text)
        before = (parent, whole)
      }
      bytes = before?.bytes ?? []
      bytes.appendEscaped(context.tree.piece(at: context.node)?.text ?? "")
    }
    last = (context.node, bytes)
    return bytes
  }
}
