"""Loads data in the ways that task helpers do."""

from datasets import Features, Value, load_dataset


def parts():
    whole = load_dataset("some/path", "config", token=None, trust_remote_code=True)
    some = load_dataset("some/path", "config", split="train[:50%]+test", revision="main")
    each = load_dataset("some/path", "config", split=["test[:1]", "test[1:]"])
    return [
        {name: len(rows) for name, rows in whole.items()},
        [row["n"] for row in some],
        [[row["n"] for row in rows] for rows in each],
    ]


def typed():
    table = load_dataset("some/path", "config", features=Features({"n": Value("float64")}), split="test")
    streamed = load_dataset("some/path", "config", split="test", streaming=True)
    return [[row["n"] for row in table], [row["n"] for row in streamed]]
