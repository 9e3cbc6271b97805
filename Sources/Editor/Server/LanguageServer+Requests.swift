import Diagnostics
import Values
import YAML

extension LanguageServer {
  /// The answer to a request; a place that does not exist has none.
  mutating func result(_ method: String, _ params: OrderedMap) throws(Failure) -> Value {
    switch method {
    case "textDocument/hover": return try hover(params)
    case "textDocument/completion":
      let (document, offset) = try place(params)
      return workspace.completions(document, at: offset).value
    case "textDocument/definition":
      let (document, offset) = try place(params)
      return workspace.definition(document, at: offset)?.location ?? .null
    case "textDocument/documentSymbol": return .list(workspace.symbols(try document(params)))
    case "textDocument/codeAction": return try actions(params)
    case "textDocument/codeLens": return try lenses(params)
    case "codeLens/resolve": return try resolved(params)
    case "workspace/executeCommand": return try execute(params)
    default: throw .unknownMethod
    }
  }

  private func document(_ params: OrderedMap) throws(Failure) -> OpenDocument {
    guard let uri = params["textDocument"]?.asMap?["uri"]?.asString, let document = workspace.documents[uri]
    else { throw .invalidParams }
    return document
  }

  private func place(_ params: OrderedMap) throws(Failure) -> (OpenDocument, Int) {
    let document = try document(params)
    guard let offset = workspace.positions(document).offset(params["position"]) else { throw .invalidParams }
    return (document, offset)
  }

  private func hover(_ params: OrderedMap) throws(Failure) -> Value {
    let (document, offset) = try place(params)
    guard let hover = workspace.hover(document, at: offset) else { return .null }
    return [
      "contents": ["kind": "markdown", "value": .string(hover.text)],
      "range": workspace.positions(document).range(hover.range),
    ]
  }

  private mutating func actions(_ params: OrderedMap) throws(Failure) -> Value {
    let document = try document(params)
    guard let range = workspace.positions(document).place(params["range"]) else { throw .invalidParams }
    let kinds = params["context"]?.asMap?["only"]?.asList?.compactMap(\.asString) ?? []
    return .list(workspace.actions(document, in: range, kinds: kinds))
  }

  // MARK: - The first prompt

  /// One lens, over the task's name; its words are made when the editor shows it.
  private func lenses(_ params: OrderedMap) throws(Failure) -> Value {
    let document = try document(params)
    guard document.kind == .task, let tree = workspace.tree(document), tree["group"] == nil,
      let entry = tree.entry("task")
    else { return [] }
    let positions = workspace.positions(document)
    let span = Int(entry.key.span.start)..<Int(entry.key.span.end)
    return [["range": positions.range(span), "data": ["uri": .string(document.uri)]]]
  }

  private func resolved(_ params: OrderedMap) throws(Failure) -> Value {
    guard let uri = params["data"]?.asMap?["uri"]?.asString, let document = workspace.documents[uri] else {
      throw .invalidParams
    }
    var lens = params
    lens["command"] = [
      "title": .string(workspace.firstPrompt(document)?.title ?? "no prompt"),
      "command": .string(Self.showPrompt), "arguments": [.string(uri)],
    ]
    return .map(lens)
  }

  /// Gives the prompt's text, and has the editor show it where it can.
  private mutating func execute(_ params: OrderedMap) throws(Failure) -> Value {
    guard params["command"]?.asString == Self.showPrompt,
      let uri = params["arguments"]?.asList?.first?.asString, let document = workspace.documents[uri]
    else { throw .invalidParams }
    guard let prompt = workspace.firstPrompt(document) else { return .null }
    if canShowDocuments {
      let name = document.path.split(separator: "/").last.map(String.init) ?? "task"
      let path = "\(notesFolder)/\(name).prompt.txt"
      write(path, prompt.text)
      ask("window/showDocument", ["uri": .string(FileURI.uri(path)), "takeFocus": false])
    }
    return ["text": .string(prompt.text)]
  }
}
