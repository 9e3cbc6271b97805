"""Filters that helper modules build on."""

from lm_eval.filters import extraction
