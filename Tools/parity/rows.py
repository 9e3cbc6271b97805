"""Makes rows out of recipes: a recipe says for each column what kind of value it holds.

A kind is a small JSON object, `{"k": "text", "v": 0}`; `Maker.make` knows them. Everything is drawn from a
hash of the data set's name, the column and the row, so the same recipe gives the same rows in every process.
"""

import hashlib
import json
import random

TEXTS = [
    'Who said "@" — and why?',
    "It's @'s turn; isn't it?",
    "@ {curly} {{ double }} {% tag %} and {0}",
    "First line of @\nsecond line\n\nlast line",
    "答案是@吗？中文，标点。",
    "Привет, @! Как дела: хорошо",
    "مرحبا @ كيف الحال؟",
    "नमस्ते @, कैसे हैं?",
    "emoji 😀👩‍👩‍👧 @ 🇩🇪",
    "naïve cafe\u0301 @ Å ﬁ ß",
    "3.14 and 1,000 @ 42%",
    "  @ between blanks  ",
    "['@', 'b', \"c'd\"]",
    '{"a": "@", "b": [1, 2.0, null]}',
    "tab\there @ back\\slash \\n end",
    "@",
    "a @ b | c & d < e > f $x^2$ \\frac{1}{2}",
    "",
    "@\u00a0hard\u2028line\u0085end",
    "TRUE @ None\n",
]
MILD = [
    'The @ said "go"; it\'s late.',
    "A @, then (maybe) another one: 7.",
    "Über @ wird ſ gesprochen.",
    "答案 @ 是 这个。",
    "@ is here. So is more of @!",
    "Привет @, да?",
]
ITEMS = [
    "@", "the @", "it's @", '"@"', "@ (b)", "@, and more", "答案@", "@ Б", "é@", "😀 @", "7 @", "{@}",
    "@.", "A. @",
]  # fmt: skip
SYLLABLES = [
    "ka",
    "mi",
    "lo",
    "ve",
    "su",
    "rin",
    "tal",
    "bo",
    "ne",
    "qui",
    "dar",
    "fe",
    "po",
    "ze",
    "gu",
    "sha",
]
NUMBERS = ["42", "7", "3.5", "1000", "18", "0", "-4", "250"]
DATES = ["2021-03-04", "1999-12-31", "2020-02-29"]


def seed_of(*parts):
    return int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:8], "little")


def word(*parts):
    """A made-up word that stands for one value, so that the value can be told by it later."""
    number, found = seed_of("word", *parts), []
    for _ in range(4):
        found.append(SYLLABLES[number % len(SYLLABLES)])
        number //= len(SYLLABLES)
    return "".join(found)


class Maker:
    """Makes the values of one row."""

    def __init__(self, seed, row):
        self.seed, self.row, self.values = seed, row, {}

    def draw(self, path, count):
        return seed_of(self.seed, path, self.row) % count

    def text(self, spec, path):
        level, unique = spec.get("v", 0), word(self.seed, path, self.row)
        if level >= 3:
            return unique
        pool = (TEXTS, [t for t in TEXTS if t.strip() and t[0] not in "[{"], MILD)[level]
        # Each column goes through the whole pool, starting somewhere else.
        return pool[(seed_of(path) + self.row) % len(pool)].replace("@", unique)

    def item(self, spec, path):
        pool = ITEMS if spec.get("v", 0) == 0 else ITEMS[:1]
        return pool[self.draw(path, len(pool))].replace("@", word(self.seed, path, self.row))

    def sep(self, spec, path):
        parts = [word(self.seed, path, self.row, at) for at in range(spec.get("n", 5))]
        text = parts[0]
        for at, part in enumerate(parts[1:]):
            text += spec["sep"][at % len(spec["sep"])] + part
        return text

    def make(self, spec, path):
        kind = spec["k"]
        if kind in ("text", "item", "sep"):
            return getattr(self, kind)(spec, path)
        if kind == "int":
            return spec.get("b", 0) + self.draw(path, spec.get("n", 4))
        if kind == "float":
            return [0.5, 1.25, 3.0, 0.1][self.draw(path, 4)]
        if kind == "bool":
            return self.draw(path, 2) == 0
        if kind == "number":
            return NUMBERS[self.draw(path, len(NUMBERS))]
        if kind == "date":
            return DATES[self.draw(path, len(DATES))]
        if kind == "letter":
            return "ABCDEFGHIJ"[self.draw(path, spec.get("n", 4))]
        if kind == "digit":
            return str(spec.get("b", 0) + self.draw(path, spec.get("n", 4)))
        if kind == "const":
            return spec["values"][self.draw(path, len(spec["values"]))]
        if kind == "list":
            return [self.make(spec["of"], f"{path}[{at}]") for at in range(spec.get("n", 4))]
        if kind == "struct":
            found = {}
            if path not in self.values:
                # Picks look for their list in what is made already.
                self.values[path] = found
            for name, inner in sorted(spec["of"].items(), key=lambda pair: later(pair[1])):
                found[name] = self.make(inner, f"{path}.{name}")
            return {name: found[name] for name in spec["of"]}
        if kind == "pick":
            return self.pick(spec, path)
        if kind == "json":
            return json.dumps(self.make(spec["of"], path), ensure_ascii=False)
        if kind == "repr":
            return repr(self.make(spec["of"], path))
        if kind == "null":
            return None
        raise ValueError(f"no kind {kind}")

    def pick(self, spec, path):
        """One element of another column's list."""
        found = self.values
        for name in spec["from"]:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, list) or not found:
            return self.item({}, path)
        return found[self.draw(path, len(found))]


def later(spec):
    return spec["k"] == "pick"


def one_row(columns, seed, row, fixed):
    maker = Maker(seed, row)
    for name, spec in columns.items():
        if not later(spec):
            maker.values[name] = fixed[name] if name in fixed else maker.make(spec, name)
    for name, spec in columns.items():
        if later(spec):
            maker.values[name] = fixed[name] if name in fixed else maker.pick(spec, name)
    return {name: maker.values[name] for name in columns}


def make_split(columns, seed, count, choices_of_constants):
    """Rows of one split: `count` for each set of constants to select by, and two that nobody selects."""
    chosen = choices_of_constants or [{}]
    rows, number = [], 0
    for fixed in chosen:
        for _ in range(count):
            rows.append(one_row(columns, seed, number, fixed))
            number += 1
    if any(chosen):
        for _ in range(2):
            rows.append(one_row(columns, seed, number, {}))
            number += 1
        # Selected rows shall not stand in one piece.
        random.Random(seed_of(seed, "order")).shuffle(rows)
    return rows
