"""Helper functions in the ways people write them."""

import random
import re
from functools import partial

import datasets

LETTERS = ["A", "B", "C", "D"]


def only_subject(dataset, subject):
    return dataset.filter(lambda row: row["subject"] == subject)


only_art = partial(only_subject, subject="art")
globals().update({f"only_{name}": partial(only_subject, subject=name) for name in ["law", "sea"]})


def with_query(dataset: datasets.Dataset) -> datasets.Dataset:
    def change(row):
        row["query"] = f"Q: {row['question'].strip()}"
        row["size"] = len(row["choices"])
        row["letters"] = LETTERS[: len(row["choices"])]
        return row

    return dataset.map(change)


def shuffled_choices(dataset):
    """Each row draws from a generator of its own, so that calling it again changes nothing."""

    def change(row):
        order = list(range(len(row["choices"])))
        random.Random(row["id"]).shuffle(order)
        return {
            "choices": [row["choices"][place] for place in order],
            "label": order.index(row["label"]),
            "drawn": order,
        }

    return dataset.map(change, remove_columns=["passage"])


def in_batches(dataset):
    def change(batch):
        return {"shout": [text.upper() for text in batch["question"]]}

    return dataset.map(change, batched=True, batch_size=7).select(range(5))


def built_anew(dataset):
    rows = [{"q": row["question"], "n": index, "ratio": index / 2} for index, row in enumerate(dataset)]
    return datasets.Dataset.from_list(rows[::-1])


def text_of(doc):
    options = "\n".join(f"{letter}. {choice}" for letter, choice in zip(LETTERS, doc["choices"]))
    return f"{doc['question']}\n{options}\nAnswer:"


def letter_of(doc):
    return LETTERS[doc["label"]]


def label_of(doc):
    return doc["label"]


def choices_of(doc):
    return [str(choice) for choice in doc["choices"]]


def prompt(doc, lead, mark):
    return f"{lead} {doc['question']}{mark}"


short_prompt = partial(prompt, lead="Say:", mark="?")
other_prompt = partial(prompt, lead="Example:", mark="!")


def answers_of(doc):
    return [doc["single"], doc["single"].upper()]


def number_of(doc):
    return int(doc["number"])


def examples():
    return [
        {"question": "One?", "choices": ["yes", "no"], "label": 1},
        {"question": "Two?", "choices": ["left", "right"], "label": 0},
        {"question": "Three?", "choices": ["up", "down"], "label": 1},
    ]


def scored_choices(doc, results):
    logprobs, greedy = zip(*results)
    best = max(range(len(logprobs)), key=logprobs.__getitem__)
    return {
        "hit": float(best == doc["label"]),
        "pair": (doc["label"], best),
        "greedy": any(greedy),
        "spread": max(logprobs) - min(logprobs),
    }


def scored_text(doc, results):
    (text,) = results
    found = re.findall(r"-?\d+", text)
    outcome = {"found": len(found), "length": len(text)}
    if found:
        outcome["right"] = int(found[-1] == str(doc["number"]))
    return outcome


def macro_accuracy(items):
    by_label = {}
    for gold, guess in items:
        by_label.setdefault(gold, []).append(gold == guess)
    return sum(sum(hits) / len(hits) for hits in by_label.values()) / len(by_label)


def largest(items):
    return max(items)


def overlap(references, predictions, floor=0.0, **kwargs):
    gold, guess = set(references[0].split()), set(predictions[0].split())
    share = len(gold & guess) / max(1, len(gold | guess))
    return max(share, floor)


def several(references, predictions):
    gold, guess = references[0], predictions[0]
    return {"same": float(gold == guess), "shorter": float(len(guess) < len(gold))}


def passed_on(items):
    return items


def share_of_pairs(items):
    return sum(gold.strip().lower() == guess.strip().lower() for gold, guess in items) / len(items)


def with_lengths(references, predictions):
    return references[0] == predictions[0], len(references[0]) > 5


def right_by_length(items):
    """Two numbers by name, and one that is whole."""
    found = {"long": [], "short": []}
    for right, is_long in items:
        found["long" if is_long else "short"].append(right)
    return {name: sum(rights) / max(1, len(rights)) for name, rights in found.items()} | {"seen": len(items)}


def first_word(resps, docs):
    return [[(text.split() or [""])[0] for text in answers] for answers in resps]


def cut_at_question(resps, docs):
    def cut(text, doc):
        return text.replace(doc["question"], "").split("\n")[0]

    return [[cut(text, doc) for text in answers] for answers, doc in zip(resps, docs)]
