public import Exchange
import Filters
public import TaskDSL
public import Values

/// What one pipeline and the metrics make of one document's answers, step by step.
public struct AnswerTrace: Sendable {
  /// A step and what it left for each request.
  public struct Step: Sendable {
    public let name: String
    public let left: [Value]
  }

  public let pipeline: String
  /// For each request its answers, one for each repeat.
  public let responses: [Value]
  /// The steps that came to something.
  public let steps: [Step]
  /// Each metric over this one document.
  public let scores: [Score]
  /// Why there are no numbers.
  public let failure: ScoringFailure?
}

extension PlannedTask {
  /// - Parameter answers: for each of the document's requests its answers, one for each repeat.
  public func traces(of document: PlannedDocument, answered answers: [[Answer]]) -> [AnswerTrace] {
    pipelines.map { pipeline in
      let responses = answers.map { Value.list($0.map(\.value)) }
      var left = responses
      var steps: [AnswerTrace.Step] = []
      for step in pipeline.steps {
        let rows = Array(repeating: document.row, count: left.count)
        // Why a step fails is said by the scoring, which comes to the same place.
        guard let next = try? step.apply(toAll: left, of: rows) else { break }
        left = next
        steps.append(AnswerTrace.Step(name: step.name, left: left))
      }
      let scoring = TaskScoring(
        task: only(document, pipeline), answers: answers.flatMap(\.self), bootstrapIterations: 0)
      do throws(ScoringFailure) {
        return AnswerTrace(
          pipeline: pipeline.name, responses: responses, steps: steps, scores: try scoring.result().scores,
          failure: nil)
      } catch {
        return AnswerTrace(
          pipeline: pipeline.name, responses: responses, steps: steps, scores: [], failure: error)
      }
    }
  }
}
