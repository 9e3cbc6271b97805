import Metrics
import TaskDSL
import Values

/// Makes a group's numbers from those of its leaves.
struct GroupScoring {
  let group: PlannedGroup
  let tasks: [TaskResult]

  var result: GroupResult {
    let leaves = group.leaves.compactMap { name in tasks.first { $0.task.name == name } }
    var scores: [GroupScore] = []
    for wanted in group.definition.metrics {
      let metric = wanted.metric
      let filters = wanted.filters ?? Self.filters(of: metric, in: leaves)
      scores += filters.compactMap { score(metric, $0, wanted.isWeightedBySize, leaves) }
    }
    return GroupResult(group: group, scores: scores, sampleLength: leaves.reduce(0) { $0 + $1.sampleLength })
  }

  /// The pipelines for which some leaf has the metric, by name.
  private static func filters(of metric: String, in leaves: [TaskResult]) -> [String] {
    let names = leaves.flatMap { $0.scores.filter { $0.metric == metric }.map(\.filter) }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func score(_ metric: String, _ filter: String, _ isWeighted: Bool, _ leaves: [TaskResult])
    -> GroupScore?
  {
    let found = leaves.compactMap { leaf in
      leaf.scores.first { $0.metric == metric && $0.filter == filter }.map {
        (score: $0, size: leaf.sampleLength)
      }
    }
    // No mean can be taken of what is no number.
    let numbers = found.compactMap(\.score.number)
    guard !found.isEmpty, numbers.count == found.count else { return nil }
    let sizes = found.map(\.size)
    let errors = found.compactMap(\.score.standardError)
    let directions = Set(found.map(\.score.isHigherBetter))
    let score = Score(
      metric: metric, filter: filter,
      value: .double(GroupAggregation.mean(numbers, sizes: sizes, weightBySize: isWeighted)),
      standardError: errors.count == found.count
        ? GroupAggregation.pooledStandardError(errors, sizes: sizes, weightBySize: isWeighted) : nil,
      isHigherBetter: directions.count == 1 ? directions.first ?? nil : nil)
    return GroupScore(score: score, sampleCount: sizes.reduce(0, +))
  }
}
