"""Writes what the scoring of lm_eval 0.4.13 gives for made-up outcomes, for Tests/MetricsTests.

DISABLE_MULTIPROC=1 python3 Tools/metrics/expect.py Tests/MetricsTests/Conformance
"""

import contextlib
import io
import itertools
import json
import math
import os
import random
import sys
import types
import warnings

os.environ["DISABLE_MULTIPROC"] = "1"
warnings.simplefilter("ignore")

import numpy as np

from lm_eval.api import metrics
from lm_eval.api.registry import AGGREGATION_REGISTRY, get_metric
from lm_eval.api.task import ConfigurableTask, Task

out = sys.argv[1]


def plain(value):
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def write(name, rows):
    with open(os.path.join(out, name), "w") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def scores(output_type, names, target, results, choices=None, many=False, arguments=None):
    """The real process_results on a task that is all stand-ins."""
    task = types.SimpleNamespace(
        OUTPUT_TYPE=output_type, multiple_input=0, multiple_target=many, _aggregation_list={}, _higher_is_better={},
        config=types.SimpleNamespace(process_results=None, doc_to_choice=None),
        _metric_fn_list={name: get_metric(name) for name in names},
        _metric_fn_kwargs={name: arguments or {} for name in names},
        doc_to_choice=lambda doc: choices, doc_to_target=lambda doc: target,
        count_words=Task.count_words, count_bytes=Task.count_bytes)
    return {key: plain(value) for key, value in ConfigurableTask.process_results(task, {}, results).items()}


def attempt(**row):
    def run(make):
        try:
            row["scores"] = make()
        except Exception as it:
            row["error"] = type(it).__name__
        return row
    return run


# exact_match
RESULTS = ["", "42", "42.", " 42", "The Answer: 42!", "İstanbul", "i\u0307stanbul", "ΟΔΟΣ", "οδος", "a\0", "a", "1,000", "A b", "a  B.", "é", "e\u0301", "ßẞ", "x_y-z", "٣", ["42", "41"], ["42"], [], ["a", "A"], 42, 1.0, True, None]
GOLDS = ["42", "", "the answer 42", "istanbul", "i\u0307stanbul", "i\u0307stanbu", "οδος", "a", "1000", "ab", "é", "ßß", "xyz", 42]
MANY = [["42", "43"], ["a"], [], ["42", 41], [42, 41], ["A", "b", "i\u0307stanbul long"], ["x", "1000", None]]
ARGUMENTS = [{}, {"ignore_case": True}, {"ignore_punctuation": True}, {"ignore_numbers": True}, {"ignore_case": True, "ignore_punctuation": True, "ignore_numbers": True}, {"regexes_to_ignore": [",", r"\.$"]}, {"regexes_to_ignore": [r"(?i)the answer:?\s*", r"\s+"], "ignore_case": True}]


def exact_match():
    for arguments, result in itertools.product(ARGUMENTS, RESULTS):
        for many, gold in [(False, gold) for gold in GOLDS] + [(True, gold) for gold in MANY]:
            if not many and isinstance(result, str) and not isinstance(gold, str):
                gold = str(gold)
            if arguments and result == []:
                continue
            if not many and not isinstance(result, (str, list)):
                # What the harness casts before it compares is not for a metric to decide.
                if type(gold) is not type(result):
                    continue
            yield attempt(arguments=arguments, result=result, gold=gold, many=many)(lambda: scores("generate_until", ["exact_match"], gold, [result], many=many, arguments=arguments))


