import Diagnostics
import Glibc
import Synchronization
import TaskDSL
import YAML

/// A Python file beside a task, read as text and never run.
struct Helper: Sendable {
  let path: String
  /// The code without its comments.
  private let code: String
  private let text: String
  private let mentions = Known<Bool>()
  private let parameters = Known<ClosedRange<Int>?>()
  private let valueKinds = Known<String?>()

  init(_ path: String, text: String) {
    self.path = path
    self.text = text
    code =
      text.utf8.contains(UInt8(ascii: "#"))
      ? text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.prefix { $0 != "#" } }
        .joined(separator: "\n") : text
  }

  /// Why it cannot be parsed, as far as its form shows it.
  var trouble: PythonForm.Trouble? { PythonForm.trouble(in: text) }

  /// Whether names may come about in ways that reading does not show.
  var isOpen: Bool {
    code.holds("globals()") || code.holds("import *") || code.holds("setattr(") || code.holds("__getattr__")
      || code.holds("exec(")
  }

  /// Whether a name stands anywhere in it as a word of its own.
  func mentions(_ name: String) -> Bool { mentions.fact(of: name) { isMentioning(name) } }

  private func isMentioning(_ name: String) -> Bool {
    var start = 0
    while let at = code.offset(of: name, from: start) {
      if !Self.isWordByte(code.byte(at: at - 1)), !Self.isWordByte(code.byte(at: at + name.utf8.count)) {
        return true
      }
      start = at + 1
    }
    return false
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A
      || byte >= 0x61 && byte <= 0x7A || byte >= 0x80
  }

  /// The names of its functions and classes.
  var definitions: [String] {
    code.split(separator: "\n").compactMap { line in
      line.prefixMatch(of: /(?:async )?(?:def|class) (\w+)/).map { String($0.1) }
    }
  }

  /// The names of its functions.
  var functions: [String] {
    code.split(separator: "\n").compactMap { line in
      line.prefixMatch(of: /(?:async )?def (\w+)/).map { String($0.1) }
    }
  }

  /// What a name at the top stands for where that is surely nothing that can be called as a function.
  func valueKind(of name: String) -> String? {
    valueKinds.fact(of: name) { readValueKind(of: name) }
  }

  private func readValueKind(of name: String) -> String? {
    guard !code.holds("def \(name)("), !isOpen else { return nil }
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    let isNamed = { (line: Substring) in
      line.hasPrefix("class \(name)(") || line.hasPrefix("class \(name):") || line.hasPrefix("\(name) =")
        || line.hasPrefix("\(name)=") || line.hasPrefix("\(name):")
    }
    let places = lines.indices.filter { isNamed(lines[$0]) }
    guard places.count == 1, let place = places.first else { return nil }
    if lines[place].hasPrefix("class ") { return "a class" }
    guard let equals = lines[place].firstIndex(of: "=") else { return nil }
    let value = String(lines[place][lines[place].index(after: equals)...]).trimmingWhitespace
    if value.wholeMatch(of: /[-+]?[0-9][0-9_.eE+-]*/) != nil { return "a number" }
    if ["True", "False", "None"].contains(value) { return "a constant" }
    if value.wholeMatch(of: /[a-z]{0,2}("[^"]*"|'[^']*')/) != nil { return "a text" }
    guard let first = value.first, let last = Self.closing[first] else { return nil }
    let words = first == "[" ? "a list" : "a mapping"
    if value.last == last, value.count(where: { $0 == last }) == 1 { return words }
    let end = lines[(place + 1)...].first { $0.hasPrefix("]") || $0.hasPrefix("}") || $0.hasPrefix(")") }
    return value.count == 1 && end.map { String($0).trimmingWhitespace } == Substring(String(last))
      ? words : nil
  }

  private static let closing: [Character: Character] = ["[": "]", "{": "}"]

  /// How many arguments a function takes in their order; nil where the code does not show it.
  func parameters(of name: String) -> ClosedRange<Int>? {
    parameters.fact(of: name) { readParameters(of: name) }
  }

  private func readParameters(of name: String) -> ClosedRange<Int>? {
    guard let start = code.offset(of: "def \(name)(") else { return nil }
    let bytes = Array(code.utf8)
    // Another of that name, a decorator or a later assignment may make something else of it.
    let isOnly = code.offset(of: "def \(name)(", from: start + 1) == nil
    let isTop = start == 0 || bytes[start - 1] == 0x0A
    let above = String(decoding: bytes[..<max(0, start - 1)], as: UTF8.self).split(separator: "\n").last ?? ""
    guard isOnly, isTop, !above.hasPrefix("@"), !code.holds("\n\(name) =") else { return nil }
    var (least, most, depth) = (0, 0, 0)
    var isNamedOnly = false
    var part: [UInt8] = []
    func isDone(_ byte: UInt8) -> Bool { depth == 0 && byte == UInt8(ascii: ")") }
    for byte in bytes[(start + name.utf8.count + 5)...] {
      if depth == 0, byte == UInt8(ascii: ",") || isDone(byte) {
        let text = String(decoding: part, as: UTF8.self).trimmingWhitespace
        part = []
        if text.hasPrefix("**") || text == "/" {
          // Takes what is named, or only marks the end of a part.
        } else if text.hasPrefix("*") {
          if text.utf8.count > 1 { most = Int.max }
          isNamedOnly = true
        } else if !text.isEmpty, !isNamedOnly {
          if !text.contains("=") { least += 1 }
          if most < Int.max { most += 1 }
        }
        if isDone(byte) { return least <= most ? least...most : nil }
        continue
      }
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) { depth -= 1 }
      part.append(byte)
    }
    return nil
  }

  /// A line that reaches outside the folder.
  var outside: String? {
    line(with: "sys.path") ?? line(with: "from ..") ?? line(with: "from lm_eval.tasks.")
      ?? line(with: "import lm_eval.tasks.")
  }

  /// A line that runs programs or code.
  var running: String? {
    line(with: "subprocess.run(") ?? line(with: "subprocess.Popen(") ?? line(with: "subprocess.call(")
      ?? line(with: "subprocess.check_") ?? line(with: "os.system(") ?? line(with: "os.popen(")
      ?? call(of: "exec(") ?? call(of: "eval(")
  }

  /// A line that draws at random, where no seed is set.
  var drawing: String? {
    let isSeeded =
      code.holds("random.seed(") || code.holds("random.Random(") || code.holds("default_rng(")
      || code.holds("RandomState(") || code.holds("manual_seed(")
    return isSeeded ? nil : call(of: "random.") ?? line(with: "np.random.")
  }

  private func line(with mark: String) -> String? { code.offset(of: mark).map(line) }

  /// A line with a name that is not the end of a longer one.
  private func call(of mark: String) -> String? {
    var start = 0
    while let at = code.offset(of: mark, from: start) {
      let before = code.byte(at: at - 1)
      if !Self.isWordByte(before), before != UInt8(ascii: ".") { return line(at: at) }
      start = at + 1
    }
    return nil
  }

  private func line(at offset: Int) -> String {
    let bytes = Array(code.utf8)
    let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    return String(String(decoding: bytes[start..<end], as: UTF8.self).trimmingWhitespace.prefix(60))
  }
}

