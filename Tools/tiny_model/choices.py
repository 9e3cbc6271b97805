"""Questions with four answers to choose from. The answers are not named in the question unless it needs them."""

from dataclasses import dataclass

from words import BELONGINGS, CATEGORIES, COLOURS, DAYS, MONTHS, OPPOSITES, PEOPLE, REASONS, listing, one


@dataclass
class Choice:
    kind: str
    question: str
    choices: list
    label: int

    @property
    def key(self):
        """The question as it is worded, with its answer; the wrong answers do not make it a new one."""
        return (self.question, self.choices[self.label])


def _mixed(rng, kind, question, right, wrong):
    choices = [right] + wrong
    rng.shuffle(choices)
    return Choice(kind, question, choices, choices.index(right))


def category(rng):
    name, others = rng.choice(list(CATEGORIES)), []
    right = rng.choice(CATEGORIES[name])
    for other in rng.sample([c for c in CATEGORIES if c != name], 3):
        others.append(rng.choice([w for w in CATEGORIES[other] if w not in CATEGORIES[name]]))
    question = rng.choice([f"Which of these is {name}?", f"What is {name}?", f"Can you name {name}?"])
    return _mixed(rng, "category", question, right, others)


def opposite(rng):
    pairs = rng.sample(OPPOSITES, 4)
    word, right = pairs[0] if rng.random() < 0.5 else pairs[0][::-1]
    question = rng.choice([
        f"What is the opposite of {word}?", f"Which word means the opposite of {word}?",
        f"Something is not {word} at all. What is it?"])
    return _mixed(rng, "opposite", question, right, [rng.choice(p) for p in pairs[1:]])


def largest(rng):
    numbers = rng.sample(range(2, 100), 4)
    way = rng.choice(["largest", "smallest"])
    right = max(numbers) if way == "largest" else min(numbers)
    question = f"Which number is the {way}: {listing([str(n) for n in numbers])}?"
    return _mixed(rng, "largest", question, str(right), [str(n) for n in numbers if n != right])


def sequence(rng):
    first, step = rng.randint(1, 40), rng.randint(1, 10)
    shown = [first + i * step for i in range(4)]
    right = first + 4 * step
    near = [n for n in range(right - 6, right + 7) if n != right and n > 0]
    question = f"Which number comes next: {', '.join(map(str, shown))}?"
    return _mixed(rng, "sequence", question, str(right), [str(n) for n in rng.sample(near, 3)])


def calendar(rng):
    names = rng.choice([DAYS, MONTHS])
    i, way = rng.randrange(len(names)), rng.choice(["after", "before"])
    right = names[(i + (1 if way == "after" else -1)) % len(names)]
    word = "day" if names is DAYS else "month"
    wrong = rng.sample([n for n in names if n not in (right, names[i])], 3)
    question = rng.choice([
        f"Which {word} comes {way} {names[i]}?", f"What is the {word} {way} {names[i]}?",
        f"It is {names[i]}. Which {word} is one {way} that?"])
    return _mixed(rng, "calendar", question, right, wrong)


def reason(rng):
    name, he = rng.choice(PEOPLE)
    picked = rng.sample(REASONS, 4)
    question = rng.choice([
        f"{name} is {picked[0][0]}. What does {he} do?", f"What does {name} do when {he} is {picked[0][0]}?"])
    endings = [f"{he.capitalize()} {rng.choice(ways)}." for _, ways in picked]
    return _mixed(rng, "reason", question, endings[0], endings[1:])


def whose(rng):
    names = [name for name, _ in rng.sample(PEOPLE, 4)]
    colours, thing = rng.sample(COLOURS, 4), rng.choice(BELONGINGS)
    told = listing([f"{n} has {one(c)} {thing}" for n, c in zip(names, colours)])
    i = rng.randrange(4)
    return _mixed(
        rng, "whose", f"{told}. Who has the {colours[i]} {thing}?", names[i], names[:i] + names[i + 1:])


KINDS = [category, opposite, largest, sequence, calendar, reason, whose]


def choice(rng):
    return rng.choice(KINDS)(rng)
