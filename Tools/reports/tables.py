"""Writes Tests/ReportsTests/Fixtures/tables.jsonl: results and the tables that the harness prints of them.

    python Tools/reports/tables.py > Tests/ReportsTests/Fixtures/tables.jsonl
"""

import json
import random

from lm_eval.utils import make_table

METRICS = ["acc", "acc_norm", "exact_match", "f1", "bleu", "word_perplexity", "brier_score", "a|b", "ünï", "スコア"]
FILTERS = ["none", "strict-match", "flexible-extract", "get-answer", "007", "é"]
NAMES = ["alpha", "beta", "gamma", "delta", "task_1", "mmlu_x", "42", "x y", "日本語", "naïve", "b|c", "1.5", "7"]
VALUES = [0.0, 1.0, 0.5, 0.25, 1 / 3, 2 / 3, 0.00004, 0.99996, 12.5, 100.0, 48.892302243490086, 1234.56789, -0.5, -0.00001,
          1e9, 123456.75, 1e-9, 7.0]
VERSIONS = ["Yaml", "N/A", 1, 0, 1.0, 2.5, "1.0", "2.1.0", 3, "0.1a"]
SHOTS = [0, 5, 1, 25]


def row(rng, calm):
    out = {"name": "n", "alias": None, "sample_len": 3}
    filters = rng.sample(FILTERS[: 3 if calm else 6], rng.choice([1, 1, 2]))
    for metric in rng.sample(METRICS[: 7 if calm else 10], rng.choice([0, 1, 1, 2, 3])):
        for name in filters:
            value = rng.choice(VALUES)
            kind = rng.random()
            if kind < 0.03:
                value = float("nan")
            elif kind < 0.05:
                value = float("inf")
            elif kind < 0.08:
                value = rng.choice([999, 3, 0])
            out[f"{metric},{name}"] = value
            kind = rng.random()
            if kind < 0.7:
                out[f"{metric}_stderr,{name}"] = rng.choice(VALUES[:8])
            elif kind < 0.95:
                out[f"{metric}_stderr,{name}"] = "N/A"
    return out


def results(seed):
    rng = random.Random(seed)
    calm = seed % 3 != 0
    names = rng.sample(NAMES[:6] if calm else NAMES, rng.choice([1, 2, 3, 4]))
    groups = rng.sample(["zoo", "area", "grp", "inner"], rng.choice([0, 0, 1, 2, 3]))
    file = {"results": {}, "group_subtasks": {}, "versions": {}, "n-shot": {}, "higher_is_better": {}}
    for name in names + groups:
        entry = row(rng, calm)
        entry["name"], entry["alias"] = name, name if rng.random() < 0.8 else f"the {name}"
        file["results"][name] = entry
        file["versions"][name] = rng.choice(VERSIONS)
        if name in names or rng.random() < 0.6:
            file["n-shot"][name] = rng.choice(SHOTS)
        metrics = {key.split(",")[0] for key in entry if "," in key}
        file["higher_is_better"][name] = {m: rng.choice([True, True, False, None]) for m in sorted(metrics)}
    for at, group in enumerate(groups):
        below = names + groups[at + 1 :]
        file["group_subtasks"][group] = rng.sample(below, min(len(below), rng.choice([1, 2])))
    with_numbers = {g: file["results"][g] for g in groups if rng.random() < 0.7}
    if with_numbers:
        file["groups"] = with_numbers
    return file


def main():
    for seed in range(240):
        file = results(seed)
        text = make_table(file) + "\n"
        if "groups" in file:
            text += make_table(file, "groups") + "\n"
        print(json.dumps({"results": file, "text": text}, ensure_ascii=False))


main()
