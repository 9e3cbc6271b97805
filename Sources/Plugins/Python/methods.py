"""What the other side can ask for."""

import sys

from assay_host import functions, tables
from assay_host.functions import Trouble

server = None


def call(method, params):
    return _METHODS[method](params)


def _outcomes(name, work, items):
    """The outcome of each item, where one that fails does not stop the others."""
    outcomes = []
    for item in items:
        try:
            outcomes.append({"value": work(*item)})
        except BaseException as error:
            outcomes.append({"error": functions.raised(error, name).data})
        server.alive()
    return outcomes


def _load(params):
    thing = functions.find(params["function"])
    kind = "class" if isinstance(thing, type) else "function" if callable(thing) else "value"
    inner = thing
    while hasattr(inner, "func"):
        inner = inner.func
    name = getattr(thing, "__name__", None) or getattr(inner, "__name__", params["function"]["name"])
    return {"kind": kind, "name": name, "value": thing if kind == "value" else None}


def _callable(params):
    thing = functions.find(params["function"])
    if not callable(thing):
        name = params["function"]["name"]
        raise Trouble("unusable-result", f"`{name}` is {type(thing).__name__}, not a function")
    return thing


def _invoke(params):
    return _callable(params)(*params["arguments"], **params["keywords"])


def _map_rows(params):
    function = _callable(params)
    rows = ((row,) for row in tables.rows(params["table"]))
    return _outcomes(params["function"]["name"], function, rows)


def _process_rows(params):
    function = _callable(params)
    result = function(tables.dataset(params["table"]))
    return tables.table(result, params["function"]["name"])


def _load_rows(params):
    thing = functions.find(params["function"])
    name = params["function"]["name"]
    splits = thing(**params["keywords"])
    if not hasattr(splits, "items"):
        raise Trouble("unusable-result", f"`{name}` gave {type(splits).__name__}, not a mapping of splits")
    return {str(split): tables.table(rows, name) for split, rows in splits.items()}


def _process_results(params):
    function = _callable(params)
    name = params["function"]["name"]

    def numbers(row, answers):
        result = function(row, answers)
        if not hasattr(result, "items"):
            raise Trouble("unusable-result", f"`{name}` gave {type(result).__name__}, not a mapping of numbers")
        return {str(key): value for key, value in result.items()}

    return _outcomes(name, numbers, zip(tables.rows(params["table"]), params["answers"]))


def _score_pairs(params):
    function = _callable(params)
    keywords = params["keywords"]

    def score(gold, result):
        try:
            return function(references=[gold], predictions=[result], **keywords)
        except TypeError as error:
            first = error
        try:
            return function([gold, result])
        except TypeError:
            # The second way is only a way around the first, whose error tells more.
            raise first from None

    return _outcomes(params["function"]["name"], score, zip(params["golds"], params["results"]))


def _filter_answers(params):
    docs, answers = tables.rows(params["table"]), params["answers"]
    if "registered" in params:
        return list(_registry("filter")[params["registered"]](**params["keywords"]).apply(answers, docs))
    thing = _callable(params)
    if isinstance(thing, type):
        return list(thing(**params["keywords"]).apply(answers, docs))
    return list(thing(answers, docs))


def _sample(params):
    pool = tables.rows(params["table"])
    sampler = functions.find(params["function"])(pool, rnd=None)
    sampler.set_rnd(params["seed"])
    chosen = []
    for excluded in params["excluded"]:
        chosen.append([dict(row) for row in sampler.sample(n=params["count"], eval_doc=excluded)])
        server.alive()
    return chosen


def _registry(kind):
    registry = sys.modules.get("lm_eval.api.registry")
    if registry is None:
        return {}
    names = {"filter": "FILTER_REGISTRY", "metric": "METRIC_REGISTRY", "aggregation": "AGGREGATION_REGISTRY"}
    return getattr(registry, names[kind])


def _is_registered(params):
    return params["name"] in _registry(params["kind"])


_METHODS = {
    "function.load": _load,
    "function.call": _invoke,
    "rows.map": _map_rows,
    "rows.process": _process_rows,
    "rows.load": _load_rows,
    "results.process": _process_results,
    "metric.score": _score_pairs,
    "filter.apply": _filter_answers,
    "examples.sample": _sample,
    "registry.has": _is_registered,
}
