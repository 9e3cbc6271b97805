extension Starter {
  /// Questions with answers to choose from.
  static func multipleChoice(_ name: String) -> Starter {
    let task = #"""
      # Questions with answers to choose from. The model does not write: for each choice it is asked how likely that is to
      # follow the prompt, and the likeliest is its answer.
      task: \#(name)

      \#(data(hasExamples: true))

      output_type: multiple_choice
      # The prompt ends without a blank; `target_delimiter`, one blank by default, stands before each choice.
      doc_to_text: "Question: {{question}}\nAnswer:"
      # The choices: a column with a list, or a list written out, such as `["yes", "no"]`.
      doc_to_choice: "{{choices}}"
      # The number of the right choice, counted from 0, or its text.
      doc_to_target: "{{answer}}"

      # `acc` is the share of right answers; `acc_norm` makes up for long choices being less likely than short ones.
      metric_list:
        - metric: acc
          aggregation: mean
          higher_is_better: true
        - metric: acc_norm
          aggregation: mean
          higher_is_better: true
      \#(version)
      """#
    return Starter(
      name,
      [
        File("\(name).yaml", task),
        File(
          "rows.jsonl",
          """
          {"question": "Which of these is a fruit?", "choices": ["carrot", "apple", "spinach"], "answer": 1}
          {"question": "How many legs does a spider have?", "choices": ["eight", "six", "four"], "answer": 0}
          {"question": "What do bees make?", "choices": ["milk", "silk", "honey"], "answer": 2}
          {"question": "Which planet do we live on?", "choices": ["Mars", "Earth", "Venus"], "answer": 1}
          """),
        File(
          "examples.jsonl",
          """
          {"question": "Which of these can fly?", "choices": ["trout", "tiger", "sparrow"], "answer": 2}
          {"question": "What falls from clouds?", "choices": ["rain", "sand", "leaves"], "answer": 0}
          {"question": "Which season is the coldest?", "choices": ["summer", "winter", "autumn"], "answer": 1}
          """),
      ])
  }
}
