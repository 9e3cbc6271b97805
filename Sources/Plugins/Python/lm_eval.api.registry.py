"""Where modules of tasks register filters, metrics and aggregations under names."""


class Registry(dict):
    """Names and what stands under them; a name is given once."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def register(self, *names, target=None):
        def store(thing):
            for name in names or (getattr(thing, "__name__", str(thing)),):
                if name in self and self[name] is not thing:
                    raise ValueError(f"the {self.kind} {name!r} is registered twice")
                self[name] = thing
            return thing

        return store if target is None else store(target)


filter_registry = FILTER_REGISTRY = Registry("filter")
metric_registry = METRIC_REGISTRY = Registry("metric")
aggregation_registry = AGGREGATION_REGISTRY = Registry("aggregation")
metric_agg_registry = METRIC_AGGREGATION_REGISTRY = Registry("aggregation of the metric")
higher_is_better_registry = HIGHER_IS_BETTER_REGISTRY = Registry("direction of the metric")
model_registry = MODEL_REGISTRY = Registry("model")

DEFAULT_METRIC_REGISTRY = {
    "loglikelihood": ["perplexity", "acc"],
    "loglikelihood_rolling": ["word_perplexity", "byte_perplexity", "bits_per_byte"],
    "multiple_choice": ["acc", "acc_norm"],
    "generate_until": ["exact_match"],
}


def register_filter(name):
    return filter_registry.register(name)


def register_aggregation(name):
    return aggregation_registry.register(name)


def register_model(*names):
    return model_registry.register(*names)


def register_metric(**facts):
    name = facts["metric"]

    def store(function):
        metric_registry.register(name)(function)
        if "higher_is_better" in facts:
            higher_is_better_registry.register(name)(facts["higher_is_better"])
        if "aggregation" in facts:
            import lm_eval.api.metrics  # the aggregations that everybody has

            metric_agg_registry.register(name)(aggregation_registry[facts["aggregation"]])
        return function

    return store


def register_task(*names):
    return lambda thing: thing


def get_filter(name):
    return name if callable(name) else filter_registry[name]


def get_metric(name, hf_evaluate_metric=False):
    return metric_registry.get(name)


def get_aggregation(name):
    import lm_eval.api.metrics

    return aggregation_registry.get(name)


def get_metric_aggregation(name):
    return metric_agg_registry.get(name)


def is_higher_better(name):
    return higher_is_better_registry.get(name)
