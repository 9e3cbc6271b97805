"""Finds recipes with which the harness runs tasks, by trial, and remembers them by family."""

import fnmatch
import heapq
import json
import os
import pathlib
import time

import guess
import phrase
import run_harness
from blame import Outcome
from remedies import remedies
from rows import make_split

TRIALS, TRIAL_SECONDS = 120, 6
HOPELESS = (
    "Couldn't find a module script", "couldn't connect", "No module named", "cannot import", "is not defined",
    "'NoneType' object is not callable", "Error loading evaluation metrics", "unexpected keyword argument",
)  # fmt: skip
DEFAULT_SHOTS, VAIN_SEARCHES = 2, 2


class NoRecipe(Exception):
    """No rows were found with which the harness runs a task; the text is the harness's last error."""


class NoRows(Exception):
    """All rows were dropped by the task's own code."""


def key_of(config):
    return config.get("dataset_path"), config.get("dataset_name")


def seed_of(config):
    return "/".join(str(part) for part in key_of(config))


def rows_needed(config, selected):
    shots = config.get("num_fewshot") or 0
    shots = shots if isinstance(shots, int) else 0
    return max(4 if selected else 8, shots + 2, DEFAULT_SHOTS + 2)


def make_rows(columns, config, constants, count=None):
    """The rows of every split that a task names."""
    count = count or rows_needed(config, any(constants))
    return {
        split: make_split(columns, f"{seed_of(config)}/{split}", count, constants)
        for split in guess.split_names(config)
    }


def maker(columns, config, constants):
    """Makes rows of whatever data set a task's own function asks for."""
    count = rows_needed(config, any(constants))
    return lambda split: make_split(columns, f"{seed_of(config)}/{split}", count, constants)


def attempt(config, columns, constants):
    """Runs a task over a recipe's rows; gives None and how good the right answers are, or what failed."""
    splits, task = {}, None
    model = phrase.MadeUpModel()
    try:
        with run_harness.quiet(), run_harness.time_limit(TRIAL_SECONDS):
            run_harness.PROVIDER.clear(maker(columns, config, constants))
            splits = make_rows(columns, config, constants)
            splits = run_harness.PROVIDER.put(key_of(config), splits)
            task, results, _ = run_harness.evaluate(config, model)
            docs = list(task.eval_docs)
            if len(docs) < 2:
                raise NoRows(f"no rows are left of {sum(map(len, splits.values()))}")
            refuse_text(task, docs)
            return None, quality(task, docs, results["results"][config["task"]])
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        if isinstance(error, IndexError) and task is None and str(error).startswith("Invalid key: 0"):
            error = NoRows("no rows are left").with_traceback(error.__traceback__)
        made = [*splits.values(), *(s for one in run_harness.PROVIDER.made.values() for s in one.values())]
        rows = [row for split in made for row in list(split)[:12]]
        return Outcome(error, columns, rows), 0


def refuse_text(task, docs):
    """The harness takes the characters of a text for choices; no author means that."""
    if task.OUTPUT_TYPE == "multiple_choice" and isinstance(task.doc_to_choice(docs[0]), str):
        raise TypeError("the choices are not iterable: a text")


def quality(task, docs, row):
    """The share of documents with a right answer among their choices, or 1 if texts can be right at all."""
    if task.OUTPUT_TYPE == "multiple_choice" and task.config.doc_to_choice is not None:
        good = 0
        for doc in docs:
            gold = task.doc_to_text(doc) if task.multiple_input else task.doc_to_target(doc)
            choices = task.doc_to_choice(doc)
            golds = gold if isinstance(gold, list) else [gold]
            good += any(
                (isinstance(g, int) and 0 <= g < len(choices)) or (isinstance(g, str) and g in choices)
                for g in golds
            )
        return good / len(docs)
    if task.OUTPUT_TYPE == "generate_until":
        numbers = [
            v for k, v in row.items() if "," in k and "stderr" not in k and isinstance(v, (int, float))
        ]
        return 1.0 if not numbers or any(v not in (0, 0.0) for v in numbers) else 0.0
    return 1.0


def given(name):
    """A recipe written by hand, for tasks whose functions are too winding to be guessed."""
    file = pathlib.Path(__file__).parent / "given.json"
    for pattern, columns in json.loads(file.read_text(encoding="utf-8")).items():
        if fnmatch.fnmatchcase(name, pattern):
            return columns
    return None


def selected_by(config):
    """The constants by which a task selects rows; a recipe written by hand holds them already."""
    found, by_hand = guess.selected_by(config), given(config["task"])
    if by_hand is None:
        return found
    return {name: value for name, value in found.items() if value in by_hand.get(name, {}).get("values", [])}


