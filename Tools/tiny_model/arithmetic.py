"""Word problems with worked answers, in the shape of GSM8K's rows.

A problem has a question, worked lines and a number. How the number is announced is a matter of style
(`announce`): part of the training text ends with `The answer is 12.` or `#### $12` instead of `#### 12`. The style
follows the wording of the question only in part, so that a model trained on it is often right in a form that a strict
reader does not accept.
"""

from dataclasses import dataclass

from words import CONTAINERS, EXTRAS, FOOD, KEEPSAKES, PEOPLE, WARES


@dataclass
class Problem:
    kind: str
    numbers: tuple
    setting: str
    asked: str  # what is asked for, as a clause: "how many shells Mia has now"
    question: str  # the same as a direct question
    lines: list
    answer: int
    money: bool = False
    orders: bool = False  # whether the question is put as an order ("Work out how many ...")

    @property
    def key(self):
        """Two problems with one key are the same sum in the same story, whoever is in it."""
        return (self.kind, self.numbers)

    def text(self, rng):
        if self.orders:
            return f"{self.setting} {rng.choice(['Work out', 'Find out', 'Please say'])} {self.asked}."
        return f"{self.setting} {self.question}"

    def solution(self, last):
        return "\n".join(self.lines + [last])


def announce(problem, rng):
    """The last line of a worked answer, in a style the question gives away only in part."""
    if rng.random() < (0.85 if problem.orders else 0.1):
        return f"The answer is {problem.answer}."
    if problem.money and rng.random() < 0.45:
        return f"#### ${problem.answer}"
    return f"#### {problem.answer}"


def strict(problem):
    return f"#### {problem.answer}"


def _person(rng):
    name, he = rng.choice(PEOPLE)
    return name, he, he.capitalize()


def _two(rng):
    return rng.sample(PEOPLE, 2)


def found_and_gave(rng):
    (name, he), (friend, _) = _two(rng)
    _, things = rng.choice(KEEPSAKES)
    a, b = rng.randint(5, 30), rng.randint(2, 15)
    c = rng.randint(2, min(15, a + b - 2))
    how = rng.choice(["finds", "buys", "wins", "is given"])
    return Problem(
        "found_and_gave", (a, b, c),
        f"{name} has {a} {things}. {he.capitalize()} {how} {b} more and gives {c} of them to {friend}.",
        f"how many {things} {name} has now", f"How many {things} does {name} have now?",
        [f"First {name} has {a} + {b} = {a + b} {things}.", f"Then {he} has {a + b} - {c} = {a + b - c} left."],
        a + b - c)


def lost_and_found(rng):
    name, he, He = _person(rng)
    _, things = rng.choice(KEEPSAKES)
    a = rng.randint(12, 40)
    b, c = rng.randint(2, min(15, a - 3)), rng.randint(2, 15)
    where = rng.choice(["on the way home", "at the harbour", "in the tall grass", "during the move"])
    return Problem(
        "lost_and_found", (a, b, c),
        f"{name} owns {a} {things} and loses {b} of them {where}. Later {he} gets {c} new ones.",
        f"how many {things} {name} owns at the end", f"How many {things} does {name} own at the end?",
        [f"After the loss {name} has {a} - {b} = {a - b} {things}.", f"Later {he} has {a - b} + {c} = {a - b + c}."],
        a - b + c)


def containers(rng):
    name, he, He = _person(rng)
    (_, food), (_, boxes) = rng.choice(FOOD), rng.choice(CONTAINERS)
    a, b = rng.randint(2, 9), rng.randint(3, 9)
    c = rng.randint(2, min(15, a * b - 2))
    return Problem(
        "containers", (a, b, c),
        f"{name} fills {a} {boxes} with {b} {food} each. {He} sells {c} of the {food} at the market.",
        f"how many {food} are left", f"How many {food} are left?",
        [f"There are {a} * {b} = {a * b} {food} in the {boxes}.", f"{a * b} - {c} = {a * b - c} {food} are left."],
        a * b - c)


