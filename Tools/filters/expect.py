"""Writes what the filters of lm_eval 0.4.13 make of answers, for Tests/FiltersTests.

python3 Tools/filters/expect.py > Tests/FiltersTests/Conformance/filters.jsonl
"""

import itertools
import json

from lm_eval.api.registry import get_filter
import lm_eval.filters  # noqa: F401  (fills the registry)

TEXTS = ["", " a\n", "#### 42", "x #### -1,000.5 #### 7", "The answer is (B) or C.", "ΟΔΟΣ Σ Straße ǅ İ", "\u00a0née\x1c", "e\u0301 é", "A", "true", "1"]
LISTS = [[t] for t in TEXTS] + [["a", "b", "a"], ["b", "a"], ["é", "e\u0301", "é"], ["A", "a", " A "], [1, True, 1.0, "1"], [None, 2], [[1], [1]], [{"a": 1}], []]
SINGLE = TEXTS + [None, 3, ["x", ["y"]], {"k": "v", "A": 1}]
DOCS = [{"choices": ["Guilty of Romance", "Guilty", "it's"]}, {"choices": ["the answer", " née ", "(B)", "C."]}]

STEPS = [
    [{"function": "take_first"}],
    *[[{"function": "take_first_k", "k": k}] for k in [0, 1, 2, -1, -5]],
    [{"function": "majority_vote"}],
    [{"function": "majority_vote"}, {"function": "take_first"}],
    [{"function": "remove_whitespace"}],
    [{"function": "lowercase"}],
    [{"function": "uppercase"}],
    [{"function": "uppercase"}, {"function": "take_first"}, {"function": "lowercase"}],
    [{"function": "map"}],
    [{"function": "map", "mapping_dict": {"A": 0, "a": [1], "1": None, "e\u0301": "x"}}],
    [{"function": "map", "mapping_dict": {"A": 0}, "default_value": -1}],
    [{"function": "map", "mapping_dict": {"A": 0}, "default_value": ["z"]}, {"function": "take_first"}],
    [{"function": "regex"}],
    *[[{"function": "regex", "group_select": n}] for n in [0, -1, 1, 5]],
    [{"function": "regex", "regex_pattern": r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "group_select": -1}, {"function": "take_first"}],
    [{"function": "regex", "regex_pattern": r"(x)?(y)?", "fallback": " spaced "}],
    [{"function": "regex", "regex_pattern": r"zz", "fallback": " spaced "}],
    [{"function": "regex", "regex_pattern": r"zz", "fallback": ["a", 1]}],
    [{"function": "regex", "regex_pattern": r"a(z)?"}],
    [{"function": "regex", "regex_pattern": r"\w+", "group_select": -1, "fallback": ""}],
    [{"function": "regex", "regex_pattern": "."}, {"function": "take_first"}],
    [{"function": "take_first"}, {"function": "regex", "regex_pattern": "[a-z]"}],
]


def run(steps, answer, doc):
    answers = [answer]
    for step in steps:
        arguments = {key: value for key, value in step.items() if key != "function"}
        answers = list(get_filter(step["function"])(**arguments).apply(answers, [doc]))
    return answers[0]


for steps, answer in itertools.product(STEPS, LISTS + SINGLE):
    row = {"steps": steps, "answer": answer, "doc": {}}
    try:
        row["out"] = run(steps, answer, {})
    except Exception as it:
        row["error"] = type(it).__name__
    print(json.dumps(row, ensure_ascii=False))
