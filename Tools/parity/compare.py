"""Compares two files of parity output: requests.jsonl byte by byte, results.json value by value.

    python Tools/parity/compare.py EXPECTED ACTUAL

Numbers in results may differ by 1e-12 (relative, or absolute below 1). Exits with 1 at any difference.
"""

import itertools
import json
import math
import pathlib
import sys

SHOWN = 5
IGNORED = ["bootstrap_iters"]


def show(text, at):
    start = max(0, at - 40)
    return ("…" if start else "") + repr(text[start : at + 60]) + ("…" if at + 60 < len(text) else "")


def first_difference(left, right):
    for at, (a, b) in enumerate(zip(left, right)):
        if a != b:
            return at
    return min(len(left), len(right))


def place_of(line):
    try:
        row = json.loads(line)
        return f"{row.get('task')} doc {row.get('doc_id')} idx {row.get('idx')}"
    except (ValueError, AttributeError):
        return "unreadable line"


def compare_lines(expected, actual):
    wanted, got = (pathlib.Path(p).read_bytes().split(b"\n") for p in (expected, actual))
    differences = 0
    for number, (a, b) in enumerate(itertools.zip_longest(wanted, got), 1):
        if a == b:
            continue
        differences += 1
        if differences > SHOWN:
            continue
        if a is None or b is None:
            side = "only the second file has" if a is None else "only the first file has"
            print(f"line {number}: {side} it: {(a or b or b'')[:100]!r}")
            continue
        left, right = a.decode("utf-8", "backslashreplace"), b.decode("utf-8", "backslashreplace")
        at = first_difference(left, right)
        print(f"line {number} ({place_of(left)}), character {at}:")
        print(f"  expected {show(left, at)}\n  actual   {show(right, at)}")
    return differences, f"{len(wanted) - 1} lines"


def walk(path, wanted, got, found):
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key in [*wanted, *(k for k in got if k not in wanted)]:
            if key not in got or key not in wanted:
                found.append(f"{path}{key!r} is {'missing' if key in wanted else 'too much'}")
            else:
                walk(f"{path}{key!r}.", wanted[key], got[key], found)
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for at, pair in enumerate(zip(wanted, got)):
            walk(f"{path}[{at}].", *pair, found)
    elif all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (wanted, got)):
        if not math.isclose(wanted, got, rel_tol=1e-12, abs_tol=1e-12):
            found.append(f"{path[:-1]}: expected {wanted!r}, actual {got!r}")
    elif wanted != got or isinstance(wanted, bool) != isinstance(got, bool):
        found.append(f"{path[:-1]}: expected {wanted!r}, actual {got!r}")


def compare_results(expected, actual):
    wanted, got = (json.loads(pathlib.Path(p).read_text(encoding="utf-8")) for p in (expected, actual))
    found = []
    for key in wanted:
        if key in IGNORED:
            continue
        if key in got:
            walk(f"{key}.", wanted[key], got[key], found)
        else:
            found.append(f"{key} is missing")
    for text in found[: 4 * SHOWN]:
        print(text)
    return len(found), f"{sum(len(row) for row in wanted.get('results', {}).values())} values"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    expected, actual = sys.argv[1:]
    compare = compare_results if expected.endswith(".json") else compare_lines
    differences, size = compare(expected, actual)
    print(f"{size}: " + (f"{differences} differences" if differences else "equal"))
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
