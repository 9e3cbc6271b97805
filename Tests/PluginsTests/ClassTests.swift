import Exchange
import Plugins
import Testing
import Values

@Suite(.enabled(if: Python.isThere, "there is no python3"))
struct `tasks that are classes` {
  private let host = Python.host()

  private func made(_ name: String) throws -> ForeignTask {
    let settings = ForeignTask.Settings(
      config: ["task": .string(name), "class": .string(name), "metadata": [:]], functions: [],
      generation: [:], shots: nil, seed: 1234)
    return try host.function("classes.\(name)", in: "zoo").made(settings)
  }

  private static let all = ForeignTask.Portion(
    limit: nil, samples: nil, systemInstruction: nil, chat: nil, isMultiturn: false)

  /// All that is done with a class, as far as it goes.
  private func scores(_ name: String) throws -> (ForeignTask, ForeignTask.Scores) {
    let task = try made(name)
    let questions = try task.questions(Self.all)
    let answers = questions.documents.map { document in
      document.requests.map { _ in [Answer.loglikelihood(-Double(document.number) - 0.5, isGreedy: false)] }
    }
    return (task, try task.scores(answers))
  }

  @Test func `ask and score`() throws {
    let task = try made("Sound")
    #expect(task.count == 3)
    #expect(!task.isUnsafe && !task.hasMedia)
    let questions = try task.questions(Self.all)
    #expect(questions.documents.map { $0.requests.map(\.arguments) }[1] == [["Number 1", "1"]])
    #expect(questions.documents.map(\.target) == ["0", "1", "2"])
    #expect(questions.version == 1)
    let (scored, scores) = try scores("Sound")
    #expect(scores.pipelines.map(\.name) == ["none"])
    #expect(scores.pipelines[0].samples.map(\.metrics)[2] == ["likelihood": -2.5, "n": 2])
    #expect(scores.aggregations == ["likelihood": .null, "n": .null])
    #expect(scores.directions == ["likelihood": true, "n": false])
    #expect(try scored.aggregated("n", "none").value == 2)
  }

  @Test func `take the documents that are wanted`() throws {
    let task = try made("Sound")
    var portion = Self.all
    portion.limit = 2
    #expect(try task.questions(portion).documents.count == 2)
    portion.limit = nil
    portion.samples = [2]
    #expect(try task.questions(portion).documents.map(\.document) == [["n": 2]])
  }

  static let troubles: [(name: String, kind: ForeignError.Kind, message: String)] = [
    ("RaisesWhenMade", .raised, "`classes.RaisesWhenMade` raised ValueError: not today"),
    (
      "HasNoDocuments", .raised,
      "`classes.HasNoDocuments` raised ValueError: the task HasNoDocuments has neither test nor validation documents"
    ),
    ("RaisesAtSecond", .raised, "`classes.RaisesAtSecond` raised KeyError: 1 (document 1)"),
    (
      "RaisesInRequests", .raised,
      "`classes.RaisesInRequests` raised IndexError: list index out of range (document 0)"
    ),
    (
      "AsksOddly", .unusableResult,
      "`classes.AsksOddly` makes a request of the unknown type 'greedy_until' (document 0)"
    ),
    (
      "AsksForNumbers", .unusableResult,
      "`classes.AsksForNumbers` makes a loglikelihood request with an `int` where a text is needed (document 0)"
    ),
    (
      "BelongsNowhere", .unusableResult,
      "`classes.BelongsNowhere` makes a request that belongs to no document"
    ),
    (
      "ScoresWithList", .unusableResult,
      "`classes.ScoresWithList.process_results` returned a `list`, not a mapping from metrics to values (document 0)"
    ),
    (
      "RaisesAtThird", .raised,
      "`classes.RaisesAtThird` raised ZeroDivisionError: division by zero (document 2)"
    ),
    ("Dies", .died, "Python ended with status 3 while it ran `classes.Dies`"),
    (
      "is_no_class", .raised,
      "`classes.is_no_class` raised AttributeError: 'NoneType' object has no attribute 'get_config'"
    ),
    ("NUMBER", .missingFunction, "`classes.NUMBER` is an `int`, not a class"),
    ("Nothing", .missingFunction, "has no `Nothing`"),
  ]

  @Test(arguments: troubles.map(\.name))
  func `that fail are told with what failed`(_ name: String) throws {
    let trouble = try #require(Self.troubles.first { $0.name == name })
    do throws(ForeignError) {
      _ = try Result { try scores(name) }.mapError { $0 as? ForeignError ?? ForeignError(.died, "\($0)") }
        .get()
      Issue.record("nothing was wrong")
    } catch {
      #expect(error.kind == trouble.kind)
      #expect(error.message.contains(trouble.message), "\(error.message)")
      if error.kind == .raised { #expect(error.traceback != nil) }
    }
  }

  @Test func `whose values cannot be put together say which`() throws {
    let (broken, _) = try scores("CannotBePutTogether")
    #expect(throws: ForeignError.self) { try broken.aggregated("likelihood", "none") }
    #expect(try broken.aggregated("n", "none").value == 2)
    let (texts, _) = try scores("GivesText")
    do {
      _ = try texts.aggregated("n", "none")
      Issue.record("a text is no number")
    } catch {
      #expect(
        error.message
          == "`classes.GivesText` puts `n` together to 'many', which is no number and no mapping of numbers")
    }
  }

  @Test func `are lost with their process`() throws {
    let task = try made("Sound")
    host.close()
    do {
      _ = try task.questions(Self.all)
      Issue.record("it should be lost")
    } catch {
      #expect(error.message.contains("a `Task` that Python held was lost"))
    }
  }
}
