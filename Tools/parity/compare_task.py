"""Compares one task's requests and results of the two programs."""

import json
import math

from compare import first_difference, show

TOLERANCE = 1e-9


def requests_differ(wanted, got):
    """The first difference between two lists of request lines, None if they are equal."""
    for number, (a, b) in enumerate(zip(wanted, got)):
        if a == b:
            continue
        at = first_difference(a, b)
        place = json.loads(a)
        where = f"doc {place['doc_id']} idx {place['idx']}"
        return f"request {number} ({where}): harness {show(a, at)}, assay {show(b, at)}"
    if len(wanted) != len(got):
        return f"{len(wanted)} requests of the harness, {len(got)} of assay"
    return None


def same_number(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a == b
    return a == b or math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=1e-12)


def values_differ(wanted, got, place):
    """The differences between two values of result files."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        found = []
        for key in [*wanted, *(k for k in got if k not in wanted)]:
            inner = f"{place}.{key}" if place else key
            if key not in got or key not in wanted:
                side = "assay lacks it" if key in wanted else f"only assay has it: {got[key]!r}"
                found.append(f"{inner}: {side}")
            else:
                found += values_differ(wanted[key], got[key], inner)
        return found
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return [d for a, b in zip(wanted, got) for d in values_differ(a, b, place)]
    if all(isinstance(v, (int, float)) for v in (wanted, got)) and same_number(wanted, got):
        return []
    return [] if wanted == got else [f"{place}: harness {wanted!r}, assay {got!r}"]


def results_differ(wanted, results, name, compared):
    """The differences between the harness's results of a task and Assay's results file."""
    from harness import plain

    got = {key: plain(results.get(key, {}).get(name)) for key in compared}
    return values_differ(wanted, got, "")
