import Exchange
import Foundation
import Plugins
import TestKit
import Testing
import Values

@Suite(.enabled(if: Python.isThere, "there is no python3"))
struct `what bad helpers do` {
  private func error(_ name: String, _ host: PythonHost, _ arguments: [Value] = []) -> ForeignError? {
    do {
      _ = try host.function(name, in: "zoo")(arguments)
      Issue.record("\(name) raised nothing")
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    ("imports_badly.f", "raised", "`imports_badly.f` cannot be imported; it raised KeyError: 'no such key'"),
    ("syntax.f", "raised", "`syntax.f` cannot be imported: syntax.py, line 1: invalid syntax"),
    (
      "missing_package.f", "missing-module",
      "`missing_package.f` needs the package `package_that_nobody_has`"
    ),
    ("missing_late.f", "missing-module", "`missing_late.f` needs the package `sklearn_that_nobody_has`"),
    ("zoo.exits", "raised", "`zoo.exits` tried to end the program with status 2"),
    ("zoo.interrupts", "raised", "`zoo.interrupts` raised KeyboardInterrupt"),
    ("zoo.raises_oddly", "raised", "`zoo.raises_oddly` raised Odd"),
    (
      "zoo.circle", "unusable-result",
      "`zoo.circle` returned something nested too deeply, or in a circle"
    ),
    ("zoo.bad_stream", "raised", "`zoo.bad_stream` raised ValueError: in the stream"),
    ("plain_name", "missing-function", "`plain_name` names no module"),
  ])
  func `an error says what is wrong, and the process lives on`(
    _ name: String, _ kind: String, _ message: String
  ) {
    let host = Python.host()
    let error = error(name, host)
    #expect(error?.kind.rawValue == kind)
    #expect(error?.message == message)
    #expect(throws: Never.self) { try host.function("zoo.prints_surrogate", in: "zoo")() }
  }

  @Test func `a missing function gets a suggestion, a missing module the file that was looked for`() {
    let host = Python.host()
    let typo = error("zoo.recurse", host)
    #expect(typo?.kind == .missingFunction)
    #expect(typo?.help == "did you mean `recurses`?")
    let missing = error("a.b.f", host)
    #expect(missing?.kind == .missingModule)
    #expect(missing?.message.contains("zoo/a/b.py nor a Python module `a.b`") == true)
  }

  @Test func `endless recursion and endless nesting are errors`() {
    let host = Python.host()
    #expect(error("zoo.recurses", host)?.message.contains("RecursionError") == true)
    #expect(error("zoo.deep", host)?.kind == .unusableResult)
  }

  @Test func `a traceback shows the author's file`() {
    let error = error("zoo.bad_stream", Python.host())
    #expect(error?.traceback?.contains("zoo.py") == true)
    #expect(error?.traceback?.hasSuffix("ValueError: in the stream") == true)
  }

  @Test func `what is printed is passed on and never taken for an answer`() throws {
    let printed = Collected<String>()
    let host = Python.host { $0.onOutput = { printed.add($0) } }
    #expect(try host.function("zoo.prints_much", in: "zoo")() == "done")
    #expect(try host.function("zoo.prints_lines", in: "zoo")() == "done")
    #expect(try host.function("zoo.writes_to_descriptors", in: "zoo")() == "done")
    #expect(try host.function("zoo.prints_surrogate", in: "zoo")() == "\u{FFFD}|é|\u{1F600}")
    host.close()
    #expect(error("zoo.leaves", host)?.traceback?.hasSuffix("last words") == true)
    let all = printed.all
    #expect(all.filter { $0.contains("line ") }.count == 20000)
    #expect(all.joined().filter { $0 == "x" }.count >= 1_000_000)
    #expect(all.contains { $0.hasSuffix("from a shell") })
    #expect(all.contains { $0.contains("not UTF-8") })
    #expect(all.contains("\\udcff lone"))
  }

  @Test func `a helper that hangs is stopped, and the next call starts anew`() throws {
    let starts = Collected<PythonFacts>()
    let host = Python.host {
      $0.timeout = 1
      $0.onStart = { starts.add($0) }
    }
    #expect(error("zoo.hang", host)?.kind == .timedOut)
    #expect(try host.function("zoo.stream", in: "zoo")() == [0, 1, 4])
    #expect(starts.all.count == 2)
  }

  @Test func `time counts from the last sign of life`() throws {
    let host = Python.host { $0.timeout = 2 }
    let rows: [OrderedMap] = (0..<8).map { ["n": .int($0)] }
    let mapped = try host.function("zoo.slow", in: "zoo").mapped(rows)
    #expect(mapped.count == 8)
  }

