import Exchange
import Metrics
public import Runs
import TaskDSL
public import Values

extension RunResults {
  /// The results as the harness lays them out, so that its viewers read them.
  public func resultsFile(_ facts: RunFacts, samples: [SampleLines] = []) -> Value {
    var file = OrderedMap()
    file["results"] = .map(results)
    let aggregated = groups.filter { !$0.group.definition.metrics.isEmpty }
    if !aggregated.isEmpty {
      file["groups"] = .map(OrderedMap(aggregated.reversed().map { (.string($0.group.name), .map($0.row)) }))
    }
    file["group_subtasks"] = .map(
      OrderedMap(groups.map { (.string($0.group.name), .list($0.group.children.map { .string($0) })) }))
    file["configs"] = .map(
      OrderedMap(sortedTasks.map { (.string($0.task.name), .map($0.task.configuration)) }))
    file["versions"] = .map(versions)
    file["n-shot"] = .map(shots)
    file["higher_is_better"] = .map(directions)
    file["n-samples"] = .map(
      OrderedMap(
        tasks.map {
          (
            .string($0.task.name),
            ["original": .int($0.task.originalCount), "effective": .int($0.sampleLength)]
          )
        }))
    file["config"] = .map(facts.configuration)
    file["git_hash"] = facts.gitHash.map { .string($0) } ?? .null
    file["date"] = .double(facts.startedAt)
    file["pretty_env_info"] = facts.environment.map { .string($0) }
    file["assay_version"] = .string(facts.version)
    file["plan_hash"] = .string(planHash)
    for (key, value) in facts.backendFacts where Self.topFacts.contains(key.text) { file[key] = value }
    let remarkable = tasks.filter { counts[$0.task.name]?.isRemarkable ?? false }
    if !remarkable.isEmpty {
      file["answers"] = .map(
        OrderedMap(remarkable.map { (.string($0.task.name), counts[$0.task.name]?.value ?? .null) }))
    }
    if !isComplete { file["incomplete"] = true }
    file["task_hashes"] = .map(OrderedMap(samples.map { (.string($0.task), .string($0.hash)) }))
    file["model_source"] = .string(facts.model)
    file["model_name"] = .string(facts.modelName)
    file["model_name_sanitized"] = .string(facts.sanitizedModelName)
    file["system_instruction"] = facts.systemInstruction.map { .string($0) } ?? .null
    file["system_instruction_sha"] = facts.systemInstruction.map { .string(sha256($0)) } ?? .null
    file["fewshot_as_multiturn"] = facts.isMultiturn.map { .bool($0) } ?? .null
    file["chat_template"] = facts.chatTemplate.map { .string($0) } ?? .null
    file["chat_template_sha"] = facts.chatTemplate.map { .string(sha256($0)) } ?? .null
    file["total_evaluation_time_seconds"] = .string(pythonRepr(seconds))
    return .map(file)
  }

  /// Backend facts that stand at the top of the file; the others stand in `config`.
  static let topFacts = [
    "tokenizer_pad_token", "tokenizer_eos_token", "tokenizer_bos_token", "eot_token_id", "max_length",
  ]

  private var sortedTasks: [TaskResult] { tasks.sorted { precedes($0.task.name, $1.task.name) } }

  private var results: OrderedMap {
    var rows = OrderedMap()
    for task in tasks { rows[task.task.name] = .map(task.row) }
    // Groups stand behind their tasks, the inner ones first.
    for group in groups.reversed() { rows[group.group.name] = .map(group.row) }
    return rows
  }

  private var versions: OrderedMap {
    var known = OrderedMap(tasks.map { (.string($0.task.name), $0.task.metadata["version"] ?? "Yaml") })
    for group in groups {
      known[group.group.name] = .string(group.group.definition.metadata["version"]?.text ?? "N/A")
    }
    return sorted(known)
  }

  /// A group has a number of examples where those directly in it agree; groups inside it are not yet known then.
  private var shots: OrderedMap {
    var known = OrderedMap(tasks.map { (.string($0.task.name), .int($0.task.shots)) })
    for group in groups {
      let values = Set(group.group.children.compactMap { known[$0] })
      if values.count == 1, let value = values.first { known[group.group.name] = value }
    }
    return sorted(known)
  }

  /// A group's directions are those of the tasks directly in it; null where they disagree.
  private var directions: OrderedMap {
    var known = OrderedMap(tasks.map { (.string($0.task.name), .map($0.directions)) })
    for group in groups {
      var union = OrderedMap()
      for child in group.group.children.compactMap({ known[$0]?.asMap }) {
        for (metric, direction) in child {
          union[metric] = union[metric].map { $0 == direction ? $0 : .null } ?? direction
        }
      }
      if !union.isEmpty { known[group.group.name] = .map(union) }
    }
    return sorted(known)
  }

  private func sorted(_ map: OrderedMap) -> OrderedMap {
    OrderedMap(map.sorted { precedes($0.0.text, $1.0.text) }.map { ($0.0, $0.1) })
  }
}

extension AnswerCounts {
  var value: Value {
    var map: OrderedMap = ["documents": .int(documents), "missing": .int(missing)]
    for note in AnswerNote.allCases { map[.string(note.rawValue)] = .int(notes[note] ?? 0) }
    return .map(map)
  }
}

/// Names in the order of their bytes, as Python sorts them.
func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

extension TaskResult {
  /// The task's row: its names, how many documents, each number with its error.
  public var row: OrderedMap {
    var row: OrderedMap = [
      "name": .string(task.name), "alias": .string(task.alias ?? task.name), "sample_len": .int(sampleLength),
    ]
    for score in scores { row.add(score) }
    return row
  }

  var directions: OrderedMap {
    OrderedMap(
      (task.metrics + expanded).map { (.string($0.name), $0.isHigherBetter.map { .bool($0) } ?? .null) })
  }
}

extension GroupResult {
  /// The group's row; numbers only where it aggregates.
  public var row: OrderedMap {
    var row: OrderedMap = ["alias": .string(group.alias ?? group.name), "name": .string(group.name)]
    guard !group.definition.metrics.isEmpty else { return row }
    row["sample_len"] = .int(sampleLength)
    guard !scores.isEmpty else { return row }
    var counts = OrderedMap()
    for one in scores {
      row.add(one.score)
      counts[one.score.key] = .int(one.sampleCount)
    }
    row["sample_count"] = .map(counts)
    return row
  }
}

extension OrderedMap {
  fileprivate mutating func add(_ score: Score) {
    self[score.key] = score.value
    self["\(score.metric)_stderr,\(score.filter)"] = score.standardError.map { .double($0) } ?? "N/A"
  }
}

extension RunFacts {
  fileprivate var configuration: OrderedMap {
    var map: OrderedMap = ["model": .string(model), "model_args": .map(modelArguments)]
    for (key, value) in backendFacts where !RunResults.topFacts.contains(key.text) { map[key] = value }
    map["batch_size"] = batchSize.map { .string($0) } ?? 1
    map["batch_sizes"] = .list([])
    map["device"] = device.map { .string($0) } ?? .null
    map["use_cache"] = .null
    map["limit"] = limit.map { .double($0) } ?? .null
    map["bootstrap_iters"] = .int(bootstrapIterations)
    map["gen_kwargs"] = .map(generation)
    for (name, seed) in zip(["random_seed", "numpy_seed", "torch_seed", "fewshot_seed"], seeds) {
      map[.string(name)] = seed.map { .int($0) } ?? .null
    }
    return map
  }
}
