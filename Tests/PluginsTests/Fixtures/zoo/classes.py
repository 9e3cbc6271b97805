"""Task classes that fail in all the ways there are."""

from lm_eval.api.instance import Instance
from lm_eval.api.task import Task


class Sound(Task):
    """Three documents, a request each."""

    VERSION = 1

    def download(self, *_, **__):
        self.dataset = [{"n": number} for number in range(3)]

    def has_test_docs(self):
        return True

    def has_training_docs(self):
        return False

    def has_validation_docs(self):
        return False

    def test_docs(self):
        return self.dataset

    def doc_to_text(self, doc):
        return f"Number {doc['n']}"

    def doc_to_target(self, doc):
        return str(doc["n"])

    def construct_requests(self, doc, ctx, **kwargs):
        return Instance("loglikelihood", doc, (ctx, self.doc_to_target(doc)), 0, metadata=kwargs["metadata"])

    def process_results(self, doc, results):
        return {"likelihood": results[0][0], "n": doc["n"]}

    def aggregation(self):
        return {"likelihood": max, "n": max}

    def higher_is_better(self):
        return {"likelihood": True, "n": False}


class RaisesWhenMade(Sound):
    def __init__(self):
        raise ValueError("not today")


class HasNoDocuments(Sound):
    def has_test_docs(self):
        return False


class RaisesAtSecond(Sound):
    def doc_to_text(self, doc):
        return {0: "fine", 2: "fine"}[doc["n"]]


class RaisesInRequests(Sound):
    def construct_requests(self, doc, ctx, **kwargs):
        return [][doc["n"]]


class AsksOddly(Sound):
    def construct_requests(self, doc, ctx, **kwargs):
        return Instance("greedy_until", doc, (ctx, []), 0, metadata=kwargs["metadata"])


class AsksForNumbers(Sound):
    def construct_requests(self, doc, ctx, **kwargs):
        return Instance("loglikelihood", doc, (ctx, doc["n"]), 0, metadata=kwargs["metadata"])


class BelongsNowhere(Sound):
    def construct_requests(self, doc, ctx, **kwargs):
        return Instance("loglikelihood", doc, (ctx, "a"), 0)


class ScoresWithList(Sound):
    def process_results(self, doc, results):
        return [1]


class RaisesAtThird(Sound):
    def process_results(self, doc, results):
        return {"share": 1 / (2 - doc["n"])}


class CannotBePutTogether(Sound):
    def aggregation(self):
        return {"likelihood": lambda items: items[0]["no"], "n": max}


class GivesText(Sound):
    def aggregation(self):
        return {"likelihood": max, "n": lambda items: "many"}


class Dies(Sound):
    def process_results(self, doc, results):
        import os

        os._exit(3)


def is_no_class():
    return None


NUMBER = 5
