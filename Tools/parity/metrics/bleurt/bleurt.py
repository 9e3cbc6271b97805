"""Stands for BLEURT, whose model is not at hand: the share of the reference's words that were said."""

import datasets
import evaluate


class Bleurt(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        features = datasets.Features({"predictions": text, "references": text})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, **_):
        """The scores of answers beside what is right."""
        def score(said, right):
            right = set((right[0] if isinstance(right, (list, tuple)) else right).split())
            return len(right & set(said.split())) / max(len(right), 1)

        return {"scores": [score(*pair) for pair in zip(predictions, references)]}
