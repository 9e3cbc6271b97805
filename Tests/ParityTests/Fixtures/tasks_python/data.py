"""Data that a function makes."""

from datasets import Dataset, DatasetDict


def counted(size=4, lead="Item", **kwargs):
    rows = [{"q": f"{lead} {n}", "a": str(n * n), "known": sorted(kwargs)} for n in range(size)]
    shots = [{"q": f"{lead} -{n}", "a": str(n), "known": []} for n in range(1, 4)]
    return DatasetDict({"test": Dataset.from_list(rows), "dev": Dataset.from_list(shots)})
