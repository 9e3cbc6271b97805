"""Exact matches and overlap of words as for SQuAD with questions that have no answer, simplified."""

import datasets
import evaluate


class SquadV2(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        features = datasets.Features({"predictions": text, "references": text})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, **_):
        """The scores of answers beside what is right."""
        kinds = {"": [], "HasAns_": [], "NoAns_": []}
        for said, right in zip(predictions, references):
            words, golds = said["prediction_text"].lower().split(), right["answers"]["text"]
            golds = [gold.lower().split() for gold in golds] or [[]]
            exact = float(any(words == gold for gold in golds))
            overlap = max(2 * len(set(words) & set(g)) / max(len(set(words)) + len(set(g)), 1) for g in golds)
            for kind in ("", "HasAns_" if right["answers"]["text"] else "NoAns_"):
                kinds[kind].append((exact, exact if golds == [[]] else overlap))
        found = {}
        for kind, scores in kinds.items():
            if scores:
                found[kind + "exact"] = 100 * sum(e for e, _ in scores) / len(scores)
                found[kind + "f1"] = 100 * sum(f for _, f in scores) / len(scores)
                found[kind + "total"] = len(scores)
        return found | {"best_exact": found["exact"], "best_f1": found["f1"]}
