import Diagnostics
public import Exchange
import Values
import YAML

/// What happens with the Python functions that tasks name.
public enum FunctionSupport: Sendable {
  /// They are called.
  case host(any ForeignFunctions)
  /// They are taken as they are and not called, so that the task can be looked at but not run.
  case noted
  /// They are mistakes.
  case refused(help: String)
}

/// A Python function that a task names.
struct BoundFunction: Sendable {
  /// The key that names it, such as `doc_to_text`.
  let key: String
  let name: Located<String>
  /// Nil where functions are not called.
  let function: ForeignFunction?

  /// What went wrong with a call, at the place where the function is named.
  func trouble(_ error: ForeignError) -> RowTrouble {
    RowTrouble(error.code, error.message, at: name.span, help: error.help, note: error.traceback)
  }

  /// The same as a finding.
  func finding(_ error: ForeignError) -> Diagnostic {
    var finding = Diagnostic.error(error.code, error.message, at: name.span, help: error.help)
    finding.note = error.traceback
    return finding
  }

  /// The function, ready to be called; a task with functions that are only noted is never compiled.
  func ready() throws(ForeignError) -> ForeignFunction {
    if let function { return function }
    throw ForeignError(.unavailable, "`\(name.value)` is not called here")
  }
}

/// Finds the functions of one task.
struct FunctionBinder: Sendable {
  let support: FunctionSupport
  /// The files that the task's values stand in: a function is looked for beside the file that names it.
  let paths: FilePaths

  /// The function that a `!function` scalar names; nil with a finding where none can be.
  func function(_ key: String, _ name: Located<String>, _ findings: inout Findings) -> BoundFunction? {
    let folder = paths[name.span.source].map { Paths.folder(of: $0) } ?? "."
    guard isFunctionName(name, folder, &findings) else { return nil }
    let reference = FunctionReference(folder: folder, name: name.value)
    switch support {
    case .refused(let help):
      findings.add(.pythonFunction(key, name, help: help))
      return nil
    case .noted:
      checkFile(name, folder, &findings)
      return BoundFunction(key: key, name: name, function: nil)
    case .host(let host):
      return BoundFunction(key: key, name: name, function: ForeignFunction(reference, in: host))
    }
  }
}

extension FunctionBinder {
  private func isFunctionName(_ name: Located<String>, _ folder: String, _ findings: inout Findings) -> Bool {
    var parts = name.value.split(separator: ".", omittingEmptySubsequences: false)
    let last = parts.last ?? ""
    if parts.count > 2, parts[parts.count - 2] == "py", !Files.isFolder(Paths.join(folder, String(parts[0])))
    {
      parts.remove(at: parts.count - 2)
      let meant = parts.joined(separator: ".")
      findings.add(
        .error(
          "bad-function-name", "a module is named without `.py`: `\(name.value)`", at: name.span,
          help: "write `\(meant)`", fix: .replace(name.span, with: meant, safety: .needsReview)))
      return false
    }
    if parts.count > 1, let first = name.value.first, first == "." || first == "/" {
      let meant = name.value.split { $0 == "/" || $0 == "." }.joined(separator: ".")
      findings.add(
        .error(
          "bad-function-name", "a module is named with dots and no path: `\(name.value)`", at: name.span,
          help: "write `\(meant)`", fix: .replace(name.span, with: meant, safety: .needsReview)))
      return false
    }
    let isWord = last.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || byte >= 0x80 || byte >= 0x30 && byte <= 0x39
        || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
    if parts.count > 1, isWord, !last.isEmpty { return true }
    findings.add(
      .error(
        "bad-function-name", "`\(name.value)` is no `module.function`", at: name.span,
        help: name.value.hasSuffix(")")
          ? "name the function without calling it: `\(name.value.prefix { $0 != "(" })`"
          : "write the name of the Python file without `.py`, a dot and the function's name"))
    return false
  }

  /// Says when the file that most likely holds the function is not there; it may still be an installed module.
  private func checkFile(_ name: Located<String>, _ folder: String, _ findings: inout Findings) {
    let parts = name.value.split(separator: ".").dropLast()
    guard parts.count == 1, let module = parts.first else { return }
    let path = Paths.join(folder, module + ".py")
    if Files.exists(path) { return }
    let near = Files.names(beside: path).filter { $0.hasSuffix(".py") }.nearest(to: path)
    findings.add(
      .warning(
        "missing-python-file", "there is no `\(path)`, so `\(module)` would have to be an installed module",
        at: name.span, help: near.map { "did you mean `\($0)`?" }))
  }

  /// Whether functions are only noted, and a module that the task names holds a name between quotes, as what
  /// registers a filter does.
  func mayRegister(_ name: String, in node: Node) -> Bool {
    guard case .noted = support else { return false }
    return node.functions.contains { function in
      guard let module = function.value.split(separator: ".").first else { return false }
      let folder = paths[function.span.source].map { Paths.folder(of: $0) } ?? "."
      guard case .success(let text) = Files.text(at: Paths.join(folder, module + ".py")) else { return false }
      return text.contains("\"\(name)\"") || text.contains("'\(name)'")
    }
  }

  /// The process, after it has imported every module that a task names, so that these could register things.
  ///
  /// A module that cannot be imported is reported where its function is used.
  func host(registering node: Node) -> (any ForeignFunctions)? {
    guard case .host(let host) = support else { return nil }
    var unused = Findings()
    for name in node.functions { _ = try? function("", name, &unused)?.function?.load() }
    return host
  }
}

extension FunctionBinder {
  /// The functions of a tree by the keys and places that lead to them; none where they are not called.
  func called(in node: Node) -> [(path: [Value], function: ForeignFunction)] {
    guard case .host = support else { return [] }
    var unused = Findings()
    return node.functionPlaces.compactMap { path, name in
      function("", name, &unused)?.function.map { (path, $0) }
    }
  }
}

extension Node {
  /// Every `!function` in the tree with the keys and places that lead to it.
  var functionPlaces: [(path: [Value], name: Located<String>)] {
    switch content {
    case .scalar(let scalar): tag?.value == "!function" ? [([], Located(scalar.text.text, at: span))] : []
    case .sequence(let items):
      items.enumerated().flatMap { index, item in
        item.functionPlaces.map { ([.int(index)] + $0.path, $0.name) }
      }
    case .mapping(let entries):
      entries.flatMap { entry in entry.value.functionPlaces.map { ([entry.keyValue] + $0.path, $0.name) } }
    }
  }

  /// Every `!function` in the tree.
  var functions: [Located<String>] {
    var found: [Located<String>] = []
    gatherFunctions(&found)
    return found
  }

  private func gatherFunctions(_ found: inout [Located<String>]) {
    switch content {
    case .scalar(let scalar):
      if let tag, tag.value == "!function" { found.append(Located(scalar.text.text, at: span)) }
    case .sequence(let items): for item in items { item.gatherFunctions(&found) }
    case .mapping(let entries): for entry in entries { entry.value.gatherFunctions(&found) }
    }
  }
}

extension ForeignError {
  var code: Diagnostic.Code {
    switch kind {
    case .unavailable: "python-unavailable"
    case .missingModule, .missingFunction: "missing-function"
    case .raised: "python-raised"
    case .unusableResult: "unusable-result"
    case .timedOut: "python-timed-out"
    case .died: "python-died"
    }
  }
}

extension Diagnostic {
  /// A Python function where none is run.
  static func pythonFunction(_ key: String, _ name: Located<String>, help: String) -> Diagnostic {
    .error(
      "python-function", "`\(key)` names the Python function `\(name.value)`, and none is run", at: name.span,
      help: help)
  }
}
