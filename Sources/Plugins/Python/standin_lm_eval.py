"""What task helpers import from the harness, for where it is not installed."""

import logging
import random
import re

from assay_host.functions import Trouble

# lm_eval.utils

eval_logger = logging.getLogger("lm-eval")


def weighted_f1_score(items):
    """F1 of each class, weighted by how often it is right."""
    golds, guesses = zip(*items)
    total = 0.0
    for label in set(golds):
        hits = sum(gold == guess == label for gold, guess in zip(golds, guesses))
        size = sum(gold == label for gold in golds)
        given = sum(guess == label for guess in guesses)
        total += size * (2 * hits / (size + given))
    return total / len(golds)


def general_detokenize(string):
    """Takes out the spaces that a tokenizer of words put in."""
    for spaced, joined in [(" n't", "n't"), (" )", ")"), ("( ", "("), ('" ', '"'), (' "', '"')]:
        string = string.replace(spaced, joined)
    return re.sub(r" (['.,])", r"\1", string)


# lm_eval.api.registry

FILTER_REGISTRY, METRIC_REGISTRY, AGGREGATION_REGISTRY, HIGHER_IS_BETTER_REGISTRY = {}, {}, {}, {}


def _keeping(registry, *names):
    def keep(thing):
        for name in names:
            registry[name] = thing
        return thing

    return keep


def register_filter(name):
    return _keeping(FILTER_REGISTRY, name)


def register_aggregation(name):
    return _keeping(AGGREGATION_REGISTRY, name)


def register_metric(metric, higher_is_better=None, aggregation=None, **_):
    HIGHER_IS_BETTER_REGISTRY[metric] = higher_is_better
    return _keeping(METRIC_REGISTRY, metric)


def register_task(*names):
    return lambda thing: thing


def get_filter(name):
    return FILTER_REGISTRY[name] if isinstance(name, str) else name


# lm_eval.api.filter and lm_eval.filters


class Filter:
    def __init__(self, **kwargs):
        pass

    def apply(self, resps, docs):
        return resps


class RegexFilter(Filter):
    """The find of a pattern in each answer, or the fallback."""

    def __init__(
        self, regex_pattern=r"#### (\-?[0-9\.\,]+)", group_select=0, fallback="[invalid]", **kwargs
    ):
        super().__init__(**kwargs)
        self.regex_pattern, self.group_select, self.fallback = regex_pattern, group_select, fallback
        self.regex = re.compile(regex_pattern)

    def apply(self, resps, docs):
        return [[self._found(answer) for answer in answers] for answers in resps]

    def _found(self, answer):
        found = self.regex.findall(answer if isinstance(answer, str) else "")
        if not found:
            return self.fallback
        match = found[self.group_select]
        if isinstance(match, tuple):
            parts = [part for part in match if part]
            if not parts:
                return self.fallback
            match = parts[0]
        return match.strip()


# lm_eval.api.metrics


def mean(items):
    return sum(items) / len(items)


def metric_max_over_ground_truths(metric_fn, prediction, ground_truths):
    """The best score over several right answers."""
    return max(metric_fn(prediction, truth) for truth in ground_truths)


# lm_eval.api.instance, lm_eval.api.samplers


class Instance:
    def __init__(self, request_type, doc, arguments, idx, **keywords):
        self.request_type, self.doc, self.arguments, self.idx = request_type, doc, arguments, idx
        self.resps, self.filtered_resps = [], {}
        self.__dict__.update(keywords)

    @property
    def args(self):
        return self.arguments if isinstance(self.arguments, tuple) else (self.arguments,)


class ContextSampler:
    """Draws examples anew for each document."""

    def __init__(self, df=None, *, rnd=None, **_):
        self.df, self.rnd = df, random.Random(rnd)

    def set_rnd(self, rnd):
        self.rnd = random.Random(rnd)
        return self

    def replace_df(self, df):
        self.df = df
        return self

    @property
    def fewshot_docs(self):
        return self.df or []

    def sample(self, n, eval_doc=None, df=None, **_):
        rows = df if df is not None else self.fewshot_docs
        if eval_doc is None:
            return self.rnd.sample(rows, n)
        return [row for row in self.rnd.sample(rows, n + 1) if row != eval_doc][:n]


class FirstNSampler(ContextSampler):
    def sample(self, n, eval_doc=None, df=None, **_):
        rows = df if df is not None else self.fewshot_docs
        return [row for row in rows if eval_doc is None or row != eval_doc][:n]


# lm_eval.api.task


class _NotHere:
    """A class that only the harness itself can give."""

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)

    def __init__(self, *_, **__):
        raise Trouble(
            "missing-module",
            f"the task class `{type(self).__name__}` needs the harness, which is not installed",
            help="pip install lm_eval==0.4.13 for the interpreter that calls the functions",
        )


class Task(_NotHere):
    pass


class ConfigurableTask(Task):
    pass


def _names(*things, **others):
    return {"names": {**{thing.__name__: thing for thing in things}, **others}}


_PACKAGE = {"package": True, "names": {}}
_REGISTRIES = {
    "FILTER_REGISTRY": FILTER_REGISTRY,
    "METRIC_REGISTRY": METRIC_REGISTRY,
    "AGGREGATION_REGISTRY": AGGREGATION_REGISTRY,
    "HIGHER_IS_BETTER_REGISTRY": HIGHER_IS_BETTER_REGISTRY,
}

MODULES = {
    "lm_eval": {"package": True, "names": {"__version__": "0.4.13"}},
    "lm_eval.utils": _names(weighted_f1_score, general_detokenize, eval_logger=eval_logger, logging=logging),
    "lm_eval.tasks": _PACKAGE,
    "lm_eval.api": _PACKAGE,
    "lm_eval.api.registry": _names(
        register_filter, register_aggregation, register_metric, register_task, get_filter, **_REGISTRIES
    ),
    "lm_eval.api.filter": _names(Filter),
    "lm_eval.api.metrics": _names(mean, metric_max_over_ground_truths),
    "lm_eval.api.instance": _names(Instance),
    "lm_eval.api.samplers": _names(ContextSampler, FirstNSampler),
    "lm_eval.api.task": _names(Task, ConfigurableTask),
    "lm_eval.filters": _PACKAGE,
    "lm_eval.filters.extraction": _names(RegexFilter, Filter, register_filter),
}
