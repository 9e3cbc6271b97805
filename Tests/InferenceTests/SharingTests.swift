import Exchange
import Foundation
import Synchronization
import Tensors
import TestKit
import Testing
import Values

@testable import Inference

@Suite struct `sharing and batching change no answer` {
  private func requests() -> [Request] {
    let context = "Question: it was all hot, and the words were there when you said so.\nAnswer:"
    return [" yes it is", " yes it was", " no", " yes", "", "ab"].dropLast(2).map {
      Request(.loglikelihood(context: Prompt(context), continuation: $0))
    }
      + (0..<5).map {
        Request(.loglikelihood(context: Prompt(context + " number \($0)"), continuation: " and on"))
      }
  }

  @Test(arguments: [1, 7, 20, 64, 4096])
  func `whatever the size of a batch`(_ size: Int) async throws {
    let folder = Expected.folder("llama-f32")
    var settings = LocalModelSettings()
    settings.batchTokens = size
    let together = try await LocalModel(folder: folder, settings).answers(requests())
    for (request, answer) in zip(requests(), together) {
      guard case .loglikelihood(let some, let x) = answer,
        case .loglikelihood(let alone, let y) = try await LocalModel(folder: folder).answers([request])[0]
      else { continue }
      #expect(abs(some - alone) < 1e-4 && x == y)
    }
  }

  @Test(arguments: [3, 50, 4096])
  func `nor of a text that is written`(_ size: Int) async throws {
    let options = GenerationOptions(["until": ["zq"], "max_gen_toks": 14])
    let context = "Question: it was all hot, and the words were there when you said so.\nAnswer "
    let requests = (0..<9).map {
      Request(.generate(context: Prompt(context + "\($0 % 7)"), options: options))
    }
    var settings = LocalModelSettings()
    settings.batchTokens = size
    let together = try await LocalModel(folder: Expected.folder("llama-bf16"), settings).answers(requests)
    let alone = try LocalModel(folder: Expected.folder("llama-bf16"))
    for (request, answer) in zip(requests, together) {
      #expect(try await alone.answers([request])[0] == answer)
    }
  }

  @Test func `drawn texts depend on the request and its repetition alone`() async throws {
    let model = try LocalModel(folder: Expected.folder("llama-f32"))
    let options = GenerationOptions([
      "until": [], "max_gen_toks": 12, "do_sample": true, "temperature": 1.0, "top_p": 0.9,
    ])
    let requests = (0..<4).map { Request(.generate(context: "it was", options: options), repetition: $0) }
    let texts = try await model.answers(requests)
    #expect(Set(texts).count > 1)
    #expect(try await model.answers(Array(requests.reversed())) == texts.reversed())
  }

  @Test func `how far the work is grows to what was expected, and within each pass`() async throws {
    let model = try LocalModel(folder: Expected.folder("llama-f32"))
    let options = GenerationOptions(["until": [], "max_gen_toks": 20])
    let texts = (0..<5).map { Request(.generate(context: Prompt("it was \($0)"), options: options)) }
    let told = Mutex<[Workload]>([])
    try await model.answer(
      requests() + texts,
      to: Delivery(answer: { _, _ in }, advanced: { work in told.withLock { $0.append(work) } }))
    let all = told.withLock { $0 }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.done <= $1.done })
    let last = try #require(all.last)
    #expect(last.done == last.expected && last.done > 5 * 20)
    // Of each of the three layers.
    #expect(all.count > 3 * 20)
    // What is shared, and how long texts will be, is not known to the token.
    #expect(all.allSatisfy { $0.expected * 10 >= last.expected * 9 })
  }

  @Test func `rows picked of a batch look at what they did`() {
    var batch = Batch()
    batch.add([5, 6, 7, 8], position: 0, of: 9, before: [], place: 20)
    batch.add([9, 4, 3], position: 2, of: 5, before: [1..<3], place: 30)
    batch.add([2], position: 1, of: 4, before: [4..<5], place: 40)
    let picked = batch.picking([1, 2, 3, 4, 6])
    #expect(picked.tokens == [6, 7, 8, 9, 3] && picked.positions == [1, 2, 3, 2, 4])
    #expect(picked.lengths == [9, 9, 9, 5, 5])
    #expect(picked.segments.map(\.rows) == [0..<3, 3..<4, 4..<5])
    #expect(picked.segments.map(\.before) == [[20..<21], [1..<3], [1..<3, 30..<32]])
    #expect(picked.segments.map(\.own) == [21..<24, 30..<31, 32..<33])
    #expect(batch.picking([]).segments.isEmpty)
  }

  @Test func `a path finds its rows again after it was cut and carried`() {
    var path = PrefixPath()
    path.append(0..<5, row: 0)
    path.append(9..<12, row: 7)
    #expect(path.row(of: 6) == 8 && path.count == 8 && path.carried == 0)
    path.cut(to: 6)
    #expect(path.places == [0..<5, 9..<10])
    path.becomeCarried()
    path.append(6..<8, row: 0)
    #expect(path.carried == 6 && path.row(of: 3) == nil && path.row(of: 7) == 1)
  }

  @Test func `places given back are joined`() {
    var pool = PlacePool(10)
    let (a, b, c) = (pool.take(3), pool.take(3), pool.take(4))
    #expect(pool.take(1) == nil)
    for range in [b, a, c] { pool.give(back: range ?? 0..<0) }
    #expect(pool.take(10) == 0..<10)
  }
}

