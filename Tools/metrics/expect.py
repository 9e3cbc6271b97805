"""Writes what the scoring of lm_eval 0.4.13 gives for made-up outcomes, for Tests/MetricsTests.

DISABLE_MULTIPROC=1 python3 Tools/metrics/expect.py Tests/MetricsTests/Conformance

Beside lm_eval it needs rouge_score and jiwer, which the *evaluate* library uses for `rouge` and `wer`. It takes
some minutes: the harness scores all texts again for each replicate.
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
    if isinstance(value, (list, tuple, np.ndarray)):
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


def shown(number):
    return repr(float(number))


def errors(name, items, iterations, metric="test"):
    """The standard errors that the harness would print, by number of replicates."""
    function = AGGREGATION_REGISTRY[name]
    return {str(n): shown(quiet(metrics.bootstrap_stderr, function, items, n)) for n in iterations} if len(items) > 1 else {}


def judged():
    """Choices scored by metrics that look at more than the best one."""
    rng = random.Random(8)
    names = ["acc_bytes", "f1", "mcc", "brier_score", "likelihood"]
    pool = [["no", "yes"], ["Oslo", "the capital of Norway", "née"], ["日本", "e\u0301", "xyz", " w"], ["only"]]
    for _ in range(200):
        of = rng.choice(pool)
        lls, without = ([rng.choice([-1.0, -2.0, -2.0, -3.5, -rng.random() * 9, -rng.random() * 900]) for _ in of] for _ in range(2))
        gold = rng.choice([0, 1, 2, 5, "yes", "née", "none"])
        row = {"likelihoods": lls, "unconditional": without, "choices": of, "gold": gold}
        answers = [(x, False) for x in lls]
        row["scores"] = scores("multiple_choice", names, gold, answers, choices=of)
        row["scores"] |= scores("multiple_choice", ["acc_mutual_info"], gold, answers + [(x, False) for x in without], choices=of)
        yield row


def classes():
    rng = random.Random(21)
    pools = [[0, 1], [0, 1], [1], [0], [2, 1], [0, 2], [-100, 1, 0], [0, 1, 2], [3, 5, 8, 13], ["a", "b"], ["yes", "no", "it is"], ["0", "1"]]
    for pool, n in itertools.product(pools, [1, 2, 3, 10, 57, 400]):
        items = [(rng.choice(pool), rng.choice(pool)) for _ in range(n)]
        items = [(gold, gold if rng.random() < 0.4 else given) for gold, given in items]
        for name in ["f1", "matthews_corrcoef"]:
            row = {"aggregation": name, "items": items}
            try:
                row["value"] = shown(quiet(AGGREGATION_REGISTRY[name], items))
                row["errors"] = errors(name, items, [7, 100] if n < 57 else [50])
            except ValueError:
                row["error"] = "ValueError"
            yield row
    for n, choices in itertools.product([1, 2, 9, 300], [1, 2, 3, 5]):
        spreads = np.random.default_rng(n).dirichlet([1] * choices, n)
        items = [(rng.randrange(choices), plain(spread)) for spread in spreads]
        yield {"aggregation": "brier_score", "items": items, "value": shown(AGGREGATION_REGISTRY["brier_score"](items)), "errors": {}}


WORDS = "the a cat dog sat on mat, in house. red Blue of to and 3.5 1,000 it's well-known (yes) \u00abno\u00bb née e\u0301t 日本語 Straße ΟΔΟΣ &amp; &lt;b&gt; x-1 2-3 - . ! \"so\" U.S.A. a/b c_d <skipped> \u00a0 50% İs".split(" ")


def sentence(rng, most):
    words = [rng.choice(WORDS) for _ in range(rng.randint(0, most))]
    return rng.choice(["", "", " ", "-\n", "\n"]).join([""] + [" ".join(words)]) if rng.random() < 0.2 else rng.choice([" ", " ", "  ", "\t"]).join(words)


def changed(rng, text, how_much):
    """A bad translation: words dropped, doubled, replaced, blocks moved."""
    words = text.split(" ")
    for _ in range(rng.randint(0, max(1, int(len(words) * how_much)))):
        if not words:
            break
        start = rng.randrange(len(words))
        length = rng.randint(1, 12 if rng.random() < 0.3 else 3)
        kind = rng.random()
        if kind < 0.4:
            block = words[start:start + length]
            del words[start:start + length]
            place = rng.randint(0, len(words))
            words[place:place] = block
        elif kind < 0.6:
            del words[start:start + length]
        elif kind < 0.8:
            words[start:start] = [rng.choice(WORDS) for _ in range(length)]
        else:
            words[start] = rng.choice([rng.choice(WORDS), words[start].upper()])
    return " ".join(words)


def corpora():
    rng = random.Random(77)
    same = "the cat sat on the mat today"
    yield [[same, "the cat sat on a mat today"]] * 3
    for pair in [["", ""], ["", "a b"], ["a b", ""], [" ", "a"], ["a", "a"], ["a b c", "a b c"], ["a b c d", "d c b a"], ["a." , "b."], [["a b c d", "a x"], "a b c d e"], [["", "x"], "x"], [["a b", "a b c d"], "a b c"]]:
        yield [pair]
    for most, how_much in itertools.product([3, 12, 40, 120], [0.1, 0.5, 2]):
        right = [sentence(rng, most) for _ in range(12)]
        yield [[text, changed(rng, text, how_much)] for text in right]
    for _ in range(6):
        right = [sentence(rng, 30) for _ in range(8)]
        yield [[[text, changed(rng, text, 0.5), sentence(rng, 30)], changed(rng, text, 0.7)] for text in right]
    # Few different words make many places to move a block to; very unlike lengths widen the search.
    for a, b in [(60, 60), (90, 80), (5, 300), (300, 5), (1, 120), (120, 1), (200, 150)]:
        yield [[" ".join(rng.choice("abcd") for _ in range(a)), " ".join(rng.choice("abcd") for _ in range(b))]]


def texts():
    for items in corpora():
        for name in ["bleu", "chrf", "chrf++", "ter"]:
            yield {"aggregation": name, "items": items, "value": shown(AGGREGATION_REGISTRY[name](items)), "errors": errors(name, items, [20])}


def written():
    import jiwer
    from rouge_score.rouge_scorer import RougeScorer

    rng = random.Random(4)
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"])
    pairs = [["", ""], ["a", ""], ["", "a"], ["a b", "a b"], ["a\tb  c\t\td", "a b c d"], [" x\n", "x"], ["K I\u0307", "k i"], ["\n\na\nb", "b\na\n"]]
    for _ in range(150):
        right = rng.choice([" ", "\n", " \n"]).join(sentence(rng, 15) for _ in range(rng.randint(1, 3)))
        pairs.append([right, changed(rng, right, rng.choice([0.2, 1]))])
    for gold, result in pairs:
        row = {key: value.fmeasure for key, value in scorer.score(gold, result).items()}
        if gold.strip():
            row["wer"] = jiwer.wer(gold, result)
        yield {"gold": gold, "result": result, "scores": row}


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
write("judged.jsonl", judged())
write("classes.jsonl", classes())
write("texts.jsonl", texts())
write("written.jsonl", written())
write("rolling.jsonl", rolling())
write("aggregations.jsonl", aggregations())
write("groups.jsonl", groups())
