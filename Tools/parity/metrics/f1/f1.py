"""F1 of whole numbers by scikit-learn, for tasks that ask for this metric by name."""

import datasets
import evaluate
from sklearn.metrics import f1_score


class F1(evaluate.Metric):
    def _info(self):
        number = datasets.Value("int32")
        features = datasets.Features({"predictions": number, "references": number})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, labels=None, pos_label=1, average="binary", **_):
        """The scores of answers beside what is right."""
        said, right = [int(value) for value in predictions], [int(value) for value in references]
        score = f1_score(right, said, labels=labels, pos_label=pos_label, average=average)
        return {"f1": float(score) if getattr(score, "size", 1) == 1 else score}
