"""Loads data in the ways that task helpers do."""

from datasets import Features, Value, load_dataset


def parts():
    whole = load_dataset("some/path", "config", token=None, trust_remote_code=True)
    typed = load_dataset("some/path", "config", features=Features({"n": Value("float64")}), split="test")
    some = load_dataset("some/path", "config", split="train[:50%]+test", revision="main")
    streamed = load_dataset("some/path", "config", split="test", streaming=True)
    return [
        {name: len(rows) for name, rows in whole.items()},
        [row["n"] for row in typed],
        [row["n"] for row in some],
        [row["n"] for row in streamed],
    ]
