"""Writes the rows of the parity fixtures: small data sets of our own with awkward text in them.

Run as `python Tools/parity/make_rows.py Tests/ParityTests/Fixtures/data`. The output is committed; the
script is kept so that a reader sees which awkwardness is meant and can add more.
"""

import json
import pathlib
import random
import sys

NAMES = ["Ana", "O'Neil", "Zoë", "李雷", "Søren", "Bo \"Bud\" Li", "Nguyễn", "Ivan", "Mía", "D'Arcy", "Jo",
    "Åsa"]
THINGS = ["apples", "stamps", "shells", "bolts", "pens", "cards", "figs", "coins"]
AWKWARD = [
    "plain words",
    "it's got an apostrophe",
    'she said "stop" twice',
    "both 'single' and \"double\"",
    "curly {braces} and {{ template }} marks",
    "percent {% if x %} sign %}",
    "a comment {# here #} stays",
    "two\nlines",
    "tab\there and\rcarriage",
    "trailing space ",
    " leading space",
    "ends with a newline\n",
    "smile 😀 and family 👨‍👩‍👧",
    "combining e\u0301 against é",
    "中文的问题，有标点。",
    "control \u0001 and \u001f and \u007f",
    "no\u00a0break and thin\u2009space",
    "line\u2028separator",
    "back\\slash \\n and \\u0041",
    "[1, 2]",
    "[not a list",
    "['quoted', 'list']",
    "<b>html</b> &amp; entities",
    "$5.00, 10% off; 1,234!",
    "ünïcödé ÀÇÉ ß ﬁ",
    "İstanbul and ı",
    "x" * 300,
    "русский текст",
    "عربي",
    "3.50",
    "None",
    "True",
    "a  double  space",
    "#hash and #### 12",
    "?",
]


def write(root, name, split, rows):
    path = pathlib.Path(root) / "parity" / name / f"{split}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def arithmetic(rnd, n, offset):
    rows = []
    for i in range(n):
        who, thing = NAMES[(i + offset) % len(NAMES)], THINGS[(i * 3 + offset) % len(THINGS)]
        a, b = rnd.randrange(2, 60), rnd.randrange(2, 40)
        kind = i % 4
        if kind == 0:
            result, text = a + b, f"{who} has {a} {thing} and finds {b} more. How many {thing} now?"
            steps = f"{a} + {b} = <<{a}+{b}={a + b}>>{a + b}."
        elif kind == 1:
            result, text = a * b * 10, f"{who} packs {a} boxes of {b * 10} {thing}. How many {thing}?"
            steps = f"{a} * {b * 10} = {a * b * 10:,}."
        elif kind == 2:
            result, text = a - b, f"{who} owes {b} {thing} and owns {a}. What is left?"
            steps = f"{a} - {b} = {a - b}."
        else:
            result, text = a * 2, f"\"Twice {a}\", says {who}.\nHow much is that?  "
            steps = f"2 x {a} is {a * 2}.\nSo it is {a * 2}."
        row = {"question": text, "answer": f"{steps}\n#### {result:,}", "number": result, "price": a / 4,
            "unit": thing}
        if i % 3 == 0:
            row["hint"] = f"Use {'+-*x'[kind]}."
        rows.append(row)
    return rows


def trivia(rnd, n, offset, subjects):
    rows = []
    for i in range(n):
        odd = AWKWARD[(i * 5 + offset) % len(AWKWARD)]
        count = 4 if i % 6 else 3
        choices = [f"{THINGS[(i + k) % 8]}" for k in range(count)]
        choices[i % count] = AWKWARD[(i + offset) % len(AWKWARD)].strip() or "blank"
        row = {
            "question": f"Which goes with: {odd}",
            "choices": choices,
            "label": rnd.randrange(count),
            "subject": subjects[i % len(subjects)],
            "id": i + offset * 100,
        }
        if i % 4 != 1:
            row["passage"] = f"{NAMES[i % 12]} keeps {THINGS[i % 8]} ({i}). {odd}"
        if i % 5 == 2:
            row["passage"] = None
        row["gold_letter"] = "ABCD"[row["label"]]
        rows.append(row)
    return rows


def blanks(rnd, n, offset):
    rows = []
    for i in range(n):
        one, two = NAMES[(i + offset) % 12], NAMES[(i + offset + 5) % 12]
        rows.append({
            "sentence": f"{one} thanked {two} for the {THINGS[i % 8]} because _ had "
            + f"{rnd.choice(['found', 'lost'])} them.",
            "option1": one,
            "option2": two,
            "answer": str(1 + rnd.randrange(2)),
        })
    return rows


