"""BLEU of a corpus by the library sacrebleu, for helpers that load it by name."""

import datasets
import evaluate
import sacrebleu


class Bleu(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        features = datasets.Features({"predictions": text, "references": text})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, max_order=4, smooth=False, **_):
        """The scores of answers beside what is right."""
        lists = [list(r) if isinstance(r, (list, tuple)) else [r] for r in references]
        widest = max(map(len, lists))
        streams = [[each[at] if at < len(each) else None for each in lists] for at in range(widest)]
        scorer = sacrebleu.BLEU(smooth_method="add-k" if smooth else "none", max_ngram_order=max_order)
        found = scorer.corpus_score(list(predictions), streams)
        return {
            "bleu": found.score / 100,
            "precisions": [value / 100 for value in found.precisions],
            "brevity_penalty": found.bp,
            "length_ratio": found.sys_len / max(found.ref_len, 1),
            "translation_length": found.sys_len,
            "reference_length": found.ref_len,
        }