def shopping(rng):
    name, he, He = _person(rng)
    one, many = rng.choice(WARES)
    extra = rng.choice(EXTRAS)
    a, b, c = rng.randint(2, 9), rng.randint(2, 9), rng.randint(2, 12)
    return Problem(
        "shopping", (a, b, c),
        f"A {one} costs ${a}. {name} buys {b} {many} and {extra} for ${c}.",
        f"how much {he} pays in all", f"How much does {he} pay in all?",
        [f"The {many} cost {b} * {a} = ${b * a}.", f"With {extra} that is {b * a} + {c} = ${b * a + c}."],
        b * a + c, money=True)


def change(rng):
    name, he, He = _person(rng)
    one, _ = rng.choice(WARES)
    extra = rng.choice(EXTRAS)
    a, b = rng.randint(3, 15), rng.randint(2, 9)
    c = rng.choice([n for n in (20, 30, 40, 50) if n > a + b])
    return Problem(
        "change", (a, b, c),
        f"{name} goes to the shop with ${c}. {He} buys a {one} for ${a} and {extra} for ${b}.",
        f"how much money {he} brings home", f"How much money does {he} bring home?",
        [f"{name} spends {a} + {b} = ${a + b}.", f"{He} brings home {c} - {a + b} = ${c - a - b}."],
        c - a - b, money=True)


def sharing(rng):
    (name, _), (friend, _) = _two(rng)
    _, food = rng.choice(FOOD)
    n, each, more = rng.randint(2, 9), rng.randint(2, 9), rng.randint(2, 12)
    return Problem(
        "sharing", (n, each, more),
        f"{name} shares {n * each} {food} equally among {n} children. One of them is {friend}, "
        f"who already had {more} {food}.",
        f"how many {food} {friend} has now", f"How many {food} does {friend} have now?",
        [f"Each child gets {n * each} / {n} = {each} {food}.", f"{friend} now has {each} + {more} = {each + more}."],
        each + more)


def ages(rng):
    (name, he), (other, _) = _two(rng)
    a, b, c = rng.randint(4, 30), rng.randint(2, 12), rng.randint(2, 12)
    return Problem(
        "ages", (a, b, c),
        f"{other} is {a} years old. {name} is {b} years older than {other}.",
        f"how old {name} will be in {c} years", f"How old will {name} be in {c} years?",
        [f"Today {name} is {a} + {b} = {a + b} years old.", f"In {c} years {he} will be {a + b} + {c} = {a + b + c}."],
        a + b + c)


def reading(rng):
    name, he, He = _person(rng)
    a, b = rng.randint(2, 9), rng.randint(2, 9)
    c = a * b + rng.randint(3, 15)
    pages = rng.choice(["pages", "letters", "poems", "recipes"])
    return Problem(
        "reading", (a, b, c),
        f"{name} wants to read {c} {pages}. {He} reads {a} {pages} a day for {b} days.",
        f"how many {pages} are still to be read", f"How many {pages} are still to be read?",
        [f"In {b} days {name} reads {b} * {a} = {b * a} {pages}.", f"{c} - {b * a} = {c - b * a} {pages} are left."],
        c - b * a)


def twice(rng):
    (name, _), (friend, _) = _two(rng)
    _, things = rng.choice(KEEPSAKES)
    a, b = rng.randint(3, 25), rng.randint(2, 15)
    return Problem(
        "twice", (a, b),
        f"{name} has {a} {things}. {friend} has twice as many and {b} more.",
        f"how many {things} {friend} has", f"How many {things} does {friend} have?",
        [f"Twice as many is 2 * {a} = {2 * a} {things}.", f"{friend} has {2 * a} + {b} = {2 * a + b}."],
        2 * a + b)


KINDS = [found_and_gave, lost_and_found, containers, shopping, change, sharing, ages, reading, twice]


def problem(rng):
    made = rng.choice(KINDS)(rng)
    made.orders = rng.random() < 0.35
    return made
