"""Aggregations and small tools for metrics."""

import math

from lm_eval.api.registry import register_aggregation


@register_aggregation("mean")
def mean(arr):
    return sum(arr) / len(arr)


@register_aggregation("nanmean")
def nanmean(arr):
    there = [value for value in arr if value == value]
    return sum(there) / len(there) if there else math.nan


@register_aggregation("median")
def median(arr):
    return sorted(arr)[len(arr) // 2]


@register_aggregation("perplexity")
def perplexity(items):
    return math.exp(-mean(items))


def weighted_mean(items):
    values, weights = zip(*items)
    return sum(values) / sum(weights)


@register_aggregation("weighted_perplexity")
def weighted_perplexity(items):
    return math.exp(-weighted_mean(items))


@register_aggregation("bits_per_byte")
def bits_per_byte(items):
    return -weighted_mean(items) / math.log(2)


@register_aggregation("bypass")
def bypass_agg(arr):
    return 999


def metric_max_over_ground_truths(metric_fn, prediction, ground_truths):
    """The best score of one prediction over all right answers."""
    return max([metric_fn(prediction, truth) for truth in ground_truths])


def pop_stddev(arr):
    middle = mean(arr)
    return math.sqrt(sum((value - middle) ** 2 for value in arr) / len(arr))


def sample_stddev(arr):
    middle = mean(arr)
    return math.sqrt(sum((value - middle) ** 2 for value in arr) / (len(arr) - 1))


def mean_stderr(arr):
    return sample_stddev(arr) / math.sqrt(len(arr))


def is_non_str_iterable(obj):
    return hasattr(obj, "__iter__") and not isinstance(obj, str)
