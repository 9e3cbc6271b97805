import Foundation
import Synchronization
import TestKit
import Testing
import Values

/// The program against a server, as a user runs it.
@Suite(.serialized) struct `whole runs against a server` {
  private static let task = """
    task: NAME
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: generate_until
    doc_to_text: "{{q}}"
    doc_to_target: "{{a}}"
    generation_kwargs: {until: ["."]}
    metric_list: [{metric: exact_match}]

    """

  private func prepare(_ folder: URL, rows: Int = 12) throws {
    let text = (0..<rows).map { #"{"q": "\#($0) plus \#($0) is", "a": "\#(2 * $0)"}"# + "\n" }.joined()
    try Data(text.utf8).write(to: folder.appending(path: "rows.jsonl"))
    let task = Self.task.replacing("NAME", with: "sums")
    try Data(task.utf8).write(to: folder.appending(path: "sums.yaml"))
  }

  private static func answer(_ asked: Asked) -> Behaviour {
    .reply(["choices": [["message": ["content": " 4"], "finish_reason": "stop"]]])
  }

  private func files(_ folder: URL) -> [(name: String, text: String)] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.compactMap { name in
      FileManager.default.contents(atPath: folder.appending(path: name).path).map {
        (name, String(decoding: $0, as: UTF8.self))
      }
    }
  }

  @Test func `a planted key reaches the server and no file of any kind`() async throws {
    let key = "sk-planted-1a2b3c4d5e"
    let server = try await LoopbackServer { asked in
      // Some servers repeat what they were told.
      asked.number == 5
        ? .status(
          400, [:], #"{"error": {"message": "bad request by \#(asked.headers["authorization"] ?? "")"}}"#)
        : Self.answer(asked)
    }
    try await temporaryFolder { folder in
      try prepare(folder)
      try Data("\(key)\n".utf8).write(to: folder.appending(path: "key.txt"))
      let settings = "model=m,base_url=\(server.url)/v1,max_retries=0,num_concurrent=1"
      let run =
        "assay run --model local-chat-completions --tasks sums --include_path . --output_path out --log_samples"
      let lines = [
        "\(run) --use_cache cache --model_args \(settings),auth_token_file=key.txt",
        "OPENAI_API_KEY=\(key) \(run) --use_cache cache --model_args \(settings),seed=2",
        "MY_KEY=\(key) \(run) --shard 1/2 --model_args \(settings),key_variable=MY_KEY,seed=3",
        "\(run) --model_args '{\"model\": \"m\", \"base_url\": \"\(server.url)/v1\", \"seed\": 4, \"header\": {\"Authorization\": \"Bearer \(key)\"}}'",
        "\(run) --use_cache cache --model_args \(settings),auth_token=\(key),seed=5",
        // Nothing of a run that cannot be finished may hold it either.
        "\(run) --limit 3 --max_failures 0 --model_args \(settings.replacing(server.url, with: "http://\(key)@127.0.0.1:1")),seed=6",
        "assay score out", "assay compare out out", "assay merge out",
      ]
      for line in lines {
        let outcome = try await Program.shell(line, in: folder)
        #expect(!(outcome.output + outcome.errors).contains(key), "\(line)\n\(outcome.errors)")
        #expect(outcome.code != 2, "\(line)\n\(outcome.errors)")
      }
      try FileManager.default.removeItem(at: folder.appending(path: "key.txt"))
      let files = files(folder)
      // What is searched is there: a journal of an unfinished run, one of a finished run, a shared one.
      for part in ["out/m/journal_", "out/m/answers_", "out/m/results_", "out/m/samples_", "cache/"] {
        #expect(
          files.contains { $0.name.hasPrefix(part) && $0.text.count > 100 }, "\(part) \(files.map(\.name))")
      }
      for file in files { #expect(!file.text.contains(key), "\(file.name)") }
    }
    #expect(server.asked.count > 20)
    #expect(server.asked.allSatisfy { $0.headers["authorization"] == "Bearer \(key)" })
  }

  @Test func `no answer is paid for twice by runs that share a cache`() async throws {
    let server = try await LoopbackServer(Self.answer)
    try await temporaryFolder { folder in
      try prepare(folder)
      let run =
        "assay run --model local-chat-completions --model_args model=m,base_url=\(server.url) --tasks sums --include_path . --use_cache cache"
      #expect(try await Program.shell("\(run) --limit 5", in: folder).code == 0)
      #expect(server.asked.count == 5)
      let more = try await Program.shell(run, in: folder)
      #expect(more.code == 0 && more.errors.contains("5 of 12 answers are from cache"), "\(more.errors)")
      #expect(server.asked.count == 12)
      #expect(try await Program.shell("\(run) --output_path again", in: folder).code == 0)
      #expect(server.asked.count == 12)
    }
  }

  @Test func `SIGTERM gives 143 and Ctrl-C 130, a second one ends at once, and nothing is lost`() async throws
  {
    let isHanging = Mutex(true)
    let server = try await LoopbackServer { asked in
      asked.number >= 6 && isHanging.withLock { $0 } ? .hang : Self.answer(asked)
    }
    try await temporaryFolder { folder in
      try prepare(folder)
      let run =
        "assay run --model local-chat-completions --model_args model=m,base_url=\(server.url),num_concurrent=2 --tasks sums --include_path . --output_path out"
      // Begins, waits for a sign that it asks, then sends the signals.
      func stopped(_ sign: String, _ signals: String) -> String {
        """
        \(run) 2> errors & pid=$!
        for i in $(seq 600); do \(sign) && break; sleep 0.05; done
        sleep 0.5
        \(signals)
        wait $pid
        code=$?
        cat errors >&2
        exit $code
        """
      }
      let written = #"[ "$(cat out/m/journal_* 2> /dev/null | wc -l)" -ge 5 ]"#
      let term = try await Program.shell(stopped(written, "kill -TERM $pid"), in: folder)
      #expect(term.code == 143, "\(term.errors)")
      #expect(term.errors.contains("the answers so far are kept in out/m/journal_"), "\(term.errors)")
      let twice = try await Program.shell(
        stopped("grep -q 'going on with' errors", "kill -INT $pid; kill -INT $pid"), in: folder)
      #expect(twice.code == 130, "\(twice.errors)")
      let kept = files(folder).filter { $0.name.hasPrefix("out/m/journal_") }.map {
        $0.text.split(separator: "\n").count - 1
      }
      #expect(kept.count == 1 && (kept.first ?? 0) >= 4, "\(kept)")
      isHanging.withLock { $0 = false }
      let before = server.asked.count
      let last = try await Program.shell(run, in: folder)
      #expect(last.code == 0, "\(last.errors)")
      #expect(last.errors.contains("going on with the run"))
      // What the stopped run had sent, two at once, may only arrive now.
      let asked = server.asked.dropFirst(before).map { Value.map($0.body).json() }
      let missing = 12 - (kept.first ?? 0)
      #expect(Set(asked).count == missing && asked.count <= missing + 2, "\(asked.count)")
    }
  }
}