/// What was found of names: hundreds of tasks may ask for one.
private final class Known<Fact: Sendable>: Sendable {
  private let facts = Mutex<[String: Fact]>([:])

  func fact(of name: String, _ find: () -> Fact) -> Fact {
    if let known = facts.withLock({ $0[name] }) { return known }
    let found = find()
    facts.withLock { $0[name] = found }
    return found
  }
}

/// The helpers of all files, each read once.
final class HelperStore: Sendable {
  private let known = Mutex<[String: Helper?]>([:])

  func helper(_ path: String) -> Helper? {
    if let known = known.withLock({ $0[path] }) { return known }
    let text = Paths.text(at: path)
    let helper = text.map { Helper(path, text: $0) }
    known.withLock { $0[path] = .some(helper) }
    return helper
  }
}

extension FileContext {
  /// The file that a function's name leads to, where it lies beside the task.
  func helper(of function: Located<String>) -> Helper? {
    let parts = function.value.split(separator: ".")
    guard parts.count == 2 else { return nil }
    return helpers.helper(Paths.join(Paths.folder(of: path), parts[0] + ".py"))
  }

  /// The helpers that the file names, each once, with the first place.
  var namedHelpers: [(name: Located<String>, helper: Helper)] {
    var seen = Set<String>()
    return functions.map(\.name).compactMap { name in
      guard let helper = helper(of: name), seen.insert(helper.path).inserted else { return nil }
      return (name, helper)
    }
  }
}

extension TreeContext {
  /// The helpers that the files name, each once, with the first place.
  var namedHelpers: [(name: Located<String>, helper: Helper)] { namedHelpers { _ in true } }

  func namedHelpers(where isWanted: (FileContext) -> Bool) -> [(name: Located<String>, helper: Helper)] {
    var seen = Set<String>()
    return files.filter(isWanted).flatMap(\.namedHelpers).filter { seen.insert($0.helper.path).inserted }
  }
}
