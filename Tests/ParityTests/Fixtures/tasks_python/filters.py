"""Filters as classes."""

from lm_eval.api.filter import Filter
from lm_eval.filters.extraction import RegexFilter


class LastNumber(RegexFilter):
    def __init__(self, regex_pattern=r"(-?\d+)", group_select=-1, fallback="none"):
        super().__init__(regex_pattern, group_select, fallback)


class Trimmed(Filter):
    def __init__(self, characters=" ", **kwargs):
        super().__init__(**kwargs)
        self.characters = characters

    def apply(self, resps, docs):
        return [[text.strip(self.characters) for text in answers] for answers in resps]
