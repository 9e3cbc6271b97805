"""What the other side can ask for; the names and shapes are `ForeignMethod`'s over there."""

import inspect
import sys

from _assay import rows, tasks
from _assay.errors import Trouble, trouble
from _assay.functions import resolve
from _assay.host import beat
from _assay.wire import Packed


_sources = {}


def name_of(parameters):
    function = parameters.get("function")
    return function["name"] if function else parameters.get("registered", "?")


def load(parameters):
    thing = resolve(parameters["function"])
    name = getattr(thing, "__name__", None)
    if not isinstance(name, str):
        name = parameters["function"]["name"].rpartition(".")[2]
    if inspect.isclass(thing):
        return {"kind": "class", "name": name}
    if callable(thing):
        return {"kind": "function", "name": name}
    return {"kind": "value", "name": name, "value": thing}


def sources(parameters):
    return [source(resolve(function)) for function in parameters["functions"]]


def source(thing):
    if not callable(thing):
        return {"value": thing}
    if thing not in _sources:
        try:
            _sources[thing] = inspect.getsource(thing)
        except (TypeError, OSError):
            _sources[thing] = None
    return {} if _sources[thing] is None else {"source": _sources[thing]}


def function_of(parameters, kind="metric"):
    """The function of a task, or one that a task's module has registered under a name."""
    if parameters.get("function") is not None:
        thing = resolve(parameters["function"])
    else:
        thing = registered(kind, parameters["registered"])
    if not callable(thing):
        raise Trouble("missing-function", f"`{name_of(parameters)}` is {rows.article(thing)}, not a function")
    return thing


def call(parameters):
    function = function_of(parameters, "aggregation")
    return function(*parameters.get("arguments", ()), **parameters.get("keywords", {}))


def outcomes(name, arguments, function, check=None):
    """The function's result for each bundle of arguments; an error concerns its own bundle only."""
    found = []
    for bundle in arguments:
        try:
            value = function(*bundle)
            if check is not None:
                check(value)
            # Packed here, where an error in a stream, or a circle, still has a row.
            found.append({"value": Packed(value)})
        except BaseException as error:
            found.append({"error": trouble(error, name).data()})
        beat()
    return found


def map_rows(parameters):
    function = function_of(parameters)
    return outcomes(name_of(parameters), ((row,) for row in rows.rows_of(parameters["table"])), function)


def process_rows(parameters):
    function = function_of(parameters)
    return rows.table_of(function(rows.dataset_of(parameters["table"])), name_of(parameters))


def load_rows(parameters):
    name = name_of(parameters)
    splits = function_of(parameters)(**parameters.get("keywords", {}))
    if not hasattr(splits, "items"):
        raise Trouble(
            "unusable-result",
            f"`{name}` returned {rows.article(splits)}, not a mapping from the names of splits to data sets",
        )
    return {str(split): rows.table_of(table, name) for split, table in splits.items()}


def process_results(parameters):
    name = name_of(parameters)

    def check(value):
        if not isinstance(value, dict):
            raise Trouble(
                "unusable-result", f"`{name}` returned {rows.article(value)}, not a mapping from metrics to values"
            )

    bundles = zip(rows.rows_of(parameters["table"]), parameters["answers"])
    return outcomes(name, bundles, function_of(parameters), check)


def score_pairs(parameters):
    function, keywords = function_of(parameters), parameters.get("keywords", {})

    def score(gold, result):
        try:
            return function(references=[gold], predictions=[result], **keywords)
        except TypeError as first:
            try:
                return function([gold, result])
            except TypeError as second:
                # The second try is a custom of the harness; what the function itself says is in the first.
                raise (first if depth(first) >= depth(second) else second) from None

    return outcomes(name_of(parameters), zip(parameters["golds"], parameters["results"]), score)


def depth(error):
    count, place = 0, error.__traceback__
    while place is not None:
        count, place = count + 1, place.tb_next
    return count


def filter_answers(parameters):
    name, keywords = name_of(parameters), parameters.get("keywords", {})
    thing = function_of(parameters, "filter")
    documents = rows.rows_of(parameters["table"])
    answers = parameters["answers"]
    if inspect.isclass(thing):
        left = thing(**keywords).apply(answers, documents)
    else:
        left = thing(answers, documents)
    try:
        left = list(left)
    except TypeError:
        raise Trouble("unusable-result", f"`{name}` returned {rows.article(left)}, not a list of answers") from None
    if len(left) != len(parameters["answers"]):
        raise Trouble(
            "unusable-result", f"`{name}` returned {len(left)} lists of answers for {len(parameters['answers'])}"
        )
    return left


def sample(parameters):
    pool = rows.rows_of(parameters["table"])
    sampler = resolve(parameters["function"])(pool, rnd=None)
    sampler.set_rnd(parameters["seed"])
    chosen = []
    for excluded in parameters["excluded"]:
        chosen.append([dict(row) for row in sampler.sample(n=parameters["count"], eval_doc=excluded)])
        beat()
    return chosen


def registered(kind, name):
    """What stands under a name in the registry, if a module has been imported that knows the registry at all."""
    module = sys.modules.get("lm_eval.api.registry")
    table = getattr(module, f"{kind}_registry", None)
    if table is None or name not in table:
        raise Trouble("missing-function", f"no module of a task has registered the {kind} `{name}`")
    return table.get(name)


def is_registered(parameters):
    module = sys.modules.get("lm_eval.api.registry")
    table = getattr(module, f"{parameters['kind']}_registry", None)
    return table is not None and parameters["name"] in table


METHODS = {
    "function.load": load,
    "function.sources": sources,
    "function.call": call,
    "rows.map": map_rows,
    "rows.process": process_rows,
    "rows.load": load_rows,
    "results.process": process_results,
    "metric.score": score_pairs,
    "filter.apply": filter_answers,
    "examples.sample": sample,
    "registry.has": is_registered,
    "task.make": tasks.make,
    "task.requests": tasks.build,
    "task.score": tasks.score,
    "task.aggregate": tasks.aggregate,
}
