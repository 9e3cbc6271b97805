extension Starter {
  /// Questions whose answer the model writes.
  static func writtenAnswer(_ name: String) -> Starter {
    let task = #"""
      # Questions to which the model writes an answer; what counts is taken out of it and compared with the right one.
      task: \#(name)

      \#(data(hasExamples: true))

      output_type: generate_until
      # The prompt ends without a blank; `target_delimiter`, one blank by default, stands before each example's answer.
      doc_to_text: "Question: {{question}}\nAnswer:"
      doc_to_target: "{{answer}}"
      # The model stops at any of these texts, or after so many tokens.
      generation_kwargs:
        until: ["\n\n", "Question:"]
        max_gen_toks: 64
        do_sample: false

      # Each pipeline makes a score of its own: from all that was written it takes the last number (-1), and of the answers
      # to one prompt the first. `assay ls filters` tells what other filters there are.
      filter_list:
        - name: last-number
          filter:
            - function: regex
              regex_pattern: '(-?\d+)'
              group_select: -1
            - function: take_first

      # The share of answers that are the same as the right one.
      metric_list:
        - metric: exact_match
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
          {"question": "Ann has 3 pears and buys 4 more. How many has she now?", "answer": "7"}
          {"question": "A bus holds 20 people. How many do 3 of them hold?", "answer": "60"}
          {"question": "Tom had 15 stamps and gave 6 away. How many are left?", "answer": "9"}
          {"question": "Half of 48 eggs are brown. How many are that?", "answer": "24"}
          """),
        File(
          "examples.jsonl",
          """
          {"question": "There are 5 cats and 2 dogs. How many animals are there?", "answer": "7"}
          {"question": "A box holds 6 pens. How many do 4 boxes hold?", "answer": "24"}
          {"question": "Of 30 seats 11 are taken. How many are free?", "answer": "19"}
          """),
      ])
  }
}
