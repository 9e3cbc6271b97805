import Datasets
import Diagnostics
import Exchange
import Filters
import Metrics
import Schema
import TaskDSL
import Values
import YAML

/// What two versions of a task say of scoring, generating and examples, with the defaults filled in.
struct SettingsComparison {
  let old, new: BoundTask
  let parts: Parts

  var changes: [Change] {
    var changes: [Change] = []
    func compare(_ code: Diagnostic.Code, _ what: String, _ key: String, _ before: Value, _ after: Value) {
      guard before != after else { return }
      let (a, b) = Change.shown(before.repr, after.repr)
      changes.append(Change(code, "\(what) changed", key: key, before: a, after: b))
    }
    compare(
      "output-type-changed", "what is asked of the model", "output_type",
      .string(old.outputType.rawValue), .string(new.outputType.rawValue))
    compare("filters-changed", "the filters", "filter_list", filters(old), filters(new))
    changes += metricChanges
    if old.outputType == .generateUntil || new.outputType == .generateUntil {
      compare(
        "generation-changed", "how answers are generated", "generation_kwargs", .map(old.generation.values),
        .map(new.generation.values))
    }
    compare("generation-changed", "how often each request is sent", "repeats", repeats(old), repeats(new))
    compare("examples-changed", "the number of examples", "num_fewshot", shots(old), shots(new))
    compare("data-changed", "the data", "dataset_path", data(old), data(new))
    compare(
      "scoring-changed", "the function that scores documents", "process_results",
      old.node["process_results"]?.value ?? .null, new.node["process_results"]?.value ?? .null)
    return changes
  }

  // MARK: - With defaults filled in

  private func repeats(_ task: BoundTask) -> Value { .int(task.definition.scoring.repeats) }
  private func shots(_ task: BoundTask) -> Value { .int(max(0, task.definition.prompt.shots ?? 0)) }

  /// What the data is called; where it lies on this machine is compared by its rows.
  private func data(_ task: BoundTask) -> Value {
    let keys = task.definition.data
    let split = (keys.test ?? keys.validation)?.value ?? ""
    return [
      "dataset_path": .string(keys.path?.value ?? ""), "dataset_name": .string(keys.name?.value ?? ""),
      "dataset_kwargs": keys.arguments?.value ?? .null, "split": .string(split),
    ]
  }

  private func filters(_ task: BoundTask) -> Value {
    guard let list = task.node["filter_list"], !list.isNull else {
      return [["name": "none", "filter": [["function": "take_first"]]]]
    }
    return .list(
      (list.items ?? []).map { pipeline in
        [
          "name": pipeline["name"]?.value ?? .null,
          "filter": .list(
            (pipeline["filter"]?.items ?? []).map { step in
              without(defaults(of: step["function"]?.value.text ?? "", parts.filters.pages), step)
            }),
        ]
      })
  }

  private var metricChanges: [Change] {
    let (before, after) = (metrics(old), metrics(new))
    var changes: [Change] = []
    for (name, value) in before where after[name] == nil {
      changes.append(
        Change("metrics-changed", "the metric `\(name.text)` is gone", key: "metric_list", before: value.repr)
      )
    }
    for (name, value) in after {
      guard let earlier = before[name] else {
        changes.append(
          Change("metrics-changed", "the metric `\(name.text)` is new", key: "metric_list", after: value.repr)
        )
        continue
      }
      if earlier != value {
        changes.append(
          Change(
            "metrics-changed", "the metric `\(name.text)` changed", key: "metric_list", before: earlier.repr,
            after: value.repr))
      }
    }
    return changes
  }

  /// Each metric's settings by its name.
  private func metrics(_ task: BoundTask) -> OrderedMap {
    let items = task.node["metric_list"]?.items ?? []
    let owners = items.flatMap { item in
      parts.metrics.members(of: item["metric"]?.value.text ?? "").map { ($0, item) }
    }
    var map = OrderedMap()
    for use in task.metrics {
      var settings = OrderedMap()
      if let item = owners.first(where: { $0.0 == use.name })?.1 {
        settings = without(defaults(of: use.name, parts.metrics.pages), item).asMap ?? [:]
      }
      settings["metric"] = nil
      settings["aggregation"] = .string(type(of: use.aggregation).name)
      settings["higher_is_better"] = use.isHigherBetter.map { .bool($0) } ?? .null
      map[use.name] = .map(settings)
    }
    return map
  }

  private func defaults(of name: String, _ pages: [Page]) -> [String: String] {
    let options = pages.first { $0.name == name }?.options ?? []
    return Dictionary(options.compactMap { option in option.fallback.map { (option.name, $0) } }) { a, _ in a
    }
  }

  /// A mapping without the keys that have their default.
  private func without(_ defaults: [String: String], _ node: Node) -> Value {
    guard case .map(let map) = node.value else { return node.value }
    return .map(
      OrderedMap(
        map.filter { key, value in
          guard let fallback = defaults[key.text] else { return true }
          let words = [value.text, value.repr, value.json()].map { $0.lowercased() }
          return !words.contains(fallback.replacing("`", with: "").lowercased())
        }.map { ($0.0, $0.1) }))
  }
}
