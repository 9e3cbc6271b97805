"""Beside the base, not beside the task."""

ENDING = " (say which)"


def ending(doc):
    return doc["question"] + ENDING