def texts():
    rows = [
        {"page": "Short line.", "title": "One"},
        {"page": " leading and trailing \n", "title": "Two"},
        {"page": "x", "title": "Three"},
        {"page": "Several   spaces\t\ttabs\n\n\nand new\u00a0lines\u2003wide", "title": "Four's \"title\""},
        {"page": "héllo wörld " * 20, "title": "Five"},
        {"page": "长文本，没有空格。" * 15, "title": "Six"},
        {"page": "😀 👨‍👩‍👧 e\u0301", "title": "Seven"},
        {"page": "word " * 250, "title": "Eight"},
        {"page": "control\u0001\u001fseparators\u001cin\u0085text", "title": "Nine"},
        {"page": "{{ not a template }} {% raw %}", "title": "Ten"},
        {"page": "", "title": ""},
        {"page": "\n", "title": " "},
    ]
    rows += [{"page": f"{text}. Then more of {text}.", "title": f"T{i}"} 
             for i, text in enumerate(AWKWARD[:24])]
    return rows


def cloze(rnd, n):
    rows = []
    for i in range(n):
        last = [*THINGS, "café", "naïve", "it's", "😀", "北京", "end."][i % 14]
        what = AWKWARD[i % len(AWKWARD)].strip()
        start = f"{NAMES[i % 12]} looked at the {THINGS[(i * 3) % 8]}, {what}, and then at the"
        rows.append({"text": f"{start} {last}", "start": start, "last": last, "rank": rnd.randrange(100)})
    return rows


def records(rnd, n):
    rows = []
    for i in range(n):
        row = {
            "name": NAMES[i % 12],
            "count": i * 7 - 10,
            "ratio": [1, 0.5, 2, 1e-07, 3, 1e16, 0.1, 123456789, 1e18, -0.0][i % 10],
            "flag": i % 3 == 0,
            "tags": [THINGS[(i + k) % 8] for k in range(i % 4)],
            "grid": [[i, i + 1], [], [i * 2]][: 1 + i % 3],
            "person": {"first": NAMES[i % 12].split()[0], "age": 20 + i, "items": ["k", "it's"]},
            "turns": [{"who": "A", "say": AWKWARD[i % 20]}, {"who": "B", "say": "ok"}][: 1 + i % 2],
            "code": f"{i:03d}",
            "maybe": None if i % 2 else f"m{i}",
            "nothing": None,
            "scores": [0.25, i, 1e-05] if i % 2 else [i],
            "answer": ["yes", "no", "maybe"][rnd.randrange(3)],
            "opts": {"A": "yes", "B": "no", "C": "maybe"},
        }
        if i % 4 == 0:
            row["extra"] = i / 2
        if i % 5 == 0:
            row["late"] = "late " + AWKWARD[i % len(AWKWARD)]
        rows.append(row)
    return rows


def aliases(rnd, n):
    rows = []
    for i in range(n):
        thing, name = THINGS[i % 8], NAMES[i % 12]
        answers = [thing, thing.title(), f"the {thing}"][: 1 + i % 3]
        rows.append({
            "question": f"What does {name} collect? {AWKWARD[(i * 7) % len(AWKWARD)]}",
            "answers": answers,
            "single": answers[0],
            "bracketed": ["[1, 2]", "['a', \"b\"]", "[broken", f"[{i}]", thing, "[]"][(i + 3) % 6],
            "kind": ["fruit", "paper"][i % 2],
            "weight": rnd.random(),
        })
    return rows


def twins(n):
    rows = []
    for i in range(n):
        j = i % 8 if i < n - 4 else i
        rows.append({"q": f"Item {j}: {AWKWARD[j]}", "a": f"value {j}", "n": j})
    return rows


def sentiment(rnd, n, offset):
    words = ["fine", "awful", "just ok", "superb!", "so bad…", "meh"]
    return [
        {
            "text": f"{NAMES[(i + offset) % 12]}: {words[i % 6]} {AWKWARD[(i * 2 + offset) % len(AWKWARD)]}",
            "label": rnd.randrange(2),
            "stars": rnd.randrange(1, 6),
            "lang": ["en", "中文", "en"][i % 3],
        }
        for i in range(n)
    ]


def options(rnd, n):
    """Choices as a mapping of two lists, and spans as a list of mappings."""
    rows = []
    for i in range(n):
        count = 3 + i % 3
        numeric = i % 4 == 3
        rows.append({
            "id": f"OPT_{i:02d}",
            "stem": f"{NAMES[i % 12]} needs which of these? {AWKWARD[(i * 11) % len(AWKWARD)]}",
            "choices": {
                "text": [AWKWARD[i % len(AWKWARD)]] + [f"{THINGS[(i + k) % 8]} {k}" for k in range(1, count)],
                "label": [str(k + 1) if numeric else "ABCDE"[k] for k in range(count)],
            },
            "answerKey": (str if numeric else lambda k: "ABCDE"[k - 1])(1 + rnd.randrange(count)),
            "answers": [{"text": THINGS[i % 8], "start": i},
                {"text": THINGS[(i + 1) % 8].upper(), "start": i + 3}][: 1 + i % 2],
            "relation": rnd.randrange(3),
            "first": f"{AWKWARD[(i + 3) % len(AWKWARD)]}",
            "second": f"All {THINGS[i % 8]} are here.",
            "kind": ["cause", "effect"][i % 2],
            "correct": i % 3 == 1,
        })
    return rows


