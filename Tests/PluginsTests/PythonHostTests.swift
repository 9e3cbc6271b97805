import Exchange
import Foundation
import Plugins
import Testing
import Values

@Suite(.enabled(if: Python.isThere, "there is no python3"))
struct `functions in Python` {
  let host = Python.host()

  static let rows: [OrderedMap] = [
    ["n": 1, "text": "a", "subject": "law"], ["n": 2, "text": "bb", "subject": "art"],
    ["n": 3, "text": "c", "subject": "law"],
  ]

  @Test func `a name stands for a function, a class or a value`() throws {
    guard case .function(let name) = try host.function("utils.plus_two").load() else {
      Issue.record("no function")
      return
    }
    #expect(name == "plus_two")
    guard case .type(let type) = try host.function("utils.Shout").load() else {
      Issue.record("no class")
      return
    }
    #expect(type == "Shout")
    guard case .value(let value) = try host.function("utils.LETTERS").load() else {
      Issue.record("no value")
      return
    }
    #expect(value == ["A", "B", .tuple(["C", 1.0])])
  }

  @Test func `values keep their types both ways`() throws {
    let values: [Value] = [
      .null, true, 1, 1.0, -0.0, .double(.infinity), "é\u{0}\n\"\\", ["x"], .tuple([]),
      .tuple([1, .tuple(["y"])]),
      ["k": .null], ["$tuple": [1]], .map([1: "one", .null: 2, .tuple([1]): 3.5]), .int(.min), .int(.max),
      .double(0.1 + 0.2), .double(.leastNonzeroMagnitude), .double(1e22),
    ]
    let echoed = try host.function("utils.echo")(values)
    #expect(echoed.repr == Value.list(values).repr)
    let kinds = try host.function("utils.kinds")(values)
    #expect(kinds.repr == Value.list(values.map { .string($0.typeName) }).repr)
    #expect(try host.function("utils.echo")([], keywords: ["a": 1]) == [["a": 1]])
  }

  @Test func `what has no form here stays there and comes back as the same thing`() throws {
    let date = try host.function("utils.birthday")([.null])
    guard case .object(let object) = date else {
      Issue.record("\(date) is no object")
      return
    }
    #expect(object.typeName == "date")
    #expect(object.text == "1996-02-20")
    #expect(try host.function("utils.year")([date]) == 1996)
  }

  @Test func `a whole number beyond 64 bits is one on both sides`() throws {
    let big = try host.function("utils.big")()
    #expect(big == pythonLiteral("1208925819614629174706176"))
    #expect(big.typeName == "int")
    #expect(try host.function("utils.halved")([big]) == true)
  }

  @Test func `a table with a name crosses once for all functions`() throws {
    let asked = Collected<String>()
    let counting = Counting(host) { asked.add($0) }
    let table = ForeignTable(columns: ["n", "text", "subject"], rows: Self.rows, name: "all")
    for _ in 0..<3 {
      let function = ForeignFunction(
        FunctionReference(folder: fixtures.appending(path: "good").path, name: "utils.only_of_law"),
        in: counting)
      #expect(try function.processed(table).rows.compactMap { $0["n"] } == [1, 3])
    }
    #expect(asked.all == ["table.rows"])
    // Another process knows nothing of it, and asks again.
    host.close()
    let function = ForeignFunction(
      FunctionReference(folder: fixtures.appending(path: "good").path, name: "utils.only_of_law"),
      in: counting)
    #expect(try function.processed(table).rows.count == 2)
    #expect(asked.all.count == 2)
  }

  @Test func `a module is loaded once and keeps its state`() throws {
    #expect(try host.function("utils.count")() == 1)
    #expect(try host.function("utils.count")() == 2)
  }

  @Test func `random numbers start where the harness's do`() throws {
    #expect(try host.function("utils.first_random")() == 0.8444218515250481)
  }

  @Test func `a function is applied to each row`() throws {
    let mapped = try host.function("utils.plus_two").mapped(Self.rows)
    #expect(mapped == [.success(3), .success(4), .success(5)])
  }

  @Test func `a data set is processed`() throws {
    let table = try host.function("utils.process_docs").processed(ForeignTable(Self.rows))
    #expect(table.columns == ["n", "text", "subject", "length", "pair"])
    #expect(table.rows.map { $0["text"] } == ["A", "C"])
    #expect(table.rows.map { $0["pair"] } == [[1.0, 0.5], [3.0, 0.5]])
    let law = try host.function("utils.only_of_law").processed(ForeignTable(Self.rows))
    #expect(law.rows == [Self.rows[0], Self.rows[2]])
  }

