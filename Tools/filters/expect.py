"""Writes what the filters of lm_eval 0.4.13 make of answers, for Tests/FiltersTests.

python3 Tools/filters/expect.py > Tests/FiltersTests/Conformance/filters.jsonl
"""

import itertools
import json
import types

from lm_eval.api.registry import get_filter
import lm_eval.filters.extraction  # (fills the registry)

# `multi_choice_regex` lists all punctuation anew for each call; no text below has a character beyond these.
lm_eval.filters.extraction.sys = types.SimpleNamespace(maxunicode=0x3100)

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

SPANS = [
    "Person: Obama, none $$ location:Kenya\nTime: today", "PER: Ann, Bob$ORG: WHO$$$$LOC: $", "people:a,None , b$$country : Malawi",
    "Superperson: x $ persons: y", "date: 3 May\ncompany:\nORG:\tB$", "none", "per:a: b$loc", "ORGANIZATION:É,İstanbul $", "time\u00a0: x, ,y", "LOC:$$$",
]
TAGS = [
    "[('The', 'DET'), ('dog', 'NOUN')]", "('a', '')", "(\"a\", 'X')", "['NOUN']", "('a', 'B') ('c','D') ('e', 'F'", "('né\ne', 'é')",
]
NAMING = TEXTS + [
    "The answer is (B).", "guilty of romance!", "I think: C", "IT'S", "nothing", "Guilty", "it is: (A)", "choice:  B or :A", "not (A) but (C)",
    "the \u00abanswer\u00bb nee", "1,000", "X: D", "C.", "B", "\u201cGuilty\u201d of romance Guilty", "é", "e\u0301", "a  b", ": Z",
]
CHOICES = [
    ["Guilty of Romance", "Guilty", "it's"], ["the answer", " née ", "(B)", "C."], ["guilty", "Guilty!", "GUILTY"], ["1,000", "1000", "1.000"],
    ["a\u00a0b", "a  b", "a b"], ["", "x"], [], ["é", "e\u0301"], [f"word{n}" for n in range(26)], [f"word{n}" for n in range(27)], "AB", ["ab", 3],
    {"text": ["a"], "label": ["b"]}, None,
]
LETTER = r"(\([A-Z]\))"
NAMED_STEPS = [
    {}, {"regex_pattern": LETTER}, {"regex_pattern": LETTER, "ignore_case": True, "ignore_punctuation": True},
    {"regex_pattern": LETTER, "group_select": -1, "ignore_case": True}, {"regex_pattern": r"zz|(x)|(y)", "group_select": 1, "fallback": "none"},
    {"regex_pattern": r"\bq\b", "regexes_to_ignore": [r"\s+", r"[Tt]he"], "ignore_punctuation": True, "fallback": ["x"]},
    {"regex_pattern": r" *\(?[A-C]\b", "regexes_to_ignore": []},
]


def run(steps, answer, doc):
    answers = [answer]
    for step in steps:
        arguments = {key: value for key, value in step.items() if key != "function"}
        answers = list(get_filter(step["function"])(**arguments).apply(answers, [doc]))
    return answers[0]


def rows():
    for steps, answer in itertools.product(STEPS, LISTS + SINGLE):
        yield steps, answer, {}
    for function, texts in [("format_span", SPANS), ("regex_pos", TAGS)]:
        for answer in [[t] for t in texts + TEXTS] + [texts, [], [None], [3], TEXTS[:3]]:
            yield [{"function": function}], answer, {}
            yield [{"function": function}, {"function": "take_first"}], answer, {}
    for answer in [[[["dog", "NOUN"], ["a", 1]]], [[]], [[["a"]]], [["ab"]], "('a', 'B')"]:
        yield [{"function": "regex_pos", "fallback": "none"}], answer, {}
    for options, choices in itertools.product(NAMED_STEPS, CHOICES):
        for answer in [[t] for t in NAMING] + [NAMING[:4], []]:
            doc = {} if choices is None else {"choices": choices}
            yield [{"function": "multi_choice_regex", **options}], answer, doc


for steps, answer, doc in rows():
    row = {"steps": steps, "answer": answer, "doc": doc}
    try:
        row["out"] = run(steps, answer, doc)
    except Exception as it:
        row["error"] = type(it).__name__
    print(json.dumps(row, ensure_ascii=False))
