extension Starter {
  /// A group of two tasks with a base in common.
  public static func group(_ name: String) -> Starter {
    let group = """
      # A group: its tasks are run together, and their scores put together. It is called by its name, with the folder it is in:
      # assay run --include_path \(name) --tasks \(name)
      group: \(name)
      # Names of tasks, of other groups, or of tags.
      task:
        - \(name)_food
        - \(name)_animals

      # The group's own row in tables: the mean over all rows of all tasks.
      aggregate_metric_list:
        - metric: acc
          aggregation: mean
          weight_by_size: true
      \(version)
      """
    let base = #"""
      # What the tasks of the group have in common. A file with neither `task` nor `group` is only there for others to include.
      dataset_path: json
      test_split: test
      # No examples stand in the prompts: there are no rows but those that are evaluated.
      num_fewshot: 0

      output_type: multiple_choice
      doc_to_text: "Question: {{question}}\nAnswer:"
      doc_to_choice: "{{choices}}"
      doc_to_target: "{{answer}}"
      metric_list:
        - metric: acc
          aggregation: mean
          higher_is_better: true
      \#(version)
      """#
    func task(_ topic: String) -> String {
      """
      # All keys of the base are this task's too; those that stand here take the place of the base's.
      include: _base.yaml
      task: \(name)_\(topic)
      dataset_kwargs:
        data_files:
          test: \(topic).jsonl
      """
    }
    return Starter(
      name, isGroup: true,
      [
        File("\(name).yaml", group), File("_base.yaml", base),
        File("\(name)_food.yaml", task("food")), File("\(name)_animals.yaml", task("animals")),
        File(
          "food.jsonl",
          """
          {"question": "Which of these is a fruit?", "choices": ["carrot", "apple", "spinach"], "answer": 1}
          {"question": "What is bread made of?", "choices": ["flour", "sand", "paper"], "answer": 0}
          {"question": "What do bees make?", "choices": ["milk", "silk", "honey"], "answer": 2}
          """),
        File(
          "animals.jsonl",
          """
          {"question": "How many legs does a spider have?", "choices": ["eight", "six", "four"], "answer": 0}
          {"question": "Which of these can fly?", "choices": ["trout", "tiger", "sparrow"], "answer": 2}
          {"question": "Where do fish live?", "choices": ["trees", "water", "caves"], "answer": 1}
          """),
      ])
  }
}