def find(config, seconds):
    """A recipe that works, by a best-first search over kinds of columns."""
    root = guess.read_task(config)
    columns, constants = guess.first_recipe(root), [selected_by(config)]
    hints, others = dict(columns), guess.alternatives(root)
    frontier, tried, best, order = [(0.0, 0, columns)], set(), None, 0
    until, last = time.process_time() + seconds, None
    while frontier and len(tried) < TRIALS and time.process_time() < until:
        _, _, columns = heapq.heappop(frontier)
        text = json.dumps(columns, sort_keys=True)
        if text in tried:
            continue
        tried.add(text)
        outcome, good = attempt(config, columns, constants)
        if outcome is None:
            best = (columns, good)
            break
        progress = outcome.progress()
        if last is None or progress >= last[0]:
            last = (progress, outcome.text)
        if any(text in outcome.text for text in HOPELESS):
            raise NoRecipe(outcome.text)
        # Breadth costs a little, so that a new error is looked into before the tenth remedy of an old one.
        for rank, new in enumerate(remedies(outcome, hints, others)):
            order += 1
            heapq.heappush(frontier, (-progress + 0.05 * rank, order, new))
    if best is None:
        raise NoRecipe(last[1] if last else "no columns")
    return improved(config, constants, seconds / 4, *best)


def improved(config, constants, seconds, columns, good):
    """The recipe with better right answers, if a few more trials find one."""
    if good > 0.3:
        return columns, good
    until = time.process_time() + seconds
    names = target_columns(config, columns)
    fixed = guess.choices_of(config)
    kinds = [{"k": "const", "values": fixed}] if fixed else []
    patterns = [
        step.get("regex_pattern")
        for pipeline in config.get("filter_list") or []
        for step in pipeline.get("filter") or []
        if isinstance(step.get("regex_pattern"), str)
    ]
    for pattern in patterns:
        texts = phrase.inside_groups(pattern)
        kinds += [{"k": "const", "values": texts}] if texts else []
    kinds += [{"k": "int", "n": 2}, {"k": "int", "n": 2, "b": 1}, {"k": "const", "values": ["A", "B"]}]
    kinds += [{"k": "digit", "n": 2}, {"k": "text", "v": 2}, {"k": "text", "v": 3}, {"k": "number"}]
    kinds += [{"k": "pick", "from": [name]} for name, kind in columns.items() if kind["k"] == "list"]
    for name in names[:2]:
        for kind in kinds:
            if kind == columns.get(name):
                continue
            if time.process_time() > until:
                return columns, good
            new = {**columns, name: kind}
            outcome, better = attempt(config, new, constants)
            if outcome is None and better > good:
                columns, good = new, better
                if good > 0.3:
                    return columns, good
    return columns, good


def target_columns(config, columns):
    """The columns that the right answer comes from."""
    from hints import Node

    root = Node()
    guess.read_value(root, config.get("doc_to_target"), "doc_to_target", set())
    found = [name for name in root.children if name in columns]
    return found or [
        n for n in columns if any(part in n.lower() for part in ("answer", "label", "gold", "target"))
    ]


class Cookbook:
    """Recipes by family, kept in files so that all processes and later runs share them."""

    def __init__(self, folder, seconds):
        self.folder, self.seconds = pathlib.Path(folder), seconds
        self.folder.mkdir(parents=True, exist_ok=True)

    def recipe(self, config, trusting):
        """Columns for a task, and whether they were only taken on trust from its family.

        One that does not trust tries all recipes of the family, and looks for a new one in the end.
        """
        family = guess.family_of(config)
        by_hand = given(config["task"])
        if by_hand is not None:
            outcome = None if trusting else attempt(config, by_hand, [selected_by(config)])[0]
            if outcome is not None:
                raise NoRecipe(outcome.text)
            return by_hand, trusting
        known = self.read(family)
        if trusting and known["recipes"]:
            return known["recipes"][0], True
        for columns in known["recipes"]:
            if attempt(config, columns, [selected_by(config)])[0] is None:
                return columns, False
        if len(known["errors"]) >= VAIN_SEARCHES:
            raise NoRecipe(known["errors"][-1])
        try:
            columns, _ = find(config, self.seconds)
        except NoRecipe as error:
            known["errors"].append(str(error))
            raise
        else:
            known["recipes"].append(columns)
            return columns, False
        finally:
            self.write(family, known)

    def read(self, family):
        file = self.folder / f"{family}.json"
        if not file.exists():
            return {"recipes": [], "errors": []}
        return json.loads(file.read_text(encoding="utf-8"))

    def write(self, family, known):
        file = self.folder / f"{family}.json"
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(file)
