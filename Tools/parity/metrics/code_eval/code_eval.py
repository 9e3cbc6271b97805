"""Runs what was written together with its test, a process each, for helpers that load it by name."""

import functools
import math
import subprocess
import sys

import datasets
import evaluate


@functools.cache
def passes(program, seconds):
    try:
        compile(program, "answer", "exec")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", program],
            capture_output=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
        )
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return False
    return done.returncode == 0


def share(total, right, k):
    """The chance that one of `k` answers drawn from `total` is right."""
    return 1.0 - math.comb(total - right, k) / math.comb(total, k)


class CodeEval(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        features = datasets.Features({"predictions": datasets.Sequence(text), "references": text})
        return evaluate.MetricInfo(description="", citation="", features=features)

    def compute(self, *, predictions, references, k=(1, 10, 100), timeout=3.0, **_):
        """The scores of answers beside what is right."""
        counts, results = [], {}
        for task, (answers, test) in enumerate(zip(predictions, references)):
            outcomes = [passes(f"{answer}\n{test}", timeout) for answer in answers]
            counts.append((len(outcomes), sum(outcomes)))
            results[task] = [(at, {"task_id": task, "passed": ok}) for at, ok in enumerate(outcomes)]
        ks = [one for one in k if all(total >= one for total, _ in counts)]
        found = {f"pass@{one}": sum(share(*pair, one) for pair in counts) / len(counts) for one in ks}
        return found, results
