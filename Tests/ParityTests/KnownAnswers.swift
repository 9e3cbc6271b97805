import Exchange
import Values

struct KnownAnswers: Backend {
  let table: [Value: Answer]
  init(_ lines: [String]) throws {
    var table: [Value: Answer] = [:]
    for line in lines {
      let v = try Value(json: line)
      let key: Value = [v.asMap!["request_type"]!, v.asMap!["arguments"]!]
      let r = v.asMap!["response"]!
      switch r {
      case .list(let p): table[key] = .loglikelihood(p[0].asDouble!, isGreedy: p[1].isTruthy)
      case .string(let s): table[key] = .text(s)
      default: table[key] = .rolling(r.asDouble!)
      }
    }
    self.table = table
  }
  var abilities: Abilities { .all }
  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    for (i, r) in requests.enumerated() {
      guard let a = table[[.string(r.type.rawValue), r.arguments]] else {
        throw BackendError(.unanswerable, "missing \(r.arguments.repr)")
      }
      delivery.answer(i, a)
    }
  }
}
