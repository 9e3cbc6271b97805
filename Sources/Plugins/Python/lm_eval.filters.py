"""Filters by their names, and pipelines of them."""

from functools import partial

from lm_eval.api.filter import FilterEnsemble
from lm_eval.api.registry import get_filter
from lm_eval.filters import extraction, selection, transformation


def build_filter_ensemble(filter_name, components):
    return FilterEnsemble(
        name=filter_name, filters=[partial(get_filter(name), **(options or {})) for name, options in components]
    )
