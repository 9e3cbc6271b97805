"""Task classes in the ways people write them."""

import re
from functools import partial

from lm_eval.api.instance import Instance
from lm_eval.api.metrics import mean
from lm_eval.api.task import ConfigurableTask


def share(items):
    return sum(items) / len(items) * 100


def best_of(key, items):
    golds, given = zip(*items)
    return max(len(text) for text in (golds if key == "gold" else given))


class Written(ConfigurableTask):
    """All settings in the class; requests and scores of its own."""

    VERSION = 3
    DATASET_PATH = "parity/trivia"
    DATASET_NAME = None

    def __init__(self, **kwargs):
        super().__init__(config={"metadata": {"version": self.VERSION}})

    def has_training_docs(self):
        return True

    def has_validation_docs(self):
        return False

    def has_test_docs(self):
        return True

    def training_docs(self):
        return self.dataset["train"]

    def test_docs(self):
        return self.dataset["test"]

    def doc_to_text(self, doc, doc_to_text=None):
        return f"Question: {doc['question'].strip()}\nAnswer:"

    def doc_to_target(self, doc, doc_to_target=None):
        return doc["choices"][doc["label"]].strip()

    def construct_requests(self, doc, ctx, chat_template=None, apply_chat_template=False, **kwargs):
        return [
            Instance(
                request_type="generate_until",
                doc=doc,
                arguments=(ctx, {"until": ["\n"], "max_gen_toks": 48}),
                idx=0,
                **kwargs,
            )
        ]

    def process_results(self, doc, results):
        gold = self.doc_to_target(doc)
        found = re.search(re.escape(gold), results[0], re.IGNORECASE)
        scores = {"contains": int(bool(found)), "length": (gold, results[0])}
        if len(gold) % 2:
            scores["odd"] = float(len(results[0]))
        return scores

    def aggregation(self):
        return {"contains": mean, "length": partial(best_of, "given")}

    def higher_is_better(self):
        return {"contains": True, "length": False}


class Mixed(Written):
    """Two kinds of requests about each document."""

    VERSION = 1

    def construct_requests(self, doc, ctx, chat_template=None, apply_chat_template=False, **kwargs):
        arguments = dict(self.config.generation_kwargs)
        arguments["max_gen_toks"] = min(arguments["max_gen_toks"], 64)
        return [
            Instance(request_type="generate_until", doc=doc, arguments=(ctx, arguments), idx=0, **kwargs),
            Instance(request_type="loglikelihood", doc=doc, arguments=(ctx, " nothing"), idx=0, **kwargs),
        ]

    def process_results(self, doc, results):
        written, (likelihood, is_greedy) = results
        return {"share": float(doc["choices"][doc["label"]] in written), "none": likelihood, "greedy": is_greedy}

    def aggregation(self):
        return {"share": share, "none": mean, "greedy": mean}

    def higher_is_better(self):
        return {"share": True, "none": False, "greedy": True}


class Choices(Written):
    """A request for each choice, the last first."""

    VERSION = 0

    def construct_requests(self, doc, ctx, chat_template=None, apply_chat_template=False, **kwargs):
        return [
            Instance(
                request_type="loglikelihood",
                doc=doc,
                arguments=(ctx, choice if apply_chat_template else f" {choice}"),
                idx=place,
                **kwargs,
            )
            for place, choice in enumerate(doc["choices"])
        ]

    def process_results(self, doc, results):
        likelihoods = [likelihood for likelihood, _ in results]
        best = likelihoods.index(max(likelihoods))
        return {"acc": 1.0 if best == doc["label"] else 0.0, "em": 100.0 * (best == doc["label"])}

    def aggregation(self):
        return {"acc": mean, "em": lambda items: sum(items) / len(items)}

    def higher_is_better(self):
        return {"acc": True, "em": True}
