"""The text that the tiny model is trained on, and the rows of the demo tasks, both from the same grammars.

The rows come first: whatever they ask never enters the training text (`Corpus.documents` skips it and `overlap` counts
what slipped through, which is nothing).

    python text.py            # shows a few training documents
"""

import random

import arithmetic
import choices
import stories

ROWS = {"arithmetic": 120, "choices": 160, "stories": 100}
SHOTS = {"arithmetic": 24, "choices": 24}


def _distinct(make, count, rng, taken=()):
    """`count` things with different keys, none of which is taken."""
    seen, made = set(taken), []
    while len(made) < count:
        thing = make(rng)
        key = thing if isinstance(thing, str) else thing.key
        if key not in seen:
            seen.add(key)
            made.append(thing)
    return made


def _tale(rng):
    """Most rows are one story; a few are longer than the model's window."""
    return stories.chapter(rng, 20) if rng.random() < 0.03 else stories.chapter(rng, rng.choice([1, 1, 1, 2]))


def _problem_row(problem, rng):
    return {"question": problem.text(rng), "answer": problem.solution(arithmetic.strict(problem))}


def _choice_row(choice):
    return {"question": choice.question, "choices": choice.choices, "label": choice.label}


class Rows:
    """The rows of the demo tasks and the keys they occupy."""

    def __init__(self, seed=2026):
        rng = random.Random(seed)
        problems = _distinct(arithmetic.problem, ROWS["arithmetic"] + SHOTS["arithmetic"], rng)
        asked = _distinct(choices.choice, ROWS["choices"] + SHOTS["choices"], rng)
        tales = _distinct(_tale, ROWS["stories"], rng)
        self.problem_keys = {p.key for p in problems}
        self.choice_keys = {c.key for c in asked}
        self.stories = {part for tale in tales for part in tale.split("\n\n")}
        solved = [_problem_row(p, rng) for p in problems]
        chosen = [_choice_row(c) for c in asked]
        self.files = {
            "arithmetic.test.jsonl": solved[:ROWS["arithmetic"]],
            "arithmetic.train.jsonl": solved[ROWS["arithmetic"]:],
            "choices.test.jsonl": chosen[:ROWS["choices"]],
            "choices.train.jsonl": chosen[ROWS["choices"]:],
            "stories.test.jsonl": [{"text": tale} for tale in tales],
        }


class Corpus:
    """Training documents, endlessly, none of which holds anything that a demo row asks."""

    def __init__(self, seed, rows):
        self.rng = random.Random(f"corpus {seed}")
        self.rows = rows
        self.skipped = 0

    def documents(self):
        while True:
            part = self.rng.random()
            if part < 0.5:
                yield self._problems()
            elif part < 0.8:
                yield self._choices()
            else:
                yield self._stories()

    def _fresh(self, make, taken, key=lambda thing: thing.key):
        while True:
            thing = make(self.rng)
            if key(thing) not in taken:
                return thing
            self.skipped += 1

    def _problems(self):
        """One problem, or several that announce their answers in one style, as examples in a prompt do."""
        count = self.rng.choice([1, 1, 1, 1, 2, 3])
        agreed = self.rng.random() < 0.5
        parts = []
        for _ in range(count):
            problem = self._fresh(arithmetic.problem, self.rows.problem_keys)
            last = arithmetic.announce(problem, self.rng)
            if count > 1 and agreed:
                last = arithmetic.strict(problem)
            parts.append(f"Question: {problem.text(self.rng)}\nAnswer: {problem.solution(last)}")
        return "\n\n".join(parts)

    def _choices(self):
        parts = []
        for _ in range(self.rng.choice([1, 2, 4, 6])):
            asked = self._fresh(choices.choice, self.rows.choice_keys)
            parts.append(f"Question: {asked.question}\nAnswer: {asked.choices[asked.label]}")
        return "\n\n".join(parts)

    def _stories(self):
        made = [
            self._fresh(stories.story, self.rows.stories, key=lambda tale: tale)
            for _ in range(self.rng.choice([1, 1, 2, 3]))
        ]
        return "\n\n".join(made)


def overlap(documents, rows):
    """How many demo rows occur word for word in the documents: a problem's question, a choice question together with
    its answer, or a story."""
    sought = {f"Question: {row['question']}" for row in rows.files["arithmetic.test.jsonl"]} | rows.stories
    for row in rows.files["choices.test.jsonl"]:
        sought.add(f"Question: {row['question']}\nAnswer: {row['choices'][row['label']]}")
    met = set()
    for document in documents:
        for part in document.split("\n\n"):
            met |= {part, part.split("\nAnswer:")[0]} & sought
    return len(met)


if __name__ == "__main__":
    import itertools
    for document in itertools.islice(Corpus(0, Rows()).documents(), 12):
        print(document, end="\n\n----\n\n")
