import Backends
import Exchange
import Foundation
import Synchronization
import TestKit
import Testing
import Values

@Suite struct `backends by name` {
  private func failure(_ name: String, _ arguments: OrderedMap) -> BackendError? {
    do {
      _ = try BackendRegistry.builtin.make(name, arguments)
      return nil
    } catch { return error }
  }

  @Test func `all are listed, each with a page`() {
    #expect(
      BackendRegistry.builtin.names == [
        "anthropic-chat", "dummy", "gguf", "llama-cpp", "local-chat-completions", "local-completions",
        "native",
        "ollama", "openai-chat-completions", "openai-completions", "replay", "scripted", "sglang", "vllm",
      ])
    #expect(BackendRegistry.builtin.pages.allSatisfy { !$0.about.isEmpty && !$0.arguments.isEmpty })
  }

  @Test func `every file of a backend is in the list`() throws {
    let folders = ["Sources/Backends", "Sources/Backends/Network"].map {
      repositoryRoot.appending(path: $0).path
    }
    var names: [String] = []
    for folder in folders {
      for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".swift") {
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        guard let type = text.firstMatch(of: /struct (\w+): (Backend|Server)\w+ {/),
          let name = text.firstMatch(of: /static let name = "([^"]+)"/)
        else { continue }
        #expect(file == "\(type.1).swift")
        names.append(String(name.1))
      }
    }
    #expect(BackendRegistry.builtin.names == names.sorted())
  }

  @Test func `an unknown name gets a suggestion`() throws {
    let error = try #require(failure("natve", [:]))
    #expect(error.message == "there is no model backend `natve`")
    #expect(
      error.help == "did you mean `native`? there are "
        + BackendRegistry.builtin.names.joined(separator: ", "))
  }

  @Test func `all mistakes in the arguments are said at once`() throws {
    let error = try #require(failure("native", ["pretraind": "x", "max_length": "long"]))
    #expect(error.kind == .unusable)
    #expect(error.message.contains("there is no key `pretraind`"))
    #expect(error.message.contains("expected a whole number for `max_length`, found text"))
    #expect(error.message.contains("`pretrained` is required"))
    #expect(error.message.contains("there is no key `pretraind` here (did you mean `pretrained`?)"))
  }

  @Test func `a missing folder is said`() throws {
    let error = try #require(failure("hf", ["pretrained": "/nowhere/model"]))
    #expect(error.kind == .unusable && error.message.contains("/nowhere/model") && error.help != nil)
  }

  @Test func `arguments of a graphics card are accepted and said once`() throws {
    let remarks = Mutex<[Remark]>([])
    let context = BackendContext(remark: { remark in remarks.withLock { $0.append(remark) } })
    let backend = try BackendRegistry.builtin.make(
      "hf",
      [
        "pretrained": .string(`every backend keeps the laws`.model), "device": "cuda:0", "dtype": "float16",
        "trust_remote_code": true,
      ], context)
    #expect(remarks.withLock { $0.map(\.kind) } == ["ignored-model-arguments", "computed-in-float32"])
    #expect(remarks.withLock { $0[0].message.contains("`device`, `trust_remote_code`") })
    #expect(backend.facts["max_length"] == 128)
    #expect(backend.facts["tokenizer_eos_token"] == ["<|end|>", "1"])
    #expect(backend.facts["model_num_parameters"] == 118_944)
  }

  @Test func `dummy answers as the harness's does`() async throws {
    let answers = try await BackendRegistry.builtin.make("dummy", ["seed": 1234]).answer(BackendLaw.requests)
    #expect(answers[0] == .loglikelihood(-0.9664535356921388, isGreedy: false))
    #expect(answers[4] == .text("lol"))
  }
}

@Suite struct `answers from a file` {
  private let lines = [
    #"{"request_type": "loglikelihood", "arguments": ["2 + 2 =", " 4"], "response": [-0.25, true]}"#,
    #"{"request_type": "generate_until", "arguments": ["Q: a", {"until": ["\n"], "max_gen_toks": 8.0}], "response": "x"}"#,
    #"{"request_type": "generate_until", "arguments": ["Q: a", {"max_gen_toks": 8, "until": ["\n"]}], "response": "y"}"#,
  ]

  private func replay(_ text: String) throws -> any Backend {
    let file = try TemporaryFile(text)
    return try withExtendedLifetime(file) {
      try BackendRegistry.builtin.make("replay", ["path": .string(file.path)])
    }
  }

  @Test func `arguments are compared by value and repetitions answered in turn`() async throws {
    let ask = Request.Ask.generate(
      context: "Q: a", options: GenerationOptions(["until": ["\n"], "max_gen_toks": 8]))
    let answers = try await replay(lines.joined(separator: "\n")).answer([
      Request(ask), Request(ask, repetition: 1),
      Request(.loglikelihood(context: "2 + 2 =", continuation: " 4")),
    ])
    #expect(answers == [.text("x"), .text("y"), .loglikelihood(-0.25, isGreedy: true)])
  }

  @Test func `a request that is not there is named with its nearest`() async throws {
    let backend = try replay(lines.joined(separator: "\n"))
    do {
      _ = try await backend.answer([Request(.loglikelihood(context: "2 + 3 =", continuation: " 5"))])
      Issue.record("it answered")
    } catch {
      #expect(error.kind == .unanswerable)
      #expect(error.message.contains("loglikelihood ['2 + 3 =', ' 5']"))
      #expect(
        error.help == "the nearest recorded prompt differs from character 5 on: recorded '2 =', asked '3 ='")
    }
  }

  @Test(arguments: [
    (#"{"request_type": "loglikelihood""#, ":2:33: is not JSON"),
    (#"[]"#, ":2: is not a JSON object"),
    (
      #"{"request_type": "likelihood", "arguments": [], "response": 1}"#,
      ":2: `request_type` should be one of"
    ),
    (
      #"{"request_type": "loglikelihood", "arguments": "x", "response": [1, true]}"#,
      ":2: `arguments` should be a list"
    ),
    (
      #"{"request_type": "loglikelihood", "arguments": ["", ""], "response": 1}"#,
      ":2: `response` should be [log-"
    ),
  ])
  func `a malformed line is named by its number`(_ line: String, _ said: String) throws {
    do {
      _ = try replay(lines[0] + "\n" + line)
      Issue.record("it was read")
    } catch let error as BackendError { #expect(error.message.contains(said), "\(error)") }
  }

  @Test func `the table of a scripted backend answers by what a prompt contains`() async throws {
    let file = try TemporaryFile(
      #"{"contains": "sky is blue", "answer": [-0.5, true]}"# + "\n"
        + #"{"contains": "two", "answer": "three"}"#)
    let answers = try await BackendRegistry.builtin.make("scripted", ["answers": .string(file.path)])
      .answer(BackendLaw.requests)
    #expect(answers[0] == .loglikelihood(-0.5, isGreedy: true))
    #expect(answers[1] == .loglikelihood(-15, isGreedy: false))
    #expect(answers[4] == .text("three"))
  }
}