@Suite struct `what cannot be answered is said` {
  private func failure(_ model: String, _ ask: Request.Ask) async throws -> ModelError? {
    let model = try LocalModel(folder: Expected.folder(model))
    do {
      try await model.answer([Request(ask)], to: Delivery(answer: { _, _ in }))
      return nil
    } catch { return error }
  }

  @Test func `a continuation without tokens`() async throws {
    #expect(
      try await failure("gpt2-f16", .loglikelihood(context: "a", continuation: ""))?.kind == .unanswerable)
  }

  @Test func `a context of white space`() async throws {
    #expect(
      try await failure("gpt2-f16", .loglikelihood(context: " \n", continuation: "a"))?.kind == .unanswerable)
  }

  @Test func `a continuation longer than the model reads`() async throws {
    let long = String(repeating: " hot", count: 400)
    #expect(try await failure("gpt2-f16", .loglikelihood(context: "a", continuation: long))?.kind == .tooLong)
  }

  @Test func `more tokens to write than the model reads`() async throws {
    let options = GenerationOptions(["max_gen_toks": 500])
    #expect(try await failure("gpt2-f16", .generate(context: "a", options: options))?.kind == .tooLong)
  }

  @Test func `a search that is not supported`() async throws {
    let options = GenerationOptions(["max_gen_toks": 5, "num_beams": 4])
    #expect(try await failure("gpt2-f16", .generate(context: "a", options: options))?.kind == .unanswerable)
  }

  @Test func `a prompt that was cut is remarked on`() async throws {
    let model = try LocalModel(folder: Expected.folder("gpt2-f16"))
    let kinds = Remarks()
    let long = String(repeating: " hot", count: 400)
    try await model.answer(
      [Request(.loglikelihood(context: Prompt(long), continuation: " end"))],
      to: Delivery(answer: { _, _ in }, remark: { kinds.add($0) }))
    #expect(kinds.all == ["truncated-prompt"])
  }

  @Test func `a text that ends at the limit is noted, and one that a stop text ends is not`() async throws {
    let model = try LocalModel(folder: Expected.folder("llama-f32"))
    let long = GenerationOptions(["until": [], "max_gen_toks": 6])
    let whole = Request(.generate(context: "it was", options: long))
    guard case .text(let text) = try await model.answers([whole])[0] else { return }
    let stop = String(text.suffix(1))
    let requests = [long, GenerationOptions(["until": [.string(stop)], "max_gen_toks": 6])].map {
      Request(.generate(context: "it was", options: $0))
    }
    let noted = Mutex<[Int]>([])
    try await model.answer(
      requests,
      to: Delivery(
        answer: { _, _ in },
        noted: { index, note in noted.withLock { $0 += note == .truncated ? [index] : [] } }))
    #expect(!text.isEmpty && noted.withLock { $0 } == [0])
  }

  @Test func `a run that is cancelled stops and leaves the model usable`() async throws {
    let model = try LocalModel(folder: Expected.folder("gpt2-f16"))
    let requests = (0..<2000).map {
      Request(.loglikelihoodRolling(text: "text number \($0) " + String(repeating: "hot ", count: 90)))
    }
    let task = Task { try await model.answer(requests, to: Delivery(answer: { _, _ in })) }
    task.cancel()
    await #expect(throws: ModelError.self) { try await task.value }
    #expect(try await model.answers([requests[0]]).count == 1)
  }

  @Test func `a run that is cancelled at any moment gives no answer but right ones`() async throws {
    let model = try LocalModel(folder: repositoryRoot.appending(path: "Models/assay-tiny").path)
    let text = String(repeating: "The dog was hungry and went out to eat. ", count: 12)
    let options = GenerationOptions(["until": [], "max_gen_toks": 8])
    let requests = (0..<12).flatMap { number -> [Request] in
      let context = Prompt("\(number) \(text)")
      return [
        Request(.loglikelihood(context: context, continuation: " The dog")),
        Request(.generate(context: context, options: options)),
      ]
    }
    let expected = try await model.answers(requests)
    var (cancelled, delivered) = (0, 0)
    for round in 0..<16 {
      let answers = Mutex<[Int: Answer]>([:])
      let task = Task {
        try await model.answer(
          requests, to: Delivery(answer: { index, answer in answers.withLock { $0[index] = answer } }))
      }
      // At a time of its own, and just after some answers.
      try await Task.sleep(for: .milliseconds(3 * round))
      for _ in 0..<60_000 where round % 2 == 1 && answers.withLock(\.count) <= round {
        try await Task.sleep(for: .milliseconds(1))
      }
      task.cancel()
      if case .failure(let error) = await task.result {
        #expect((error as? ModelError)?.kind == .cancelled)
        cancelled += 1
      }
      for (index, answer) in answers.withLock({ $0 }) {
        #expect(answer == expected[index])
        delivered += 1
      }
    }
    #expect(cancelled > 0 && delivered > 16)
  }
}

/// Kinds of remarks, as they come.
final class Remarks: @unchecked Sendable {
  private var kinds: [String] = []
  private let lock = NSLock()
  func add(_ remark: Remark) { lock.withLock { kinds.append(remark.kind) } }
  var all: [String] { lock.withLock { kinds } }
}
