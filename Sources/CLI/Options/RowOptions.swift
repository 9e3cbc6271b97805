import ArgumentParser
import Foundation
import Values

/// Which rows are shown, and what is answered to them.
struct RowOptions: ParsableArguments {
  @Option(
    name: [.customLong("doc_id")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Rows by their numbers from 0, with commas or blanks between them, with the examples that a run over all rows gives them.",
      valueName: "numbers"))
  var documents: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Show what filters and metrics make of this answer: a text, or for choices a number, a letter or a text.",
      valueName: "text"))
  var answer: [String] = []

  @Option(
    help: ArgumentHelp(
      "The same for a file of JSON lines: answers in the order of the rows, or objects with doc_id (and task) and answer or resps.",
      valueName: "file"))
  var answers: String?

  /// The rows by their numbers; empty where none are named.
  func numbers() throws -> [Int] {
    try documents.flatMap { $0.split(separator: ",") }.map { word in
      guard let number = Int(String(word).pythonStripped), number >= 0 else {
        throw ValidationError("--doc_id takes row numbers from 0, not `\(word)`.")
      }
      return number
    }
  }

  func validate() throws {
    _ = try numbers()
    if !answer.isEmpty, answers != nil {
      throw ValidationError("--answer and --answers exclude each other.")
    }
  }
}

/// Answers that somebody gives to be scored.
struct GivenAnswers: Sendable {
  private struct Entry: Sendable {
    let task: String?
    let document: Int
    let answer: Value
  }

  /// For every row.
  private var common: [Value] = []
  private var entries: [Entry] = []
  /// For one row after another.
  private var listed: [Value] = []

  var isEmpty: Bool { common.isEmpty && entries.isEmpty && listed.isEmpty }
  /// The rows that are answered by their numbers.
  var documents: [Int] { Set(entries.map(\.document)).sorted() }
  var listedCount: Int { listed.count }

  init(_ options: RowOptions) throws {
    common = options.answer.map { .string($0) }
    guard let path = options.answers else { return }
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      Failure.say("cannot read the answers in `\(path)`", "name a file with a JSON value on each line")
      throw ExitCode(1)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      try add(String(line), at: "\(path):\(index + 1)")
    }
  }

  /// A line that is no JSON is an answer as it stands.
  private mutating func add(_ line: String, at place: String) throws {
    let looksLikeJSON = line.first.map { "{[\"".contains($0) } ?? false
    guard let value = try? Value(json: line) else {
      if looksLikeJSON {
        Failure.say(
          "\(place): is not JSON",
          "a line is a text, a JSON value, or an object such as {\"doc_id\": 3, \"answer\": \"7\"}")
        throw ExitCode(1)
      }
      listed.append(.string(line))
      return
    }
    guard let map = value.asMap else {
      listed.append(value)
      return
    }
    let isRecorded = map["answer"] == nil && map["resps"] != nil
    guard let answer = isRecorded ? value : map["answer"] else {
      Failure.say("\(place): has neither `answer` nor `resps`", "write {\"doc_id\": 3, \"answer\": \"7\"}")
      throw ExitCode(1)
    }
    let kept: Value = isRecorded ? ["resps": map["resps"] ?? .null] : answer
    guard let document = map["doc_id"]?.asInt else {
      listed.append(kept)
      return
    }
    entries.append(Entry(task: map["task"]?.asString, document: document, answer: kept))
  }

  /// - Parameter order: the row's place among those that are shown of its task.
  func answers(task: String, document: Int, order: Int) -> [Value] {
    common + entries.filter { $0.document == document && ($0.task ?? task) == task }.map(\.answer)
      + (listed.indices.contains(order) ? [listed[order]] : [])
  }
}