def calendar(n):
    """Columns whose types the JSON reader infers in surprising ways."""
    rows = []
    for i in range(n):
        rows.append({
            "not_quite": f"2024-01-{1 + i:02d}" if i else "someday",
            "mixed": [i, f"text {i}", 1.5, None, [i], {"k": i}][i % 6],
            "loose": {"a": i, "b": 2.0} if i % 2 else {"c": [1, 2.5]},
            "tight": {"x": i, "y": None if i % 2 else "why"},
            "swapped": {"p": 1, "q": i} if i % 2 else {"q": i, "p": 2.5},
            "ints_and_null": None if i % 4 == 0 else i,
            "big": 2**53 + i,
            "short": i + 0.125,
            "wide": [1, 2.5, 3][: 1 + i % 3],
            "odd_list": [1, "a", None][: 1 + i % 3],
            "empty": [],
            "hollow": {},
            "bool_or_null": None if i % 5 == 0 else i % 2 == 0,
            "empty_text": "" if i % 2 else "full",
            "dicts": [{"m": i}] if i % 2 else [{"m": i, "n": "x"}, {"n": "y"}],
        })
    return rows


def numbers(n):
    """Numbers at the edges of 64 bits and of double precision, in columns of one type."""
    return [
        {
            "huge": 2**64 + i if i % 2 else i,
            "limit": 2**63 - 1 - i,
            "tiny": [5e-324, 1e-310, 1e308, 0.1 + 0.2, 1 / 3][i % 5],
            "third": i / 3,
            "whole": float(i),
            "late_float": i if i < n - 1 else 0.5,
        }
        for i in range(n)
    ]


def casing(n):
    """Texts whose lower or upper case is longer, shorter or depends on the place."""
    words = ["İstanbul ve ı", "İ", "ŞİŞLİ", "straße", "ΟΔΟΣ", "ﬁn", "ǅ ok", "ẞ", "ŉ", "aİb İc", "Ⅷ ⅷ",
        "K Å", "e\u0301É", "١٢٣ 12", "a\u00b2", "«q», “r”!"]
    return [{"q": f"Row {i}?", "gold": words[i % len(words)] + ("" if i < 16 else f" {i}")} for i in range(n)]


def main():
    root = sys.argv[1]
    rnd = random.Random(20)
    write(root, "arithmetic/default", "train", arithmetic(rnd, 30, 0))
    write(root, "arithmetic/default", "test", arithmetic(rnd, 24, 5))
    write(root, "trivia/default", "train", trivia(rnd, 25, 1, ["art", "law", "sea"]))
    write(root, "trivia/default", "validation", trivia(rnd, 20, 2, ["art", "law", "sea"]))
    write(root, "trivia/default", "test", trivia(rnd, 24, 3, ["art", "law", "sea"]))
    write(root, "trivia/hard", "validation", trivia(rnd, 20, 9, ["sky"]))
    write(root, "trivia/hard", "test", trivia(rnd, 31, 7, ["sky", "it's"]))
    write(root, "blanks/default", "train", blanks(rnd, 20, 0))
    write(root, "blanks/default", "validation", blanks(rnd, 22, 3))
    write(root, "texts/default", "test", texts())
    write(root, "cloze/default", "validation", cloze(rnd, 28))
    write(root, "cloze/default", "test", cloze(rnd, 21))
    write(root, "records/default", "train", records(rnd, 22))
    write(root, "records/default", "test", records(rnd, 26))
    write(root, "aliases/default", "dev", aliases(rnd, 20))
    write(root, "aliases/default", "test", aliases(rnd, 24))
    write(root, "twins/default", "validation", twins(24))
    write(root, "sentiment/default", "train", sentiment(rnd, 30, 0))
    write(root, "sentiment/default", "validation", sentiment(rnd, 20, 4))
    write(root, "options/default", "train", options(rnd, 20))
    write(root, "options/default", "validation", options(rnd, 26))
    write(root, "casing/default", "test", casing(40))
    write(root, "numbers/default", "test", numbers(20))
    write(root, "calendar/default", "test", calendar(20))


if __name__ == "__main__":
    main()
