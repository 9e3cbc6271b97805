"""Tasks that are objects of a class of their author's, from their making to their scores."""

import inspect
import logging
import sys

from _assay import rows
from _assay.errors import Trouble, trouble
from _assay.functions import resolve
from _assay.host import ask, beat
from _assay.wire import Packed

KINDS = ("loglikelihood", "loglikelihood_rolling", "generate_until")


class Task:
    """One such object; it stays here, and a number stands for it over there."""

    def __init__(self, name, thing):
        self.name = name
        self.thing = thing
        # For each document its number and its requests, as they are scored.
        self.documents = []
        # What `doc_iterator` was asked for, to be asked again.
        self.portion = {}
        self.values = {}


def make(parameters):
    """Makes the object as the harness does, and lays over it what the command line says."""
    name = parameters["function"]["name"]
    kind = resolve(parameters["function"])
    if not callable(kind):
        raise Trouble("missing-function", f"`{name}` is {rows.article(kind)}, not a class")
    config = parameters["config"]
    for place in parameters["functions"]:
        put(config, place["path"], kind if place["path"] == ["class"] else resolve(place["function"]))
    if logging.getLogger("lm_eval").level == logging.NOTSET:
        # What the base class remarks on configurations is no news of this task.
        logging.getLogger("lm_eval").setLevel(logging.ERROR)
    thing = kind(config=config) if takes_config(kind) else kind()
    if hasattr(thing, "config") and hasattr(thing.config, "task"):
        thing.config.task = config["task"]
    if parameters["generation"] and thing.get_config("output_type") == "generate_until":
        thing.set_config(key="generation_kwargs", value=parameters["generation"], update=True)
    shots, own = parameters["shots"], thing.get_config("num_fewshot")
    if (own is None) if shots is None else (own != 0):
        thing.set_config(key="num_fewshot", value=shots or 0)
    thing.set_fewshot_seed(seed=parameters["seed"])
    return {
        "task": Task(name, thing),
        "count": len(thing.eval_docs),
        "unsafe": bool(getattr(thing, "UNSAFE_CODE", False)),
        "media": bool(getattr(thing, "MULTIMODAL", False)),
    }


def put(config, path, thing):
    for key in path[:-1]:
        config = config[key]
    config[path[-1]] = thing


def takes_config(kind):
    try:
        return "config" in inspect.signature(kind.__init__).parameters
    except (TypeError, ValueError):
        return False


class Progress:
    """Watches an object while it builds requests: which document it is at, and that work goes on."""

    BEFORE = ("doc_to_prefix", "fewshot_context")

    def __init__(self, thing):
        self.thing = thing
        self.taken = []
        self.is_inside = False
        self.saved = {}

    def __enter__(self):
        for name in self.BEFORE:
            self.replace(name, self.begun)
        self.replace("construct_requests", self.ended)
        return self

    def __exit__(self, *_):
        for name, (was_own, original) in self.saved.items():
            if was_own:
                setattr(self.thing, name, original)
            else:
                vars(self.thing).pop(name, None)

    def replace(self, name, around):
        original = getattr(self.thing, name, None)
        if original is None or not hasattr(self.thing, "__dict__"):
            return
        self.saved[name] = (name in vars(self.thing), original)
        setattr(self.thing, name, lambda *arguments, **keywords: around(original, arguments, keywords))

    def begun(self, function, arguments, keywords):
        self.is_inside = True
        return function(*arguments, **keywords)

    def ended(self, function, arguments, keywords):
        self.is_inside = True
        made = function(*arguments, **keywords)
        self.is_inside = False
        self.taken.append(keywords.get("doc", arguments[0] if arguments else None))
        beat()
        return made


def build(parameters):
    """All requests of the documents that are wanted."""
    task = parameters["task"]
    thing = task.thing
    task.portion = {"limit": parameters["limit"], "samples": parameters["samples"]}

    def chat(messages, add_generation_prompt=True):
        return ask("chat.text", {"messages": list(messages), "open": not add_generation_prompt})

    progress = Progress(thing)
    try:
        with progress:
            thing.build_all_requests(
                **task.portion,
                rank=0,
                world_size=1,
                cache_requests=False,
                rewrite_requests_cache=False,
                system_instruction=parameters["system"],
                apply_chat_template=parameters["chat"],
                fewshot_as_multiturn=parameters["multiturn"],
                chat_template=chat if parameters["chat"] else None,
            )
    except BaseException as error:
        raise at_document(error, task, len(progress.taken) if progress.is_inside else None) from None
    groups = {number: [] for number in range(len(progress.taken))}
    for instance in thing.instances:
        groups.setdefault(instance.doc_id, []).append(instance)
    for group in groups.values():
        group.sort(key=lambda instance: instance.idx)
    task.documents = list(groups.items())
    return {
        "documents": [document(task, number, group, progress.taken) for number, group in task.documents],
        "configuration": named(thing.dump_config()),
        "version": thing.VERSION,
        "output_type": getattr(thing, "OUTPUT_TYPE", None),
    }


