"""Runs single tasks of the harness over made-up rows, as quickly as its own code allows."""

import contextlib
import copy
import functools
import io
import json
import logging
import random
import signal
import warnings

import harness  # noqa: F401, I001  sets the environment before anything of the harness is imported

import datasets
import datasets.fingerprint
import lm_eval.evaluator
import lm_eval.utils
import numpy
from lm_eval.api.task import ConfigurableTask
from lm_eval.tasks._factory import _ctor_accepts_config
from lm_eval.tasks._yaml_loader import load_yaml

from python_hints import unwrapped

SEED, OTHER_SEED = 0, 1234
COMPARED = ["results", "versions", "n-shot", "higher_is_better", "n-samples"]


class TooSlow(Exception):
    """A task took longer than it may."""


class MadeOnDemand(datasets.DatasetDict):
    """The splits of a data set that only a task's own function knows of."""

    def __init__(self, maker):
        super().__init__()
        self.maker = maker

    def __missing__(self, split):
        if not isinstance(split, str):
            raise KeyError(split)
        self[split] = datasets.Dataset.from_list(self.maker(split))
        return self[split]


class Provider:
    """Answers `datasets.load_dataset` from rows in memory."""

    def __init__(self):
        self.sets, self.made, self.maker = {}, {}, None

    def clear(self, maker=None):
        """Forgets all rows; `maker(split)` makes those of data sets that nobody put here."""
        self.sets, self.made, self.maker = {}, {}, maker

    def put(self, key, splits):
        self.sets[key] = datasets.DatasetDict(
            {name: datasets.Dataset.from_list(rows) for name, rows in splits.items()}
        )
        return self.sets[key]

    def load(self, path=None, name=None, *_, split=None, **__):
        found = self.sets.get((path, name), self.made.get((path, name)))
        if found is None and self.maker is not None:
            found = self.made[path, name] = MadeOnDemand(self.maker)
        if found is None:
            raise FileNotFoundError(f"no rows were made for {path} {name}")
        return found if split is None else found[split]


PROVIDER = Provider()


def install():
    """Makes the harness quiet and quick: rows from memory, no fingerprints, no progress bars, no look-ups."""
    datasets.disable_progress_bars()
    datasets.disable_caching()
    datasets.load_dataset = PROVIDER.load
    counter = iter(range(10**12))
    # Fingerprints name cache files only; pickling every function for them costs most of the time.
    datasets.fingerprint.update_fingerprint = lambda *_: f"{next(counter):016x}"
    datasets.fingerprint.generate_fingerprint = lambda *_: f"{next(counter):016x}"
    datasets.arrow_dataset.generate_fingerprint = datasets.fingerprint.generate_fingerprint
    datasets.Dataset.map = noting(datasets.Dataset.map)
    # The harness compiles the same template for every document.
    lm_eval.utils.env.from_string = functools.lru_cache(maxsize=512)(lm_eval.utils.env.from_string)
    try:
        import nltk

        # Task modules ask for corpora when they are imported, and wait for a network that is not there.
        nltk.download = lambda *_, **__: False
    except ImportError:
        pass
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


@contextlib.contextmanager
def time_limit(seconds):
    """Stops what takes too much of the processor's time, or waits for several times as long."""

    def stop(*_):
        raise TooSlow(f"took more than {seconds} s")

    previous = signal.signal(signal.SIGPROF, stop), signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 4 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, previous[0])
        signal.signal(signal.SIGALRM, previous[1])


@contextlib.contextmanager
def quiet():
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def configuration_of(entry):
    """A task's configuration with its functions, as the harness reads it."""
    with quiet(), time_limit(60):
        config = load_yaml(entry.yaml_path, resolve_func=True)
    for key in ("tag", "group", "task_list"):
        config.pop(key, None)
    note_generators(config)
    return config


# Random generators of the modules of tasks' functions, with their states when the module was new.
GENERATORS = {}


