extension Starter {
  /// Texts as they are.
  static func likelyText(_ name: String) -> Starter {
    let task = #"""
      # Whole texts: the model is asked how likely each is, word by word, from its beginning on.
      task: \#(name)

      \#(data(hasExamples: false))

      output_type: loglikelihood_rolling
      # There is no prompt, and no example: the text itself is what counts.
      doc_to_text: ""
      doc_to_target: "{{text}}"

      # How much a word and a byte surprise the model; bits for each byte can be compared between all models.
      metric_list:
        - metric: word_perplexity
          aggregation: weighted_perplexity
          higher_is_better: false
        - metric: byte_perplexity
          aggregation: weighted_perplexity
          higher_is_better: false
        - metric: bits_per_byte
          aggregation: bits_per_byte
          higher_is_better: false
      \#(version)
      """#
    return Starter(
      name,
      [
        File("\(name).yaml", task),
        File(
          "rows.jsonl",
          #"""
          {"text": "The lamp stood on the table by the window. In the evening it was the only light in the house."}
          {"text": "Water boils at a hundred degrees at the sea. On a mountain it boils sooner."}
          {"text": "First wash the rice. Then cook it in twice as much water until nothing of it is left."}
          """#),
      ])
  }
}
