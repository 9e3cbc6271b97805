import Exchange
import Tensors
import TestKit
import Testing
import Values

@testable import Inference

@Suite struct `memory beside the weights` {
  private let shapes = try? SmallModel.all.map { try $0.decoder().shape }

  /// What a plan says is taken, in bytes.
  private func bytes(_ room: MemoryPlan.Room, keepsLogits: Bool, _ shape: Shape) -> Int {
    room.places * KeyValueCache.bytes(shape) + room.rows * Run.bytes(shape)
      + (keepsLogits ? room.texts * shape.vocabulary * 4 : 0)
  }

  @Test func `is kept within the budget where the longest text fits, and used where there is work`() throws {
    var random = PythonRandom(seed: 9)
    var fitting = 0
    for shape in try #require(shapes) {
      for _ in 0..<200 {
        let plan = MemoryPlan(
          budget: 1 << (12 + Int(random.random() * 16)), batchTokens: 1 + Int(random.random() * 2048))
        let longest = 1 + Int(random.random() * 2000)
        let keepsLogits = random.random() < 0.5
        let rows = plan.rows(longest: longest, shape)
        let room = plan.room(
          largest: longest, all: longest * 30, texts: 30, keepsLogits: keepsLogits, shape)
        #expect(room.places >= longest && room.texts >= 1 && room.rows >= 1 && rows >= 1)
        guard plan.least(longest, shape) + shape.vocabulary * 4 <= plan.budget else { continue }
        fitting += 1
        #expect((longest + rows) * KeyValueCache.bytes(shape) + rows * Run.bytes(shape) <= plan.budget)
        #expect(bytes(room, keepsLogits: keepsLogits, shape) <= plan.budget)
        // Nearly all of it, where more could be used.
        if room.places < longest * 30, room.texts == 30 {
          #expect(bytes(room, keepsLogits: keepsLogits, shape) > plan.budget / 2)
        }
      }
    }
    #expect(fitting > 1000)
  }

  @Test func `of a row is no less than what is taken`() throws {
    for shape in try #require(shapes) {
      let run = Run(rows: 3, shape)
      let columns = [
        run.x.columns, run.h.columns, run.y.columns, run.q.columns, run.k.columns, run.v.columns,
        run.attended.columns, shape.embedding == shape.hidden ? 0 : run.embedded.columns,
      ]
      let operands = Operand.bytes(run.normed.columns) + Operand.bytes(run.inner.columns)
      #expect(Run.bytes(shape) >= columns.reduce(0, +) * 4 + operands)
    }
  }

  @Test(arguments: [1, 1 << 16, 1 << 30])
  func `changes no answer, however little there is`(_ budget: Int) async throws {
    let folder = Expected.folder("llama-f32")
    let options = GenerationOptions(["until": [], "max_gen_toks": 9])
    let requests = (0..<12).flatMap { number -> [Request] in
      let text = "it was all hot, and the words were \(number)"
      return [
        Request(.generate(context: Prompt(text), options: options)),
        Request(.loglikelihood(context: Prompt(text), continuation: " there")),
      ]
    }
    var settings = LocalModelSettings()
    settings.maxMemory = budget
    let remarks = Remarks()
    let answers = try await LocalModel(folder: folder, settings).answers(requests) { remarks.add($0) }
    let expected = try await LocalModel(folder: folder).answers(requests)
    #expect(answers.count == requests.count)
    for (some, other) in zip(answers, expected) {
      switch (some, other) {
      case (.loglikelihood(let x, let a), .loglikelihood(let y, let b)):
        #expect(abs(x - y) < 1e-4 && a == b)
      default: #expect(some == other)
      }
    }
    #expect(remarks.all == (budget == 1 ? ["memory-exceeded"] : []))
  }
}
