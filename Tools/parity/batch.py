"""One batch of tasks: rows for all of them, the harness's run, Assay's run, and the comparison."""

import dataclasses
import json
import pathlib
import re
import shutil
import traceback
import zlib

import guess
import phrase
import recipes
import run_harness
from compare_task import requests_differ, results_differ
from run_assay import codes_of, divided, short

BOOTSTRAP = 20
MORE_SHOTS = 2
TASK_SECONDS = 60
HUB = "hf://datasets/"
NETWORK = re.compile(r"data files from the network|there is no file `")


@dataclasses.dataclass
class Item:
    """A task on its way through a batch."""

    name: str
    folder: str
    config: dict = None
    columns: dict = None
    selected: dict = None
    needs_python: bool = False
    trusted: bool = False
    draws: bool = False
    lines: list = None
    results: dict = None
    more_lines: list = None
    record: dict = dataclasses.field(default_factory=dict)

    def end(self, status, why, **more):
        self.record = {"task": self.name, "folder": self.folder, "status": status, "why": why, **more}
        return self.record


class Slot:
    """Tasks that share the rows of one data set."""

    def __init__(self, key):
        self.key, self.columns, self.items = key, {}, []

    def takes(self, item):
        return all(self.columns.get(name, kind) == kind for name, kind in item.columns.items())

    def add(self, item):
        self.columns.update(item.columns)
        self.items.append(item)

    def rows(self):
        """Rows for the splits of all tasks, with the constants that any of them selects by."""
        constants = [
            dict(t) for t in dict.fromkeys(tuple(sorted(i.selected.items(), key=str)) for i in self.items)
        ]
        splits = {}
        for item in self.items:
            count = recipes.rows_needed(item.config, any(constants))
            for split in guess.split_names(item.config):
                splits[split] = max(splits.get(split, 0), count)
        return {
            split: recipes.make_rows(self.columns, {**item.config, **only(split)}, constants, count)[split]
            for split, count in splits.items()
        }


def only(split):
    return {"training_split": split, "validation_split": None, "test_split": None, "fewshot_split": None,
            "fewshot_config": None}  # fmt: skip


def has_function(value):
    if isinstance(value, dict):
        return any(has_function(v) for v in value.values())
    if isinstance(value, list):
        return any(has_function(v) for v in value)
    return callable(value)


