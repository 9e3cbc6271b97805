"""Filters that take a part out of an answer."""

import re
import sys
import unicodedata

from lm_eval.api.filter import Filter
from lm_eval.api.registry import register_filter


def _first(match):
    """The text of a match; of several groups the first that is not empty, or None."""
    return next((part for part in match if part), None) if isinstance(match, tuple) else match


@register_filter("regex")
class RegexFilter(Filter):
    """Keeps what a pattern finds in each answer."""

    def __init__(self, regex_pattern=r"#### (\-?[0-9\.\,]+)", group_select=0, fallback="[invalid]"):
        self.regex_pattern = regex_pattern
        self.regex = re.compile(regex_pattern)
        self.group_select = group_select
        self.fallback = fallback

    def apply(self, resps, docs):
        return [[self._found(answer) for answer in answers] for answers in resps]

    def _found(self, answer):
        found = self.regex.findall(answer if isinstance(answer, str) else "")
        if not found:
            return self.fallback
        match = _first(found[self.group_select])
        return (self.fallback if match is None else match).strip()


@register_filter("remove_whitespace")
class WhitespaceFilter(Filter):
    """Strips each answer."""

    def apply(self, resps, docs):
        return [[answer.strip() for answer in answers] for answers in resps]


@register_filter("multi_choice_regex")
class MultiChoiceRegexFilter(RegexFilter):
    """Finds the letter of a choice: by the pattern, by the text of a choice, or by a letter after a colon."""

    def __init__(
        self,
        regex_pattern=r"#### (\-?[0-9\.\,]+)",
        group_select=0,
        fallback="[invalid]",
        ignore_case=False,
        ignore_punctuation=False,
        regexes_to_ignore=None,
    ):
        super().__init__(regex_pattern, group_select, fallback)
        self.ignore_case = ignore_case
        self.ignore_punctuation = ignore_punctuation
        self.regexes_to_ignore = regexes_to_ignore

    def apply(self, resps, docs):
        if self.ignore_punctuation:
            marks = dict.fromkeys(
                code for code in range(sys.maxunicode) if unicodedata.category(chr(code)).startswith("P")
            )
        else:
            marks = {}

        def cleaned(text):
            for pattern in self.regexes_to_ignore or ():
                text = re.sub(pattern, "", text)
            text = text.lower() if self.ignore_case else text
            return text.translate(marks)

        return [self._letters(answers, doc["choices"], cleaned) for answers, doc in zip(resps, docs)]

    def _letters(self, answers, choices, cleaned):
        texts = [cleaned(choice.strip()) for choice in choices]
        letters = [chr(ord("A") + place) for place in range(len(choices))]
        by_text = {text: f"({letter})" for text, letter in zip(texts, letters)}
        by_letter = {letter: f"({letter})" for letter in letters}
        any_text = re.compile("|".join(sorted(map(re.escape, texts), key=len, reverse=True)))
        any_letter = re.compile(rf":[\s]*({'|'.join(letters)})")
        out = []
        for answer in answers:
            match = self._match(self.regex, answer, {})
            match = match or self._match(any_text, cleaned(answer), by_text)
            match = match or self._match(any_letter, answer, by_letter)
            out.append(match or self.fallback)
        return out

    def _match(self, pattern, answer, names):
        found = pattern.findall(answer if isinstance(answer, str) else "")
        if not found:
            return None
        match = (_first(found[self.group_select]) or "").strip()
        return names.get(match, match) if match else match
