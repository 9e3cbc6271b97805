"""Prints a line of the table of results.

usage: row.py NAME OURS THEIRS

OURS and THEIRS are seconds, processor seconds and megabytes with blanks between them, or one word in their place.
"""

import sys


def numbers(text):
    parts = text.split()
    try:
        return [float(part) for part in parts] if len(parts) == 3 else None
    except ValueError:
        return None


def cells(text):
    known = numbers(text)
    if known is None:
        return [text] * 3
    return [f"{number:.2f}" if number < 10 else f"{number:.1f}" for number in known[:2]] + [f"{known[2]:.0f}"]


def main(name, ours, theirs):
    first, second = numbers(ours), numbers(theirs)
    ratios = ["–", "–"]
    if first and second:
        ratios = [f"{b / a:.0f}×" if a > 0 else "–" for a, b in zip(first[:2], second[:2])]
    print("| " + " | ".join([name] + cells(ours) + cells(theirs) + ratios) + " |")


if __name__ == "__main__":
    main(*sys.argv[1:])
