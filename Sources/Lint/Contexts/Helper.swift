import Diagnostics
import Foundation
import Synchronization
import YAML

/// A Python file beside a task, read as text and never run.
struct Helper: Sendable {
  let path: String
  /// Whether names may come about in ways that reading does not show.
  let isOpen: Bool
  /// Every word in it.
  let words: Set<String>
  /// The names of its functions and classes.
  let definitions: [String]
  /// A line that reaches outside the folder.
  let outside: String?
  /// A line that runs programs or code.
  let running: String?
  /// A line that draws at random, where no seed is set.
  let drawing: String?

  init(_ path: String, text: String) {
    self.path = path
    let lines = text.split(separator: "\n").map { line in
      String(line.prefix { $0 != "#" }).trimmingCharacters(in: .whitespaces)
    }
    let code = lines.joined(separator: "\n")
    isOpen = ["globals()", "import *", "setattr(", "__getattr__", "exec("].contains(where: code.contains)
    words = Set(code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    definitions = lines.compactMap { line in
      line.prefixMatch(of: /(?:async )?(?:def|class) (\w+)/).map { String($0.1) }
    }
    func first(_ marks: [String]) -> String? {
      lines.first { line in marks.contains { line.hasPrefix($0) || line.contains(" \($0)") || line.contains("(\($0)") } }
        .map { String($0.prefix(60)) }
    }
    outside =
      lines.first { $0.contains("sys.path") }
      ?? lines.first { $0.hasPrefix("from ..") || $0.contains(/^(?:from|import) lm_eval\.tasks\./) }
    running = first(["subprocess.", "os.system(", "os.popen(", "exec(", "eval("])
    let isSeeded = ["random.seed(", "random.Random(", "default_rng(", "RandomState(", "manual_seed("]
      .contains(where: code.contains)
    drawing = isSeeded ? nil : first(["random.", "np.random."])
  }
}

/// The helpers of all files, each read once.
final class HelperStore: Sendable {
  private let known = Mutex<[String: Helper?]>([:])

  func helper(_ path: String) -> Helper? {
    if let known = known.withLock({ $0[path] }) { return known }
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    let helper = text.map { Helper(path, text: $0) }
    known.withLock { $0[path] = .some(helper) }
    return helper
  }
}

extension FileContext {
  /// Every `!function` that the file names.
  var functions: [Located<String>] {
    guard source.text.contains("!function"), let root else { return [] }
    var found: [Located<String>] = []
    root.forEachScalar { node, scalar, _ in
      if node.isFunction { found.append(Located(scalar.text.text, at: node.span)) }
    }
    return found
  }

  /// The file that a function's name leads to, where it lies beside the task.
  func helper(of function: Located<String>) -> Helper? {
    let parts = function.value.split(separator: ".")
    guard parts.count == 2 else { return nil }
    return helpers.helper(Paths.join(Paths.folder(of: path), parts[0] + ".py"))
  }

  /// The helpers that the file names, each once, with the first place.
  var namedHelpers: [(name: Located<String>, helper: Helper)] {
    var seen = Set<String>()
    return functions.compactMap { name in
      guard let helper = helper(of: name), seen.insert(helper.path).inserted else { return nil }
      return (name, helper)
    }
  }
}
