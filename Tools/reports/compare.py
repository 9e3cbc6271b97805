"""Writes Tests/ReportsTests/Fixtures/differences.jsonl: pairs of values and what SciPy and statsmodels say of them.

    python Tools/reports/compare.py > Tests/ReportsTests/Fixtures/differences.jsonl

Pairs of 0 and 1 are given by how many there are of each kind: both, only the second, only the first, neither.
"""

import json
import random

import numpy
from scipy import stats
from statsmodels.stats.multitest import multipletests


def tested(first, second, counts=None):
    first, second = numpy.array(first, float), numpy.array(second, float)
    difference = second - first
    error = stats.sem(difference)
    low, high = difference.mean(), difference.mean()
    if error > 0:
        low, high = stats.t.interval(0.95, len(difference) - 1, loc=difference.mean(), scale=error)
    if counts:
        changed = counts[1] + counts[2]
        probability = stats.binomtest(counts[1], changed, 0.5).pvalue if changed else 1.0
    else:
        probability = stats.ttest_rel(second, first).pvalue
    return {"first": float(first.mean()), "second": float(second.mean()), "interval": [float(low), float(high)],
            "probability": float(probability)}


def main():
    rng = random.Random(20)
    for counts in [(0, 1, 1, 0), (3, 0, 0, 4), (2, 1, 0, 0), (10, 7, 2, 5), (0, 12, 0, 0), (40, 30, 21, 9), (700, 160, 121, 338),
                   (9000, 700, 560, 3782), (20000, 4100, 3900, 1000), (1, 1000, 0, 1), (0, 1, 0, 1)]:
        both, up, down, neither = counts
        first = [1] * both + [0] * up + [1] * down + [0] * neither
        second = [1] * both + [1] * up + [0] * down + [0] * neither
        print(json.dumps({"counts": counts} | tested(first, second, counts)))
    for count in [2, 3, 5, 8, 30, 31, 100, 400]:
        for shift, spread in [(0, 1), (0.3, 1), (0.02, 0.1), (-0.5, 0.3), (5, 0.01)]:
            first = [round(rng.gauss(0.4, 0.3), 4) for _ in range(count)]
            second = [round(x + shift + rng.gauss(0, spread), 4) for x in first]
            print(json.dumps({"pairs": list(zip(first, second))} | tested(first, second)))
    # Many rows at once: which of them are worse, all taken together.
    for _ in range(30):
        rows = []
        for _ in range(rng.choice([1, 2, 5, 12])):
            up, down = rng.choice([(1, 9), (2, 30), (10, 28), (14, 14), (5, 19), (0, 6), (3, 12), (40, 4), (0, 0)])
            rows.append((60, up, down, 20))
        values = [stats.binomtest(up, up + down, 0.5).pvalue if up + down else 1.0 for _, up, down, _ in rows]
        rejected = multipletests(values, alpha=0.05, method="holm")[0]
        print(json.dumps({"rows": rows, "worse": [bool(r) and row[2] > row[1] for r, row in zip(rejected, rows)]}))


main()