class Batch:
    """Runs one batch; `say(record)` gets each task's record when it is known."""

    def __init__(self, assay, index, cookbook, work, say, options):
        self.assay, self.index, self.cookbook, self.say, self.options = assay, index, cookbook, say, options
        self.work = pathlib.Path(work)

    def run(self, items):
        number = 0
        for trusting in (True, False):
            self.failed = []
            ready = [item for item in items if self.prepare(item, trusting)]
            for slots in self.mirrors(ready):
                folder, number = self.work / f"mirror{number}", number + 1
                shutil.rmtree(folder, ignore_errors=True)
                self.run_mirror(folder, slots)
                if not self.options.keep:
                    shutil.rmtree(folder, ignore_errors=True)
            items = self.failed

    def finish(self, item, status, why, **more):
        self.say(item.end(status, why, **more))

    def prepare(self, item, trusting):
        """Loads a task and finds its recipe."""
        self.say({"start": item.name})
        try:
            item.config = run_harness.configuration_of(self.index[item.name])
        except BaseException as error:
            self.finish(item, "not comparable", f"the harness cannot load it: {name_of(error)}")
            return False
        config = item.config
        if config.get("class") is not None:
            return self.prepare_class(item)
        for key, why in (
            ("doc_to_image", "pictures"),
            ("doc_to_audio", "sound"),
        ):
            if config.get(key) is not None:
                self.finish(item, "not comparable", why)
                return False
        item.needs_python = has_function(config)
        if item.needs_python and self.options.no_python:
            self.finish(item, "not yet", "needs Python")
            return False
        try:
            item.columns, item.trusted = self.cookbook.recipe(config, trusting)
            item.selected = recipes.selected_by(config)
        except recipes.NoRecipe as error:
            self.finish(item, "not comparable", f"no rows found: {error}")
            return False
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            why = f"row making failed: {name_of(error)} ({pathlib.Path(place.filename).name}:{place.lineno})"
            self.finish(item, "not comparable", why)
            return False
        return True

    def prepare_class(self, item):
        """Finds the rows of a task that is a Python class; what it reads cannot be guessed."""
        item.columns, item.selected, item.needs_python = recipes.given(item.name), {}, True
        if item.columns is None:
            self.finish(item, "not comparable", "a task class in Python, and no rows are given for it")
        elif self.options.no_python:
            self.finish(item, "not yet", "needs Python")
        else:
            item.config = run_harness.with_data_of_class(item.config)
            return True
        return False

    @staticmethod
    def mirrors(items):
        """Slots in mirrors: one data set has one set of rows in a mirror, so others go to the next."""
        mirrors = []
        for item in items:
            key = recipes.key_of(item.config)
            for slots in mirrors:
                alone = item.config.get("custom_dataset") is not None or any(
                    i.config.get("custom_dataset") is not None for slot in slots.values() for i in slot.items
                )
                if not alone and (key not in slots or slots[key].takes(item)):
                    break
            else:
                slots = {}
                mirrors.append(slots)
            slots.setdefault(key, Slot(key)).add(item)
        return mirrors

    def run_mirror(self, folder, slots):
        run_harness.PROVIDER.clear()
        for slot in slots.values():
            splits = run_harness.PROVIDER.put(slot.key, slot.rows())
            self.write_splits(folder, slot.key, splits)
            for item in slot.items:
                self.write_files(folder, item.config, splits)
        model, done = phrase.MadeUpModel(), []
        for slot in slots.values():
            for item in slot.items:
                run_harness.PROVIDER.maker = recipes.maker(slot.columns, item.config, [item.selected])
                if self.run_harness(item, model):
                    done.append(item)
        for key, splits in run_harness.PROVIDER.made.items():
            self.write_splits(folder, key, splits)
        alone = [item for item in done if item.draws]
        together = [item for item in done if not item.draws]
        answers = folder / "answers.jsonl"
        with open(answers, "w", encoding="utf-8", newline="\n") as out:
            for key, response in model.answers.items():
                kind, arguments = json.loads(key)
                row = {"request_type": kind, "arguments": arguments, "response": response}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        plain = [item for item in together if not item.needs_python]
        python = [item for item in together if item.needs_python]
        for group in [plain, python, *([item] for item in alone)]:
            if self.options.rows_only:
                for item in group:
                    self.finish(
                        item,
                        "not yet",
                        "rows are found",
                        requests=len(item.lines),
                        right=anything_right(item.results),
                    )
            elif group:
                self.compare(folder, group, answers)

    @staticmethod
    def write_splits(folder, key, splits):
        """Writes a data set as Assay's mirror has it."""
        path, name = key
        place = folder / str(path) / (str(name) if name is not None else "default")
        place.mkdir(parents=True, exist_ok=True)
        for split, rows in splits.items():
            write_rows(place / f"{split}.jsonl", rows)

    @staticmethod
    def write_files(folder, config, splits):
        """Writes the files of the hub that a task names, where a mirror has them."""
        named = (config.get("dataset_kwargs") or {}).get("data_files")
        if config.get("dataset_path") != "json" or not isinstance(named, dict):
            return
        for split, path in named.items():
            if isinstance(path, str) and path.startswith(HUB) and split in splits:
                place = folder / path.removeprefix(HUB)
                place.parent.mkdir(parents=True, exist_ok=True)
                write_rows(place, splits[split])

    def run_harness(self, item, model):
        """Fills in the harness's requests and results."""
        try:
            with run_harness.quiet(), run_harness.time_limit(TASK_SECONDS):
                task, results, item.draws = run_harness.evaluate(item.config, model, bootstrap=BOOTSTRAP)
                if item.trusted:
                    docs = task.eval_docs
                    if len(docs) < 2:
                        raise recipes.NoRows("no rows are left")
                    recipes.refuse_text(task, docs)
                item.lines = run_harness.request_lines(item.name, task)
                item.results = run_harness.kept_results(item.name, results)
        except BaseException as error:
            if item.trusted:
                self.failed.append(item)
            else:
                self.finish(item, "not comparable", f"the harness fails: {name_of(error)}")
            return False
        if zlib.crc32(item.name.encode()) % 100 < self.options.more_shots:
            try:
                with run_harness.quiet(), run_harness.time_limit(TASK_SECONDS):
                    task, _, _ = run_harness.evaluate(item.config, phrase.MadeUpModel(), shots=MORE_SHOTS)
                    item.more_lines = run_harness.request_lines(item.name, task)
            except BaseException:
                item.more_lines = None
        return True

    def compare(self, folder, items, answers):
        by_name = {item.name: item for item in items}
        out = folder / "compiled.jsonl"

        def compiled(names, shots=None):
            code, err = self.assay.compile(names, folders_of(by_name, names), folder, out, shots)
            return (by_task(out, names), "") if code == 0 else (None, err)

        passed = []
        for names, lines, reason in divided([item.name for item in items], compiled):
            for name in names:
                item = by_name[name]
                if lines is None:
                    if NETWORK.search(reason):
                        self.finish(item, "not comparable", "data files from the network: " + short(reason))
                        continue
                    status = "not yet" if "python-function" in codes_of(reason) else "refused"
                    self.finish(item, status, short(reason), requests=len(item.lines))
                    continue
                difference = requests_differ(item.lines, lines[name])
                if difference:
                    self.finish(item, "different", difference, requests=len(item.lines), part="requests")
                else:
                    passed.append(name)
        self.compare_more_shots([n for n in passed if by_name[n].more_lines is not None], by_name, compiled)
        passed = [name for name in passed if not by_name[name].record]

        def scored(names):
            place = folder / "out"
            shutil.rmtree(place, ignore_errors=True)
            return self.assay.run(names, folders_of(by_name, names), folder, answers, place, BOOTSTRAP)

        for names, results, reason in divided(passed, scored):
            for name in names:
                item = by_name[name]
                counts = {"requests": len(item.lines), "two_shots": item.more_lines is not None}
                if results is None:
                    self.finish(item, "refused", "run: " + short(reason), part="run", **counts)
                    continue
                found = results_differ(item.results, results, name, run_harness.COMPARED)
                if found:
                    self.finish(item, "different", "; ".join(found)[:600], part="results", **counts)
                else:
                    self.finish(item, "same", "", right=anything_right(item.results), **counts)

    def compare_more_shots(self, names, by_name, compiled):
        def work(some):
            return compiled(some, MORE_SHOTS)

        for some, lines, reason in divided(names, work):
            for name in some:
                item = by_name[name]
                if lines is None:
                    self.finish(item, "refused", f"{MORE_SHOTS} shots: " + short(reason), part="shots")
                    continue
                difference = requests_differ(item.more_lines, lines[name])
                if difference:
                    self.finish(item, "different", f"{MORE_SHOTS} shots: {difference}", part="shots")


def write_rows(file, rows):
    with open(file, "w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def folders_of(by_name, names):
    return list(dict.fromkeys(by_name[name].folder for name in names))


def by_task(file, names):
    found = {name: [] for name in names}
    with open(file, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            found[json.loads(line)["task"]].append(line.rstrip("\n"))
    return found


def anything_right(results):
    row = results.get("results") or {}
    return any(
        isinstance(v, (int, float)) and v > 0 for k, v in row.items() if "," in k and "stderr" not in k
    )


def name_of(error):
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:300]
