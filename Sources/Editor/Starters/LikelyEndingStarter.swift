extension Starter {
  /// Texts of which the end is known.
  static func likelyEnding(_ name: String) -> Starter {
    let task = #"""
      # Texts of which the last word is known: the model is asked how likely that word is, and whether it would have written it.
      task: \#(name)

      \#(data(hasExamples: false))

      output_type: loglikelihood
      # What is given, and what should follow. Nothing is put between them, so that the blank belongs to what follows.
      doc_to_text: "{{beginning}}"
      doc_to_target: " {{ending}}"

      # `acc` is the share of endings that the model would have written itself; `perplexity` tells how much they surprise it.
      metric_list:
        - metric: perplexity
          aggregation: perplexity
          higher_is_better: false
        - metric: acc
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
          {"beginning": "She put the key into the lock and opened the", "ending": "door"}
          {"beginning": "The sun sets in the", "ending": "west"}
          {"beginning": "It was raining, so he took his", "ending": "umbrella"}
          {"beginning": "The baker took the bread out of the", "ending": "oven"}
          """),
      ])
  }
}