  @Test func `what is no data set is refused`() throws {
    #expect {
      try host.function("utils.not_a_dataset").processed(ForeignTable(Self.rows))
    } throws: { error in
      (error as? ForeignError)?.kind == .unusableResult
        && (error as? ForeignError)?.message == "`utils.not_a_dataset` returned an `int`, not a data set"
    }
  }

  @Test func `results are processed row by row, and an error concerns its row only`() throws {
    let answers: [[Value]] = [
      [.tuple([-1.5, true])], [.tuple([-2.5, false])], [.tuple([-3.5, true])],
    ]
    let results = try host.function("utils.process_results").results(of: Self.rows, answers)
    #expect(try results[1].get() == ["acc": 0.0, "pair": .tuple([2, -2.5]), "nothing": .null])
    let some = try host.function("utils.process_some").results(of: Self.rows, answers)
    #expect(try some[0].get() == ["acc": 1])
    guard case .failure(let raised) = some[1], case .failure(let unusable) = some[2] else {
      Issue.record("\(some)")
      return
    }
    #expect(raised.kind == .raised)
    #expect(raised.message == "`utils.process_some` raised KeyError: 'subject'")
    #expect(raised.traceback?.contains("utils.py") == true)
    #expect(raised.traceback?.contains("_assay") == false)
    #expect(unusable.kind == .unusableResult)
    #expect(
      unusable.message == "`utils.process_some` returned a `list`, not a mapping from metrics to values")
  }

  @Test func `a metric is called with names first and with a pair if that is a TypeError`() throws {
    #expect(
      try host.function("utils.exact").scores(golds: ["a", "b"], results: ["a", "c"], keywords: [:])
        == [.success(1.0), .success(0.0)])
    #expect(
      try host.function("utils.exact").scores(golds: ["a"], results: ["a"], keywords: ["strict": true])
        == [.success(11.0)])
    #expect(
      try host.function("utils.pair_metric").scores(golds: ["a"], results: ["b"], keywords: [:])
        == [.success(["a", "b"])])
    let broken = try host.function("utils.broken_metric").scores(golds: [1], results: ["b"], keywords: [:])
    #expect(throws: ForeignError.self) { try broken[0].get() }
  }

  @Test func `an aggregation gets the items as they were`() throws {
    #expect(try host.function("utils.agreement")([[.tuple([1, 1]), .tuple([1, 2])]]) == 0.5)
    #expect(
      try host.function("utils.f1")([[.tuple([0, 0]), .tuple([0, 1]), .tuple([1, 1])]]) == 0.6666666666666666)
    #expect(try host.function("utils.tight")(["do n't ( say ) , ' \" it \" "]) == #"don't (say),'"it""#)
  }

  @Test func `filters are classes, functions or registered names`() throws {
    let table = ForeignTable(Self.rows)
    let answers: Value = [["a", "b"], ["c"], ["d"]]
    func filtered(_ name: String, _ keywords: OrderedMap) throws -> Value {
      try host.call(
        .filterAnswers,
        [
          "function": ["folder": .string(fixtures.appending(path: "good").path), "name": .string(name)],
          "table": table.wire, "answers": answers, "keywords": .map(keywords),
        ])
    }
    #expect(try filtered("utils.Shout", ["mark": "?"]) == [["A?", "B?"], ["C??"], ["D???"]])
    #expect(try filtered("utils.last_answer", [:]) == ["b", "c", "d"])
    #expect(throws: ForeignError.self) { try filtered("utils.too_few", [:]) }
    #expect(
      try host.call(
        .filterAnswers, ["registered": "shout", "table": table.wire, "answers": answers, "keywords": [:]])
        == [["A!", "B!"], ["C!!"], ["D!!!"]])
  }

  @Test func `modules register filters, metrics and aggregations`() throws {
    func has(_ kind: Value, _ name: Value) throws -> Value {
      try host.call(.isRegistered, ["kind": kind, "name": name])
    }
    #expect(try has("filter", "shout") == false)
    _ = try host.function("utils.Shout").load()
    #expect(try has("filter", "shout") == true)
    #expect(try has("metric", "own_metric") == true)
    #expect(try has("aggregation", "own_sum") == true)
    #expect(try has("metric", "shout") == false)
  }

  @Test func `a function without rows comes up with splits`() throws {
    let splits = try host.function("utils.splits").splits(["size": 3, "version": 1])
    #expect(splits.map(\.name) == ["train", "test"])
    #expect(splits[0].table.rows == [["n": 0], ["n": 1], ["n": 2]])
    #expect(splits[1].table.columns == ["n", "s"])
  }

  @Test func `a function that loads data asks for it here`() throws {
    let asked = Collected<Value>()
    let answer = try host.call(
      .invoke,
      [
        "function": ["folder": .string(fixtures.appending(path: "good").path), "name": "utils.loaded"],
        "arguments": ["config"], "keywords": [:],
      ]
    ) { name, parameters in
      asked.add([.string(name), .map(parameters)])
      return ["test": ["columns": ["question"], "rows": [["why?"], ["how?"]]]]
    }
    #expect(answer == [1, "why?"])
    #expect(
      asked.all == [
        [
          "datasets.load",
          ["path": "some/path", "name": "config", "split": "test", "keywords": ["revision": "main"]],
        ]
      ])
    #expect {
      try host.function("utils.loaded")(["config"])
    } throws: {
      ($0 as? ForeignError)?.message.contains("nobody answers `datasets.load` here") == true
    }
    #expect(try host.function("utils.echo")([1]) == [1])
  }

  private static let answered: ForeignCallback = { _, _ in
    [
      "train": ["columns": ["n"], "rows": [[1], [2], [3], [4]]],
      "test": ["columns": ["n"], "rows": [[7], [8]]],
    ]
  }

  private static let parts = "[{'train': 4, 'test': 2}, [1, 2, 7, 8], [[7], [8]]]"

  @Test func `rows come whole and in parts`() throws {
    let host = Python.host { $0.onQuestion = Self.answered }
    #expect(try host.function("loading.parts")().repr == Self.parts)
  }

  // Only the real library needs pyarrow.
  @Test(.enabled(if: Python.isInstalled("pyarrow"), "datasets is not installed"))
  func `the real library takes rows from here, whole, typed, in parts and as a stream`() throws {
    var settings = Python.settings()
    settings.onQuestion = Self.answered
    let host = PythonHost(settings)
    #expect(try host.function("loading.parts")().repr == Self.parts)
    #expect(try host.function("loading.typed")().repr == "[[7.0, 8.0], [7, 8]]")
  }
}
