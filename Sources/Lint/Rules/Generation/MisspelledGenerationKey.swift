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
    "guided_json", "logprobs", "stop_token_ids", "ignore_eos", "min_tokens", "skip_special_tokens", "top_a",
    "spaces_between_special_tokens", "include_stop_str_in_output", "truncate_prompt_tokens",
    "prompt_logprobs",
    "bad_words", "logit_bias", "guided_regex", "guided_choice", "guided_grammar", "response_format", "tools",
    "tool_choice", "user", "echo", "suffix", "output_kind", "use_beam_search", "best_of_n", "epsilon_cutoff",
    "eta_cutoff", "top_h", "encoder_no_repeat_ngram_size", "bad_words_ids", "forced_bos_token_id",
    "forced_eos_token_id", "exponential_decay_length_penalty", "suppress_tokens", "begin_suppress_tokens",
    "sequence_bias", "token_healing", "guidance_scale", "renormalize_logits", "constraints",
    "force_words_ids",
    "output_scores", "output_attentions", "output_hidden_states", "return_dict_in_generate",
    "decoder_start_token_id", "prompt_lookup_num_tokens", "cache_implementation", "assistant_model",
    "stop_strings",
    "max_matching_ngram_size", "dola_layers", "watermarking_config", "compile_config", "attention_mask",
    "thinking",
    "max_thinking_tokens", "enable_thinking", "chat_template_kwargs", "system_prompt", "verbosity",
    "metadata", "best_of", "n", "extra_body", "max_time", "reasoning_effort",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.values("generation_kwargs").flatMap({ $0.entries ?? [] }) {
      let key = entry.key.value
      if Self.known.contains(key) { continue }
      guard key.utf8.count > 3, let near = Self.known.nearest(to: key) else {
        findings.add(
          Self.finding(
            "no model is known to read `\(key)`", at: entry.key.span,
            help: "remove it, unless the backend that you use has it"))
        continue
      }
      findings.add(
        Self.finding(
          "no setting of generation is named `\(key)`", at: entry.key.span, help: "did you mean `\(near)`?",
          fix: .replace(entry.key.span, with: near, safety: .needsReview)))
    }
  }
}
