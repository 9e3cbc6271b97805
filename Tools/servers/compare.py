"""Compares runs of the same tasks by a server and by the engine: compare.py ENGINE SERVER, two folders of --output_path.

Accuracies and each sample's log-likelihoods must lie within 1e-2, answers written must be the same text.
"""
import glob
import json
import sys

TOLERANCE = 1e-2


def samples(folder):
    found = {}
    for path in glob.glob(f"{folder}/**/samples_*.jsonl", recursive=True):
        for line in open(path, encoding="utf-8"):
            sample = json.loads(line)
            task = path.rsplit("samples_", 1)[1].rsplit("_", 1)[0]
            found[task, sample["doc_id"], sample.get("filter")] = sample["resps"]
    return found


def results(folder):
    (path,) = glob.glob(f"{folder}/**/results_*.json", recursive=True)
    return json.load(open(path, encoding="utf-8"))["results"]


def flat(value):
    if isinstance(value, list):
        for item in value:
            yield from flat(item)
    else:
        yield value


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def main(engine, server):
    worst, texts, count, faults = 0.0, 0, 0, []
    a, b = samples(engine), samples(server)
    if not a or a.keys() != b.keys():
        faults.append(f"{len(a)} samples against {len(b)}")
    for key in a.keys() & b.keys():
        for x, y in zip(flat(a[key]), flat(b[key])):
            count += 1
            if number(x) is not None and number(y) is not None and x not in ("True", "False"):
                worst = max(worst, abs(number(x) - number(y)))
                if abs(number(x) - number(y)) > TOLERANCE:
                    faults.append(f"{key}: {x} against {y}")
            elif x != y:
                texts += 1
                faults.append(f"{key}: {x!r} against {y!r}")
    left, right = results(engine), results(server)
    for task in left:
        for metric, value in left[task].items():
            other = right.get(task, {}).get(metric)
            if isinstance(value, (int, float)) and "stderr" not in metric and abs(value - (other or 0)) > TOLERANCE:
                faults.append(f"{task} {metric}: {value} against {other}")
    print(f"{count} answers, worst difference {worst:.2e}, {texts} texts differ")
    for fault in faults[:10]:
        print("  " + fault)
    sys.exit(1 if faults else 0)


main(sys.argv[1], sys.argv[2])