def note_generators(value):
    if isinstance(value, dict):
        for inner in value.values():
            note_generators(inner)
    elif isinstance(value, list):
        for inner in value:
            note_generators(inner)
    elif callable(value):
        for found in getattr(unwrapped(value)[0], "__globals__", {}).values():
            if isinstance(found, random.Random) and id(found) not in GENERATORS:
                GENERATORS[id(found)] = found, found.getstate()


def copied(value):
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [copied(inner) for inner in value]
    return value


DRAWN_IN_MAP = [0]


def noting(map_rows):
    """`Dataset.map` that counts the calls in which random numbers were drawn."""

    @functools.wraps(map_rows)
    def inner(*arguments, **named):
        before = state()
        result = map_rows(*arguments, **named)
        DRAWN_IN_MAP[0] += state() != before
        return result

    return inner


class OncePerSplit:
    """A `process_docs` that works on each split once; the harness calls it about seven times.

    That is what comes of it with rows on disk, where the library keeps what `map` made, random numbers
    included. One that draws outside of `map`, or whose result could be changed by others, is called each time.
    """

    def __init__(self, function):
        self.function, self.known = function, {}
        functools.update_wrapper(self, function)

    def __call__(self, rows, *arguments, **named):
        found = self.known.get(id(rows))
        if found is not None and not arguments and not named:
            return found[1]
        before, drawn = state(), DRAWN_IN_MAP[0]
        result = self.function(rows, *arguments, **named)
        kept = state() == before or DRAWN_IN_MAP[0] > drawn
        if isinstance(result, datasets.Dataset) and not arguments and not named and kept:
            self.known[id(rows)] = (rows, result)
        return result


def with_data_of_class(config):
    """The configuration of a task class with what the class itself says of its data."""
    kind = config["class"]
    return {**config, "dataset_path": kind.DATASET_PATH, "dataset_name": kind.DATASET_NAME,
            "training_split": "train", "validation_split": "validation"}  # fmt: skip


def build(config):
    """The task object of a configuration."""
    if config.get("class") is not None:
        kind = config["class"]
        task = kind(config=copied(config)) if _ctor_accepts_config(kind) else kind()
        task.config.task = config["task"]
        return task
    metadata = config.get("metadata")
    config = copied(config) | ({} if metadata is None else {"metadata": copied(metadata)})
    if callable(config.get("process_docs")):
        config["process_docs"] = OncePerSplit(config["process_docs"])
    return ConfigurableTask(config=config)


def state():
    own = [generator.getstate() for generator, _ in GENERATORS.values()]
    return random.getstate(), numpy.random.get_state()[1].tobytes(), numpy.random.get_state()[2], own


def evaluate(config, model, shots=None, bootstrap=0, limit=None):
    """Evaluates a task; gives the task, the results and whether the task drew random numbers itself."""
    name = config["task"]
    random.seed(SEED)
    numpy.random.seed(OTHER_SEED)
    for generator, new in GENERATORS.values():
        generator.setstate(new)
    before = state()
    task = build(config)
    if shots is not None and task.get_config("num_fewshot") != 0:
        task.set_config(key="num_fewshot", value=shots)
    elif task.get_config("num_fewshot") is None:
        task.set_config(key="num_fewshot", value=0)
    task.set_fewshot_seed(seed=OTHER_SEED)
    model.add(name, task)
    results = lm_eval.evaluator.evaluate(
        lm=model,
        task_dict={"tasks": {name: task}, "groups": {}, "group_map": {}},
        limit=limit,
        bootstrap_iters=bootstrap,
        log_samples=False,
        confirm_run_unsafe_code=True,
    )
    return task, results, state() != before


def request_lines(name, task):
    """The requests of a task as Assay writes them."""
    return [
        json.dumps(
            {
                "task": name,
                "doc_id": instance.doc_id,
                "idx": instance.idx,
                "request_type": instance.request_type,
                "arguments": list(instance.args),
            },
            ensure_ascii=False,
        )
        for instance in task.instances
    ]


def kept_results(name, results):
    return {key: harness.plain(copy.copy(results.get(key, {}).get(name))) for key in COMPARED}
