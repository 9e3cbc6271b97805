"""Other kinds that a column could have, given what went wrong with the one it has."""

import re

import phrase
from blame import containers, kind_at, missing, patterns_near, replaced, suspects
from hints import BOXED

LETTERS = ["A", "B", "C", "D"]
LIST = {"k": "list", "of": {"k": "item"}}
TEXT = {"k": "text", "v": 0}
LADDER = [
    {"k": "text", "v": 1},
    {"k": "text", "v": 2},
    {"k": "text", "v": 3},
    {"k": "int", "n": 2},
    LIST,
    {"k": "const", "values": LETTERS},
    {"k": "digit", "n": 4},
    {"k": "number"},
    {"k": "repr", "of": LIST},
    {"k": "json", "of": LIST},
    {"k": "float"},
    {"k": "bool"},
    {"k": "sep", "sep": ["\n"]},
    {"k": "list", "of": {"k": "number"}},
    {"k": "list", "of": {"k": "int", "n": 2}},
    {"k": "list", "of": LIST},
    {"k": "date"},
]
# Forms of answers that functions look for.
FAMOUS = [
    BOXED,
    ["It is 12 + 3 = 15.\n#### 15", "First.\n#### 1,000", "#### -4"],
    ["The answer is (A).", "Because of it. The answer is B.", "the answer is (C)"],
    ["a _ b", "it is _ here", "_"],
    ["What is 2+2? (A) 3 (B) 4 (C) 5 (D) 6", "a ) one , b ) two , c ) three , d ) four , e ) five"],
    ["{}", '{"a": 1, "b": "x"}'],
]
LADDER += [{"k": "const", "values": values} for values in FAMOUS]
DICT_METHODS = {"items", "keys", "values", "get"}
LIST_METHODS = {"append", "extend", "index", "copy", "sort"}


def by_message(outcome, path):
    """Kinds that the error's text suggests for the column at a path."""
    message, error = str(outcome.error), type(outcome.error).__name__
    own = kind_at(outcome.columns, path) or TEXT
    if error in ("KeyError", "ValueError") and ("is not in" in message or error == "KeyError"):
        for found in containers(outcome):
            same = [v for v in found if type(v) is type(found[0]) and isinstance(v, (str, int))][:12]
            if same:
                yield {"k": "const", "values": same}
        yield from ({"k": "const", "values": LETTERS}, {"k": "int", "n": 2}, {"k": "digit", "n": 4})
    if "substring not found" in message:
        yield {"k": "const", "values": LETTERS}
    attribute = re.search(r"'(\w+)' object has no attribute '(\w+)'", message)
    if attribute:
        kind, name = attribute.groups()
        if kind in ("list", "int", "float", "dict", "bool") and name not in DICT_METHODS | LIST_METHODS:
            yield TEXT
        elif name in DICT_METHODS:
            yield {"k": "struct", "of": {"text": TEXT, "label": TEXT}}
        elif name in LIST_METHODS:
            yield LIST
        elif kind == "NoneType":
            yield from from_patterns(outcome)
        else:
            yield {"k": "struct", "of": {name: TEXT}}
            yield {"k": "struct", "of": {name: LIST}}
    if "int()" in message or "to float" in message or "could not convert" in message:
        yield from ({"k": "digit", "n": 3}, {"k": "number"}, {"k": "int", "n": 3}, {"k": "float"})
    if "concatenate str" in message or "expected str" in message or "must be str" in message:
        yield from ({"k": "list", "of": TEXT}, TEXT) if own["k"] == "list" else (TEXT, {"k": "digit", "n": 4})
    if "expected string or bytes" in message or "Context is not a string" in message:
        yield TEXT
    if "Answer is not a string" in message:
        yield from ({"k": "text", "v": 0}, {"k": "item"}, {"k": "digit", "n": 4})
    if "indices must be integers" in message:
        yield from ({"k": "int", "n": 3}, {"k": "list", "of": {"k": "struct", "of": {"text": TEXT}}})
    if "concatenate list" in message or "not iterable" in message or "has no len" in message:
        yield LIST
    if "not subscriptable" in message:
        yield from (LIST, TEXT)
    if error == "JSONDecodeError":
        yield from ({"k": "json", "of": LIST}, {"k": "json", "of": {"k": "struct", "of": {"text": TEXT}}})
    if "malformed node" in message or error == "SyntaxError":
        yield from (
            {"k": "repr", "of": LIST},
            {"k": "text", "v": 2},
            {"k": "item", "v": 1},
            {"k": "digit", "n": 3},
        )
    if "unpack" in message:
        count = int((re.findall(r"expected (?:at least )?(\d)", message) or ["2"])[0])
        yield {"k": "list", "n": count, "of": {"k": "item"}}
        for separator in ("\n", ", ", " ", ":", "-", "/"):
            yield {"k": "sep", "sep": [separator], "n": count}
    if "index out of range" in message:
        if own["k"] == "list":
            yield {**own, "n": 10}
        if own["k"] == "int":
            yield {"k": "int", "n": 2}
        if own["k"] == "const" and len(own["values"]) > 2:
            yield from ({"k": "const", "values": own["values"][:count]} for count in (4, 2))
        yield {"k": "text", "v": 1}
        yield {"k": "sep", "sep": ["\n"], "n": 8}
    if "unsupported operand" in message or "not supported between" in message:
        yield from ({"k": "int", "n": 4}, {"k": "float"}, TEXT)
    if "no rows" in message:
        yield from from_patterns(outcome)


def from_patterns(outcome):
    for pattern in patterns_near(outcome)[:4]:
        texts = [t for t in (phrase.sample(pattern, None, seed) for seed in range(5)) if t]
        if texts:
            yield {"k": "const", "values": list(dict.fromkeys(texts))}


def remedies(outcome, hints, others):
    """Other recipes to try, the most promising first."""
    columns, seen = outcome.columns, []

    def offer(path, kind):
        if kind != kind_at(columns, path):
            try:
                new = replaced(columns, path, kind)
            except (KeyError, TypeError, AttributeError):
                return
            if new not in seen:
                seen.append(new)

    gone = missing(outcome)
    if gone:
        hinted = hints.get(gone[0]) if len(gone) == 1 else None
        for kind in filter(None, [hinted, TEXT, LIST, {"k": "int", "n": 2}]):
            parent = gone[:-1]
            if parent and (kind_at(columns, parent) or TEXT)["k"] not in ("struct", "json", "repr"):
                offer(parent, {"k": "struct", "of": {gone[-1]: kind}})
            else:
                offer(gone, kind)
    field = re.search(
        r"'(?:dict|list|str|int) object' has no (?:attribute|element) '?([\w ]+)'?", str(outcome.error)
    )
    paths = suspects(outcome)
    if not paths:
        paths = [(name,) for name in columns]
    for path in paths:
        for kind in by_message(outcome, path):
            offer(path, kind)
    if field and not field.group(1).isdigit():
        for name, kind in columns.items():
            if kind["k"] == "struct":
                offer((name, field.group(1)), TEXT)
            elif kind["k"] == "list" and kind["of"]["k"] == "struct":
                offer((name, "[]", field.group(1)), TEXT)
            else:
                offer((name,), {"k": "struct", "of": {field.group(1): TEXT}})
    for name in dict.fromkeys([path[0] for path in paths] + list(others)):
        for kind in others.get(name, []):
            offer((name,), kind)
    for path in paths[:3]:
        for kind in LADDER:
            offer(path, kind)
    return seen[:40]
