"""Writes Tests/TemplatesTests/Conformance/*.json: what the real Jinja2 makes of each template in the tables.

Run: python Tools/templates/expect.py   (needs jinja2 3.1)
"""

import json
import pathlib
import re

import jinja2

import chat
import dates
import errors
import expressions
import filters
import methods
import statements
import tasks
import whitespace
import whole_numbers

TARGET = pathlib.Path(__file__).parents[2] / "Tests" / "TemplatesTests" / "Conformance"

CONTEXT = {
    "a": 1, "b": 2, "n": -7, "f": 2.5, "g": -0.5, "big": 12345678901, "zero": 0, "yes": True, "no": False,
    "nothing": None, "s": "Hello World", "t": "  spaced out\n", "u": "héllo wörld ẞ", "e": "", "digits": "42",
    "html": "<a href=\"x\">Tom & 'Jerry'</a>", "xs": [3, 1, 2], "words": ["pear", "Apple", "fig", "apple"],
    "mixed": [1, "a", None, 2.5, True], "empty": [], "d": {"x": 1, "y": [1, 2], "items": "field"}, "none_map": {},
    "users": [
        {"name": "Zoe", "age": 31, "city": {"name": "Bonn"}},
        {"name": "adam", "age": 25, "city": {"name": "Aachen"}},
        {"name": "Eve", "age": 31, "city": {"name": "bonn"}},
    ],
    "nested": [[1, 2], [3, [4, 5]]], "choices": ["red", "green", "blue"], "label": 1,
    "floats": [1.0, 0.1, 1e-7, 1e16, 123456789.123, -0.0], "pairs": [["k", 1], ["l", 2]],
}


def environment(**options):
    return jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, **options)


def expectation(env, template, variables):
    try:
        output = env.from_string(template).render(**variables)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the expectation)
        return {"error": type(error).__name__, "message": settled(str(error))}
    return {"output": settled(output)}


def settled(text):
    """The same text on every run: no addresses, no lines, no names of Jinja's own functions."""
    text = re.sub(r" at 0x[0-9a-f]+", " at 0x7f0000000000", text)
    text = re.sub(r"if-expression on line \d+", "if-expression", text)
    return re.sub(r"\b(sync_)?do_(\w+)\(\)", r"\2()", text)


def write(name, env, cases, options=None, context=CONTEXT):
    out = []
    rows = []
    seen = set()
    for case in cases:
        template, own = case if isinstance(case, tuple) else (case, None)
        key = (template, json.dumps(own))
        if key in seen:
            continue
        seen.add(key)
        entry = {"template": template}
        if own is not None:
            if own not in rows:
                rows.append(own)
            entry["row"] = rows.index(own)
        entry.update(expectation(env, template, json.loads(json.dumps(context if own is None else own))))
        out.append(entry)
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in out)
    head = json.dumps(context, ensure_ascii=False)
    others = json.dumps(rows, ensure_ascii=False)
    settings = json.dumps(options or {})
    (TARGET / f"{name}.json").write_text(
        f'{{"jinja": "{jinja2.__version__}",\n"options": {settings},\n"variables": {head},\n"rows": {others},\n"cases": [\n{lines}\n]}}\n'
    )
    print(f"{name}: {len(out)}")


def write_dates(env):
    """Values that JSON cannot say stand as lists of their parts."""
    out = [{"template": case, **expectation(env, case, dict(dates.DATES))} for case in dates.cases()]
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in out)
    head = json.dumps(dates.VALUES)
    (TARGET / "dates.json").write_text(
        f'{{"jinja": "{jinja2.__version__}",\n"options": {{}},\n"dates": {head},\n"cases": [\n{lines}\n]}}\n'
    )
    print(f"dates: {len(out)}")


def main():
    plain = environment()
    write("expressions", plain, expressions.cases())
    write("filters", plain, filters.cases())
    write("methods", plain, methods.cases())
    write("statements", plain, statements.cases())
    write("errors", plain, errors.cases())
    write("tasks", plain, tasks.cases())
    write("whitespace", plain, whitespace.cases())
    trimmed = environment(trim_blocks=True, lstrip_blocks=True)
    write("whitespace-trimmed", trimmed, whitespace.cases(), {"trim": True, "lstrip": True})
    write("whitespace-trim", environment(trim_blocks=True), whitespace.cases(), {"trim": True})
    write("whitespace-lstrip", environment(lstrip_blocks=True), whitespace.cases(), {"lstrip": True})
    dropping = jinja2.Environment(undefined=jinja2.StrictUndefined)
    write("whitespace-newline", dropping, whitespace.endings(), {"dropsNewline": True})
    write("numbers", plain, whole_numbers.cases())
    write_dates(plain)
    write("chat", chat.environment(), chat.cases(), {"trim": True, "lstrip": True, "chat": True})


main()