def choices():
    rng = random.Random(5)
    names = ["acc", "acc_norm", "exact_match"]
    pool = [["no", "yes"], ["Oslo", "the capital of Norway", "née"], ["a", "", "bb"], ["日本", "e\u0301", "xyz", " w"], ["only"], []]
    for _ in range(400):
        of = rng.choice(pool)
        lls = [rng.choice([-1.0, -2.0, -2.0, -3.5, -rng.random() * 9, 0.0, -math.inf, math.nan][: 8 if rng.random() < 0.2 else 5]) for _ in of]
        greedy = [rng.random() < 0.4 for _ in of]
        many = rng.random() < 0.3
        gold = [rng.randrange(max(1, len(of)) + 1) for _ in range(rng.randint(0, 3))] if many else rng.choice([0, 1, 2, 5, "yes", "née", "none", True])
        row = attempt(likelihoods=[repr(x) for x in lls], greedy=greedy, choices=of, gold=gold)
        yield row(lambda: scores("multiple_choice", names, gold, list(zip(lls, greedy)), choices=of, many=many))


def rolling():
    names = ["word_perplexity", "byte_perplexity", "bits_per_byte"]
    for text in ["", " ", "a", " hello  world\n", "foo é", "a\u00a0b\x1cc\u200bd\u3000", "\n\n", "日本 語"]:
        yield {"text": text, "likelihood": -3.5, "scores": scores("loglikelihood_rolling", names, text, [-3.5])}


def quiet(function, *arguments):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return function(*arguments)


def aggregations():
    rng = random.Random(11)
    vectors = [[-1, -2, -0.5, -3], [1], [1.0, 0.0], [0, 1, 1, 0, 1], [0.1] * 10, [True, False, True]]
    vectors += [[-rng.random() * 10 ** rng.randint(-3, 2) for _ in range(n)] for n in [2, 7, 8, 9, 15, 16, 17, 127, 128, 129, 130, 200, 255, 257, 500, 1000]]
    vectors += [[math.nan, 1.0, 2.0], [math.nan], [math.nan, math.nan], [rng.choice([math.nan, rng.random()]) for _ in range(300)]]
    for items in vectors:
        shown = [repr(float(x)) for x in items]
        for name in ["mean", "median", "nanmean", "perplexity"]:
            if name == "median" and any(x != x for x in items):
                continue
            value = AGGREGATION_REGISTRY[name](items)
            row = {"aggregation": name, "items": shown, "value": repr(float(value)), "errors": {}}
            for iterations in [0, 1, 7, 100, 1500, 2000] if len(items) < 20 else [100]:
                function = metrics.stderr_for_metric(AGGREGATION_REGISTRY[name], iterations)
                if function is None or len(items) < 2 or (iterations == 1 and name != "mean"):
                    continue
                row["errors"][str(iterations)] = repr(float(quiet(function, items)))
            yield row
    for _ in range(12):
        items = [(-rng.random() * 100, rng.randint(1, 40)) for _ in range(rng.randint(1, 60))]
        for name in ["weighted_perplexity", "bits_per_byte"]:
            yield {"aggregation": name, "items": [[repr(a), b] for a, b in items], "value": repr(AGGREGATION_REGISTRY[name](items)), "errors": {}}


def groups():
    rng = random.Random(3)
    for n in [1, 2, 3, 5, 20]:
        for _ in range(4):
            values = [rng.random() for _ in range(n)]
            errors = [rng.random() / 10 for _ in range(n)]
            sizes = [rng.randint(2, 2000) for _ in range(n)]
            yield {
                "values": values, "errors": errors, "sizes": sizes,
                "weighted": metrics.aggregate_subtask_metrics(values, sizes, True),
                "plain": metrics.aggregate_subtask_metrics(values, sizes, False),
                "pooled": float(metrics.pooled_sample_stderr(errors, sizes)),
                "unweighted": float(metrics.unweighted_mean_stderr(errors))}
    yield {"values": [0.5, 0.8], "errors": [0.1, 0.2], "sizes": [10, 20], "weighted": 0.7, "plain": 0.65, "pooled": 0.13844373104863458, "unweighted": 0.1118033988749895}


write("exact_match.jsonl", exact_match())
write("choices.jsonl", choices())
write("rolling.jsonl", rolling())
write("aggregations.jsonl", aggregations())
write("groups.jsonl", groups())
