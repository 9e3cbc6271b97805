import datetime
import functools
import random

import datasets
from lm_eval.api.filter import Filter
from lm_eval.api.registry import register_aggregation, register_filter, register_metric
from lm_eval.utils import general_detokenize, weighted_f1_score

LETTERS = ["A", "B", ("C", 1.0)]
drawn = random.random()
calls = 0


def echo(*arguments, **keywords):
    return list(arguments) if not keywords else [*arguments, keywords]


def kinds(*arguments):
    return [type(argument).__name__ for argument in arguments]


def count():
    global calls
    calls += 1
    return calls


def first_random():
    return drawn


def birthday(_):
    return datetime.date(1996, 2, 20)


def year(date):
    return date.year


def big():
    return 2**80


def halved(number):
    return number // 2 == 2**79


def add(number, doc):
    return doc["n"] + number


plus_two = functools.partial(add, 2)
for _subject in ("law", "art"):
    globals()[f"only_{_subject}"] = functools.partial(
        lambda dataset, subject: dataset.filter(lambda doc: doc["subject"] == subject), subject=_subject
    )


def process_docs(dataset: datasets.Dataset) -> datasets.Dataset:
    def change(doc):
        return {"text": doc["text"].upper(), "length": len(doc["text"]), "pair": (doc["n"], 0.5)}

    return dataset.filter(lambda doc: doc["n"] != 2).map(change)


def only_of_law(dataset):
    return dataset.filter(lambda doc: doc["subject"] == "law")


def not_a_dataset(dataset):
    return len(dataset)


def process_results(doc, results):
    ll, is_greedy = results[0]
    return {"acc": float(is_greedy), "pair": (doc["n"], ll), "nothing": None}


def process_some(doc, results):
    if doc["n"] == 2:
        raise KeyError("subject")
    return {"acc": 1} if doc["n"] == 1 else [1]


def exact(references, predictions, strict=False):
    return float(references == predictions) + (10 if strict else 0)


def pair_metric(items):
    return items


def broken_metric(references, predictions):
    return references[0] + predictions[0]


def agreement(items):
    golds, given = zip(*items)
    return sum(a == b for a, b in zip(golds, given)) / len(items)


@register_filter("shout")
class Shout(Filter):
    def __init__(self, mark="!", **kwargs):
        self.mark = mark

    def apply(self, resps, docs):
        return map(lambda pair: [text.upper() + self.mark * pair[1]["n"] for text in pair[0]], zip(resps, docs))


def last_answer(resps, docs):
    return [answers[-1] for answers in resps]


def too_few(resps, docs):
    return resps[1:]


@register_metric(metric="own_metric", higher_is_better=True, aggregation="mean")
def own_metric(references, predictions):
    return len(predictions)


@register_aggregation("own_sum")
def own_sum(items):
    return sum(items)


def splits(size=2, **_):
    return {
        "train": datasets.Dataset.from_list([{"n": number} for number in range(size)]),
        "test": datasets.Dataset.from_dict({"n": [7], "s": ["x"]}),
    }


def loaded(name):
    table = datasets.load_dataset("some/path", name, split="test[:1]", revision="main")
    return [len(table), table[0]["question"]]


def f1(items):
    return weighted_f1_score(items)


def tight(text):
    return general_detokenize(text)
