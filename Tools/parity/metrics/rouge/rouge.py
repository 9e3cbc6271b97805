"""ROUGE by the library rouge_score, for helpers that load it by name."""

import datasets
import evaluate
from rouge_score import rouge_scorer


class Rouge(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        features = datasets.Features({"predictions": text, "references": text})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, rouge_types=None, use_stemmer=False, **_):
        """The scores of answers beside what is right."""
        kinds = rouge_types or ["rouge1", "rouge2", "rougeL", "rougeLsum"]
        scorer = rouge_scorer.RougeScorer(kinds, use_stemmer=use_stemmer)
        totals = dict.fromkeys(kinds, 0.0)
        for said, right in zip(predictions, references):
            rights = right if isinstance(right, (list, tuple)) else [right]
            for kind, score in scorer.score_multi(rights, said).items():
                totals[kind] += score.fmeasure
        return {kind: total / max(len(predictions), 1) for kind, total in totals.items()}
