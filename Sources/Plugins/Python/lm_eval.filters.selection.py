"""Filters that choose among the answers to one request."""

from collections import Counter

from lm_eval.api.filter import Filter
from lm_eval.api.registry import register_filter


@register_filter("take_first")
class TakeFirstFilter(Filter):
    def apply(self, resps, docs):
        return [answers[0] for answers in resps]


@register_filter("take_first_k")
class TakeKFilter(Filter):
    def __init__(self, **kwargs):
        self.k = kwargs.pop("k")

    def apply(self, resps, docs):
        resps = list(resps)
        if resps and len(resps[0]) < self.k:
            raise AssertionError(f"{self.k} answers are wanted and there are {len(resps[0])}: set `repeats`")
        return [answers[: self.k] for answers in resps]


@register_filter("majority_vote")
class MajorityVoteFilter(Filter):
    def apply(self, resps, docs):
        return [[Counter(answers).most_common(1)[0][0]] for answers in resps]
