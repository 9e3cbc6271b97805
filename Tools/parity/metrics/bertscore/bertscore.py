"""Stands for BERTScore, whose model is not at hand: the overlap of words in its place."""

import datasets
import evaluate


def overlap(said, right):
    said, right = set(said.split()), set(right.split())
    common = len(said & right)
    precision, recall = common / max(len(said), 1), common / max(len(right), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


class Bertscore(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        features = datasets.Features({"predictions": text, "references": text})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, **_):
        """The scores of answers beside what is right."""
        best = []
        for said, right in zip(predictions, references):
            rights = right if isinstance(right, (list, tuple)) else [right]
            best.append(max((overlap(said, one) for one in rights), key=lambda scores: scores[2]))
        names = ("precision", "recall", "f1")
        return {name: [scores[at] for scores in best] for at, name in enumerate(names)} | {"hashcode": ""}