  @Test func `a process that dies says how`() throws {
    let host = Python.host()
    let killed = error("zoo.kills_itself", host)
    #expect(killed?.kind == .died)
    #expect(
      killed?.message
        == "Python was ended by signal 9 while it ran `zoo.kills_itself`; it may have run out of memory")
    #expect(killed?.traceback == "last words")
    #expect(error("zoo.crashes", host)?.message == "Python was ended by signal 11 while it ran `zoo.crashes`")
    #expect(error("zoo.leaves", host)?.message == "Python ended with status 3 while it ran `zoo.leaves`")
    #expect(error("zoo.closes_everything", host)?.kind == .died)
    #expect(try host.function("zoo.stream", in: "zoo")() == [0, 1, 4])
  }

  @Test func `children do not outlive the host, nor hold up the news of its end`() throws {
    let host = Python.host()
    #expect(error("zoo.fork_outlives", host)?.message.contains("status 4") == true)
    #expect(try host.function("zoo.forks", in: "zoo")() == "parent")
    let child = try temporaryFolder { folder in
      try host.function("zoo.leaves_a_child", in: "zoo")([.string(folder.appending(path: "x").path)])
    }
    let identifier = try #require(child.asInt).magnitude
    host.close()
    let deadline = Date().addingTimeInterval(10)
    while isRunning(pid_t(identifier)), Date() < deadline { usleep(10_000) }
    #expect(!isRunning(pid_t(identifier)))
  }

  /// A killed process that nobody waited for is not running either.
  private func isRunning(_ identifier: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else {
      return false
    }
    return !stat.contains(") Z ")
  }

  @Test func `odd values arrive`() throws {
    let host = Python.host()
    let numbers = try host.function("zoo.numbers", in: "zoo")()
    #expect(
      numbers.repr
        == "[nan, inf, -inf, -0.0, 1e+16, 0.30000000000000004, 5e-324, 1.7976931348623157e+308, 1, 1.0, True]"
    )
    let odd = try host.function("zoo.odd_values", in: "zoo")()
    #expect(odd.asMap?[1] == "one")
    #expect(odd.asMap?[.tuple([1, "x"])] == [.tuple([]), .tuple([[:]])])
    #expect(odd.repr.contains(#"b'\x00\xff': b"'\n""#))
    let dollar = try host.function("zoo.dollar", in: "zoo")()
    #expect(dollar == [["$tuple": [1]], ["$object": 1], ["$float": "x", "y": 1]])
    let unsaid = try host.function("zoo.odd_bool", in: "zoo")()
    #expect(unsaid.text.contains("Odd object at"))
  }

  @Test func `a result of 50 MB arrives`() throws {
    let huge = try Python.host().function("zoo.huge", in: "zoo")()
    #expect(huge.text.utf8.count == 50_000_000)
  }

  @Test(.enabled(if: Python.isThere && Python.isInstalled("numpy"), "numpy is not installed"))
  func `what NumPy has is plain here`() throws {
    let host = Python.host()
    #expect(
      try host.function("zoo.numpy_values", in: "zoo")().repr
        == "[0.5, 0.10000000149011612, 3, True, 's', [[1, 2], [3, 4]], (nan,), {1: 2}]")
    #expect(try host.function("zoo.numpy_random", in: "zoo")() == 0.1915194503788923)
  }

  @Test func `memory has a limit`() throws {
    let host = Python.host { $0.memoryLimit = 2 << 30 }
    let error = error("zoo.memory", host)
    #expect(error?.message == "`zoo.memory` ran out of memory")
    #expect(try host.function("zoo.stream", in: "zoo")() == [0, 1, 4])
  }

  @Test func `secrets stay here`() throws {
    let host = Python.host {
      $0.environment["SOME_API_KEY"] = "x"
      $0.environment["HF_TOKEN"] = "x"
      $0.environment["JUDGE_TOKEN"] = "y"
      $0.environment["PLAIN"] = "z"
      $0.passedNames = ["JUDGE_TOKEN"]
    }
    let names = try host.function("zoo.environment", in: "zoo")().asMap ?? [:]
    #expect(names["SOME_API_KEY"] == nil)
    #expect(names["HF_TOKEN"] == nil)
    #expect(names["JUDGE_TOKEN"] == "y")
    #expect(names["PLAIN"] == "z")
  }

  @Test func `an object of a process that ended cannot be given to the next`() throws {
    let host = Python.host()
    let date = try host.function("utils.birthday")([.null])
    host.close()
    do {
      _ = try host.function("utils.year")([date])
      Issue.record("a lost object was found")
    } catch {
      #expect(
        error.message
          == "`utils.year` cannot be called: a `date` that Python held was lost when its process ended")
    }
  }
}

@Suite struct `hosts without an interpreter` {
  @Test func `a missing interpreter is named`() {
    var settings = PythonSettings(environment: ["PATH": "/nowhere"])
    #expect(throws: ForeignError.self) { try PythonHost(settings).function("utils.f").load() }
    settings.interpreter = "/nowhere/python3"
    do {
      _ = try PythonHost(settings).function("utils.f").load()
      Issue.record("it ran")
    } catch {
      #expect(error.kind == .unavailable)
      #expect(error.message == "there is no interpreter `/nowhere/python3`")
    }
  }

  @Test func `a program that is no Python is refused`() {
    var settings = PythonSettings(environment: ["PATH": "/usr/bin:/bin"])
    for program in ["true", "cat"] {
      settings.interpreter = program
      do {
        _ = try PythonHost(settings).function("utils.f").load()
        Issue.record("\(program) ran")
      } catch { #expect(error.kind == .unavailable) }
    }
  }
}