def named(value):
    """Settings with names for the functions that are still in them, whose texts would be addresses."""
    if isinstance(value, dict):
        return {key: named(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [named(item) for item in value]
    return getattr(value, "__qualname__", str(value)) if callable(value) else value


def at_document(error, task, number):
    """The error with the number of its row in the data, where it came of one."""
    found = trouble(error, task.name)
    if number is None:
        return found
    samples = task.portion["samples"]
    number = samples[number] if samples and number < len(samples) else number
    return Trouble(found.kind, f"{found} (document {number})", found.help, found.traceback)


def document(task, number, group, taken):
    doc = taken[number] if number is not None and number < len(taken) else group[0].doc
    try:
        target = Packed(task.thing.doc_to_target(doc))
    except Exception:
        # Only to be shown: a class need not have one.
        target = None
    beat()
    try:
        requests = [request(task, instance) for instance in group]
    except Trouble as error:
        raise at_document(error, task, number) from None
    return {"number": number, "doc": doc, "target": target, "requests": requests}


def request(task, instance):
    """The number among the document's requests, the kind, what is asked, and how often."""
    kind, arguments, times = instance.request_type, list(instance.args), instance.repeats

    def refuse(what, help=None):
        return Trouble("unusable-result", f"`{task.name}` makes {what}", help)

    if kind not in KINDS:
        raise refuse(f"a request of the unknown type {kind!r}", "there are " + ", ".join(KINDS))
    if not isinstance(times, int) or times < 1:
        raise refuse(
            "a request that belongs to no document", "`construct_requests` hands its `**kwargs` on to `Instance`"
        )
    count = 1 if kind == "loglikelihood_rolling" else 2
    if len(arguments) < count:
        raise refuse(f"a {kind} request with {len(arguments)} arguments where {count} are needed")
    texts = arguments[:1] if kind != "loglikelihood" else arguments[:2]
    for text in texts:
        if not isinstance(text, str):
            raise refuse(f"a {kind} request with {rows.article(text)} where a text is needed")
    if kind == "generate_until" and not isinstance(arguments[1], dict):
        raise refuse(f"a generate_until request with {rows.article(arguments[1])} where a mapping is needed")
    return [instance.idx, kind, arguments[:count], times]


def score(parameters):
    """What each pipeline leaves of the answers, and what the class makes of it, document by document."""
    task = parameters["task"]
    thing = task.thing
    for (_, group), answers in zip(task.documents, parameters["answers"]):
        for instance, given in zip(group, answers):
            instance.resps = list(given)
    try:
        thing.apply_filters()
    except BaseException as error:
        raise at_document(error, task, None) from None
    groups = dict(task.documents)
    task.values = {}
    pipelines = []
    for name in list(thing.instances[0].filtered_resps):
        samples = [score_document(task, name, *each, groups) for each in documents_of(task)]
        pipelines.append({"name": str(name), "samples": samples})
    metrics = list(dict.fromkeys(metric for metric, _ in task.values))
    aggregations, directions = thing.aggregation(), thing.higher_is_better()
    return {
        "pipelines": pipelines,
        "aggregations": {metric: known_as(aggregations.get(metric)) for metric in metrics},
        "directions": directions,
    }


def documents_of(task):
    return task.thing.doc_iterator(rank=0, world_size=1, **task.portion)


def score_document(task, pipeline, number, doc, groups):
    left = [instance.filtered_resps[pipeline] for instance in groups.get(number, ())]
    try:
        metrics = task.thing.process_results(doc, left)
        if not isinstance(metrics, dict):
            raise Trouble(
                "unusable-result",
                f"`{task.name}.process_results` returned {rows.article(metrics)}, not a mapping from metrics to values",
            )
        sample = {"number": number, "filtered": left, "metrics": Packed(metrics)}
    except BaseException as error:
        raise at_document(error, task, number) from None
    for metric, value in metrics.items():
        task.values.setdefault((metric, pipeline), []).append(value)
    beat()
    return sample


def known_as(function):
    """The name of an aggregation that the other side has too; nothing for one of the author's own."""
    if function is None:
        return "mean"
    module = sys.modules.get("lm_eval.api.registry")
    for name, known in dict(getattr(module, "aggregation_registry", {}).items()).items():
        if known is function:
            return name
    return None


def aggregate(parameters):
    """The author's own way to put a metric's values together, with an error where the harness has one for it."""
    task, metric = parameters["task"], parameters["metric"]
    values = task.values[metric, parameters["pipeline"]]
    function = task.thing.aggregation()[metric]
    found = {"value": function(values), "error": None}
    module = sys.modules.get("lm_eval.api.metrics")
    if function is getattr(module, "acc_all", None) and len(values) > 1:
        found["error"] = module.acc_all_stderr(values)
    return found
