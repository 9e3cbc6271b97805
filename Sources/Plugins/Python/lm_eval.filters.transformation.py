"""Filters that change each answer."""

from lm_eval.api.filter import Filter
from lm_eval.api.registry import register_filter


@register_filter("lowercase")
class LowercaseFilter(Filter):
    def apply(self, resps, docs):
        return [[answer.lower() for answer in answers] for answers in resps]


@register_filter("uppercase")
class UppercaseFilter(Filter):
    def apply(self, resps, docs):
        return [[answer.upper() for answer in answers] for answers in resps]


@register_filter("map")
class MapFilter(Filter):
    def __init__(self, mapping_dict=None, default_value=None):
        self.mapping_dict = mapping_dict or {}
        self.default_value = default_value

    def apply(self, resps, docs):
        return [[self.mapping_dict.get(answer, self.default_value) for answer in answers] for answers in resps]
