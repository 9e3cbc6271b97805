"""Writes the rows of the demo tasks: python make_rows.py (always the same rows)."""

import json
from pathlib import Path

from text import Rows

FOLDER = Path(__file__).resolve().parents[2] / "TaskLibrary" / "demo"


def main():
    for name, rows in Rows().files.items():
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (FOLDER / name).write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
