"""Made-up answers in the words that a task's filters look for."""

import random
import re
from re import _constants as kinds
from re import _parser as parser

import harness

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def patterns_of(task):
    """The regular expressions of a task's filters."""
    found = []
    for pipeline in task.config.filter_list or []:
        for step in pipeline.get("filter") or []:
            pattern = step.get("regex_pattern")
            if isinstance(pattern, str) and pattern not in found:
                found.append(pattern)
    return found


class Filler:
    """Writes a text that a pattern matches, with `gold` in its first group."""

    def __init__(self, gold, draw):
        self.gold, self.draw, self.filled = gold, draw, False

    def write(self, items):
        return "".join(self.piece(kind, value) for kind, value in items)

    def piece(self, kind, value):
        if kind is kinds.LITERAL:
            return chr(value)
        if kind is kinds.NOT_LITERAL:
            return "x" if value != ord("x") else "y"
        if kind is kinds.ANY:
            return self.draw.choice(LETTERS)
        if kind is kinds.IN:
            return self.one_of(value)
        if kind is kinds.BRANCH:
            return self.write(self.draw.choice(value[1]))
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            low, high, inner = value
            times = self.draw.randint(
                low, min(max(low, 1) + 1, high if high is not kinds.MAXREPEAT else low + 3)
            )
            return "".join(self.write(inner) for _ in range(times))
        if kind is kinds.SUBPATTERN:
            group, inner = value[0], value[-1]
            if group is not None and self.gold is not None and not self.filled:
                self.filled = True
                return self.gold
            return self.write(inner)
        if kind is kinds.ATOMIC_GROUP:
            return self.write(value)
        if kind is kinds.ASSERT:
            return self.write(value[1])
        return ""

    def one_of(self, items):
        if items[0][0] is kinds.NEGATE:
            return next((c for c in "x7 .Q-" if not any(self.holds(item, ord(c)) for item in items[1:])), "x")
        kind, value = self.draw.choice(items)
        if kind is kinds.RANGE:
            return chr(self.draw.randint(value[0], min(value[1], value[0] + 25)))
        if kind is kinds.CATEGORY:
            name = str(value)
            return "7" if "DIGIT" in name else (" " if "SPACE" in name and "NOT" not in name else "w")
        return chr(value) if kind is kinds.LITERAL else "x"

    @staticmethod
    def holds(item, code):
        kind, value = item
        if kind is kinds.CATEGORY:
            name = str(value).removeprefix("CATEGORY_")
            letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}.get(name.removeprefix("NOT_"), "w")
            return bool(re.match("\\" + (letter.upper() if name.startswith("NOT_") else letter), chr(code)))
        return value[0] <= code <= value[1] if kind is kinds.RANGE else value == code


def sample(pattern, gold, seed):
    """A text for a pattern; None where the pattern cannot be read."""
    try:
        return Filler(gold, random.Random(seed)).write(parser.parse(pattern))
    except (re.error, OverflowError, ValueError, IndexError):
        return None


def inside_groups(pattern, count=6):
    """Texts that the first group of a pattern may hold, for columns of right answers."""
    found = []
    try:
        tree = parser.parse(pattern)
    except re.error:
        return found
    for seed in range(count):
        text = Filler(None, random.Random(seed)).write(tree)
        match = re.search(pattern, text)
        if match and match.groups() and match.group(1) and match.group(1).strip() not in found:
            found.append(match.group(1).strip())
    return [text for text in found if text]


class MadeUpModel(harness.ScriptedLM):
    """The scripted model of the fixtures, which also answers in the words of each task's own patterns."""

    def __init__(self):
        super().__init__()
        self.patterns = {}

    def add(self, name, task):
        self.tasks[name], self.patterns[name] = task, patterns_of(task)

    def gold(self, request):
        task = self.tasks[request.task_name]
        try:
            gold = task.doc_to_target(request.doc)
            if task.config.doc_to_choice is not None:
                choices = task.doc_to_choice(request.doc)
                gold = choices[gold] if isinstance(gold, int) else gold
        except Exception:
            gold = ""
        while isinstance(gold, (list, tuple)):
            gold = gold[len(gold) // 2] if gold else ""
        gold = str(gold)
        texts = (
            [v for v in request.doc.values() if isinstance(v, str) and v]
            if hasattr(request.doc, "values")
            else []
        )
        seed = harness.digest("column", *request_key(request))
        if texts and (not gold or seed[0] < 30):
            gold = texts[seed[1] % len(texts)]
        return gold.split("#### ")[-1]

    def generate_until(self, requests):
        return [self.reply(r, lambda: self.text(r)) for r in requests]

    def text(self, request):
        gold, seed = self.gold(request), harness.digest("phrase", *request_key(request))
        patterns = self.patterns[request.task_name]
        if patterns and seed[0] < 128:
            bare = gold if seed[1] < 150 else (gold[:1].upper() if seed[1] < 200 else None)
            text = sample(patterns[seed[2] % len(patterns)], bare, seed[3])
            if text is not None:
                frames = ["{}", "Let me think. {}", "{}\nDone.", "No: {} or\n{}", "{} 😀"]
                return frames[seed[4] % len(frames)].replace("{}", text)
        if seed[0] < 200:
            return gold
        return harness.write_answer(request.args[0], request.args[1], gold)


def request_key(request):
    return [request.request_type, harness.key_of(request.request_type, list(request.args))]
