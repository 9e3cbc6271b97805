import Exchange
import Metrics
import Values
import YAML

extension OrderedMap {
  /// Puts a value where keys and places lead to, if they lead anywhere.
  fileprivate mutating func put(_ value: Value, at path: [Value]) {
    guard let key = path.first, let old = self[key] else { return }
    self[key] = old.putting(value, at: path.dropFirst())
  }
}

extension Value {
  fileprivate func putting(_ value: Value, at path: ArraySlice<Value>) -> Value {
    guard let key = path.first else { return value }
    switch self {
    case .map(var map):
      map.put(value, at: Array(path))
      return .map(map)
    case .list(var items):
      guard let place = key.asInt, items.indices.contains(place) else { return self }
      items[place] = items[place].putting(value, at: path.dropFirst())
      return .list(items)
    default: return self
    }
  }
}

/// What a results file says of a task as it was run.
struct TaskConfiguration {
  let task: BoundTask
  let options: CompileOptions
  let shots: Int

  private var node: Node { task.node }

  /// The task's notes under those of the run.
  var metadata: OrderedMap {
    var metadata = task.definition.metadata
    metadata.update(with: options.metadata)
    if !task.isInline { metadata["config_source"] = .string(task.file) }
    return metadata
  }

  /// All keys in the harness's order, without what is null.
  var map: OrderedMap {
    var map = OrderedMap()
    for key in Self.keys {
      switch key {
      case "task": map[key] = .string(task.name)
      case "num_fewshot": map[key] = .int(shots)
      case "metadata": map[key] = .map(metadata)
      case "fewshot_config": map[key] = .map(fewshot)
      case "generation_kwargs": map[key] = generation
      case "dataset_kwargs": map[key] = arguments
      case "metric_list" where options.isPredictOnly: map[key] = [["metric": "bypass"]]
      default: map[key] = node[key]?.value ?? Self.defaults[key]
      }
      if map[key]?.isNull == true { map[key] = nil }
    }
    for (path, source) in sources { map.put(source, at: path) }
    return map
  }

  /// Functions that the harness shows by their text, where they have one; others are shown by their names.
  private var sources: [(path: [Value], source: Value)] {
    let shown = task.functions.filter { path, _ in
      path.count == 1 || (path.count == 3 && path[0] == "metric_list" && !options.isPredictOnly)
    }
    guard let texts = try? ForeignFunction.sources(of: shown.map(\.function)) else { return [] }
    return zip(shown, texts).compactMap { place, text in text.map { (place.path, $0) } }
  }

  /// The few-shot part with every field, null or not; what it leaves out is the task's own.
  private var fewshot: OrderedMap {
    let own = node["fewshot_config"]
    return OrderedMap(
      Self.fewshotKeys.map { key, inherited in
        let value = own?[key]?.value ?? inherited.flatMap { node[$0]?.value ?? Self.defaults[$0] }
        return (.string(key), value ?? (key == "sampler" ? "default" : .null))
      })
  }

  /// Without what the `datasets` library no longer takes.
  private var arguments: Value? {
    guard case .map(var map)? = node["dataset_kwargs"]?.value else { return node["dataset_kwargs"]?.value }
    map["trust_remote_code"] = nil
    return .map(map)
  }

  /// What the run lays over them reaches only what generates.
  private var generation: Value {
    if task.outputType == .generateUntil {
      return .map(task.generation.updated(with: options.generation).values)
    }
    return node["generation_kwargs"].map { $0.isNull } ?? true ? .null : .map(task.generation.values)
  }

  private static let keys = [
    "task", "task_alias", "custom_dataset", "dataset_path", "dataset_name", "dataset_kwargs",
    "training_split", "validation_split", "test_split", "fewshot_split", "process_docs", "doc_to_text",
    "doc_to_target", "doc_to_image", "doc_to_audio", "unsafe_code", "doc_to_choice", "process_results",
    "use_prompt", "description", "target_delimiter", "fewshot_delimiter", "fewshot_config", "num_fewshot",
    "metric_list", "output_type", "generation_kwargs", "repeats", "filter_list", "should_decontaminate",
    "doc_to_decontamination_query", "gen_prefix", "metadata",
  ]

  private static let defaults: [String: Value] = [
    "unsafe_code": false, "description": "", "target_delimiter": " ", "fewshot_delimiter": "\n\n",
    "output_type": "generate_until", "repeats": 1, "should_decontaminate": false,
  ]

  /// Each field with the key of the task that it stands for.
  private static let fewshotKeys: [(String, String?)] = [
    ("sampler", nil), ("split", "fewshot_split"), ("process_docs", "process_docs"), ("fewshot_indices", nil),
    ("samples", nil), ("doc_to_text", "doc_to_text"), ("doc_to_choice", "doc_to_choice"),
    ("doc_to_target", "doc_to_target"), ("gen_prefix", "gen_prefix"),
    ("fewshot_delimiter", "fewshot_delimiter"), ("target_delimiter", "target_delimiter"),
  ]
}
