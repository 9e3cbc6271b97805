"""The share of whole numbers that are equal, for tasks that ask for this metric by name."""

import datasets
import evaluate


class Accuracy(evaluate.Metric):
    def _info(self):
        number = datasets.Value("int32")
        features = datasets.Features({"predictions": number, "references": number})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, **_):
        """The scores of answers beside what is right."""
        pairs = list(zip(predictions, references))
        return {"accuracy": sum(int(said) == int(right) for said, right in pairs) / len(pairs)}
