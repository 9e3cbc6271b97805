import Exchange
import Metrics
import TaskDSL
import Values

/// The answers of a model that knows what is right.
struct GoldAnswers {
  let task: PlannedTask
  let requests: [Request]

  /// The right answer in words, as an example shows it; nil where a document has none.
  func text(of document: PlannedDocument) -> String? {
    var target = document.target
    if let choices = document.choices, case .int(let number) = target {
      let place = number < 0 ? number + choices.count : number
      if choices.indices.contains(place) { return choices[place] }
    }
    if let list = target.asList { target = list.first ?? .null }
    return target.isNull || target.text.isEmpty ? nil : target.text
  }

  /// The answer as it comes back from a model that is stopped where the task says.
  func cut(_ text: String, for document: PlannedDocument) -> String {
    guard let number = document.requests.first?.first, requests.indices.contains(number),
      case .generate(_, let options) = requests[number].ask
    else { return text }
    let bytes = Array(text.utf8)
    var end = bytes.count
    for stop in options.until where !stop.isEmpty {
      if let place = bytes.firstRange(of: Array(stop.utf8)) { end = min(end, place.lowerBound) }
    }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// The text as the answer to every request.
  func written(_ text: String, for document: PlannedDocument) -> [[Answer]] {
    document.requests.map { $0.map { _ in .text(text) } }
  }

  /// What is right among a document's choices.
  func gold(of document: PlannedDocument) -> Gold {
    Gold(task.hasManyInputs ? document.question : document.target, among: document.choices ?? [])
  }

  /// Certainty for what is right, and none for anything else; equal requests have equal answers.
  func likelihoods(for document: PlannedDocument) -> [[Answer]] {
    guard task.outputType == .multipleChoice else {
      return document.requests.map { $0.map { _ in .loglikelihood(0, isGreedy: true) } }
    }
    let right: Set<Int> =
      switch gold(of: document) {
      case .one(let place): [place]
      case .anyOf(let places): Set(places)
      case .missing: []
      }
    let count = document.choices?.count ?? 0
    let known = Set(right.compactMap { document.requests.indices.contains($0) ? document.requests[$0] : nil })
    return document.requests.enumerated().map { place, repeats in
      let answer: Answer =
        // Behind the choices stand those without a context, of which none is likelier than another.
        if place >= count {
          .loglikelihood(-50, isGreedy: false)
        } else if known.contains(repeats) {
          .loglikelihood(0, isGreedy: true)
        } else {
          .loglikelihood(-100, isGreedy: false)
        }
      return repeats.map { _ in answer }
    }
  }
}
