"""Tokens of many lines, as the `tokenizers` library gives them.

    python Tools/inference/tokens.py FOLDER [COUNT] [NAME ...]
    ASSAY_TEST_TOKENS=FOLDER swift test --filter TokenizersTests

compares far more lines than stand in the repository: 100,000 of each kind, if no COUNT is given. The speed that is printed is the library's,
on one thread, one line at a time.
"""

import json
import sys
import time
from pathlib import Path

import lines
import other_tokenizers
import small_tokenizers


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_table(folder, name, tokenizer, texts):
    """Saves a tokenizer, and a row for each line: tokens, how many special ones come to them, and for some the text again."""
    tokenizer.save(str(folder / f"{name}.json"), pretty=False)
    table = []
    for text in texts:
        with_special = tokenizer.encode(text).ids
        without = tokenizer.encode(text, add_special_tokens=False).ids
        row = [without, len(with_special) - len(without)]
        if len(table) % 8 == 0:
            row += [tokenizer.decode(without, skip_special_tokens=True), tokenizer.decode(with_special, skip_special_tokens=False)]
        table.append(row)
    write(folder / f"{name}.ids.json", table)


def main(folder, count=100_000, *names):
    folder = Path(folder)
    texts = lines.lines(int(count), seed=99)
    write(folder / "lines.json", texts)
    for name, make in (small_tokenizers.ALL | other_tokenizers.ALL).items():
        if names and name not in names:
            continue
        tokenizer = make()
        start = time.perf_counter()
        for text in texts:
            tokenizer.encode(text)
        speed = sum(len(text.encode()) for text in texts) / (time.perf_counter() - start) / 1e6
        write_table(folder, name, tokenizer, texts)
        print(f"{name}: {speed:.2f} MB/s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
