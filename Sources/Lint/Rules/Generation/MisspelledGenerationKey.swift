import Diagnostics
import YAML

/// A setting of generation that is nearly a known one.
struct MisspelledGenerationKey: Rule {
  static let code: Diagnostic.Code = "misspelled-generation-key"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning

  static let about = """
    What stands in `generation_kwargs` is handed on to the model, which ignores or refuses what it does not know. A name
    that is nearly a known one is most likely a slip.

    ```yaml
    task: demo
    generation_kwargs:
      max_gen_tokens: 64
    ```
    ```diagnostics
    warning[misspelled-generation-key]: no setting of generation is named `max_gen_tokens`
     --> example.yaml:3:3
      |
    3 |   max_gen_tokens: 64
      |   ^^^^^^^^^^^^^^
      = help: did you mean `max_gen_toks`?
      = fix: replace with `max_gen_toks`
    ```
    ```yaml fixed
    task: demo
    generation_kwargs:
      max_gen_toks: 64
    ```
    """

  static let known = [
    "do_sample", "max_completion_tokens", "max_gen_toks", "max_length", "max_new_tokens", "max_tokens",
    "min_length",
    "min_new_tokens", "min_p", "no_repeat_ngram_size", "num_beams", "num_return_sequences", "penalty_alpha",
    "presence_penalty", "frequency_penalty", "repetition_penalty", "seed", "stop", "temperature", "top_k",
    "top_p",
    "typical_p", "until", "use_cache", "length_penalty", "early_stopping", "think_end_token",
    "num_beam_groups",
    "diversity_penalty", "eos_token_id", "pad_token_id", "bos_token_id", "remove_invalid_values", "stream",
    "guided_json", "logprobs", "best_of", "n", "extra_body", "max_time", "reasoning_effort",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.value("generation_kwargs")?.entries ?? [] {
      let key = entry.key.value
      guard !Self.known.contains(key), key.utf8.count > 3, let near = Self.known.nearest(to: key) else {
        continue
      }
      findings.add(
        Self.finding(
          "no setting of generation is named `\(key)`", at: entry.key.span, help: "did you mean `\(near)`?",
          fix: .replace(entry.key.span, with: near, safety: .needsReview)))
    }
  }
}
