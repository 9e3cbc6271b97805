"""The classes that tasks written in Python build on: what such tasks commonly use of them."""

import ast
import random
import re
from copy import deepcopy
from dataclasses import asdict, dataclass, fields
from functools import partial
from inspect import getsource

import datasets
from lm_eval import filters, utils
from lm_eval.api import metrics, registry, samplers
from lm_eval.api.instance import Instance
from lm_eval.api.utils import Message, ends_with_whitespace, maybe_delimit, multiturn_to_singleturn, requires_delimiter

ALL_OUTPUT_TYPES = ["loglikelihood", "multiple_choice", "loglikelihood_rolling", "generate_until"]


class _Settings:
    """Settings that are attributes and, for those who want it, items."""

    def __getitem__(self, name):
        return getattr(self, name)

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def get(self, name, default=None):
        return getattr(self, name, default)


@dataclass
class FewshotConfig(_Settings):
    sampler: object = "default"
    split: object = None
    process_docs: object = None
    fewshot_indices: object = None
    samples: object = None
    doc_to_text: object = None
    doc_to_choice: object = None
    doc_to_target: object = None
    gen_prefix: object = None
    fewshot_delimiter: object = None
    target_delimiter: object = None


@dataclass
class TaskConfig(_Settings):
    task: object = None
    task_alias: object = None
    tag: object = None
    custom_dataset: object = None
    dataset_path: object = None
    dataset_name: object = None
    dataset_kwargs: object = None
    training_split: object = None
    validation_split: object = None
    test_split: object = None
    fewshot_split: object = None
    process_docs: object = None
    doc_to_text: object = None
    doc_to_target: object = None
    doc_to_image: object = None
    doc_to_audio: object = None
    unsafe_code: object = False
    doc_to_choice: object = None
    process_results: object = None
    use_prompt: object = None
    description: str = ""
    target_delimiter: str = " "
    fewshot_delimiter: str = "\n\n"
    fewshot_config: object = None
    num_fewshot: object = None
    metric_list: object = None
    output_type: str = "generate_until"
    generation_kwargs: object = None
    repeats: int = 1
    filter_list: object = None
    should_decontaminate: bool = False
    doc_to_decontamination_query: object = None
    gen_prefix: object = None
    metadata: object = None

    def __post_init__(self):
        if self.generation_kwargs is not None:
            if "temperature" in self.generation_kwargs:
                self.generation_kwargs["temperature"] = float(self.generation_kwargs["temperature"])
            self.generation_kwargs.setdefault("until", [self.fewshot_delimiter])
        elif self.output_type == "generate_until":
            self.generation_kwargs = {
                "temperature": 0.0,
                "do_sample": False,
                "max_gen_toks": 256,
                "until": [self.fewshot_delimiter],
            }
        if self.fewshot_config is None or isinstance(self.fewshot_config, dict):
            own = {"split": self.fewshot_split}
            for field in fields(FewshotConfig):
                if hasattr(self, field.name):
                    own[field.name] = getattr(self, field.name)
            self.fewshot_config = FewshotConfig(**{**own, **(self.fewshot_config or {})})

    def to_dict(self, keep_callable=False):
        """All that is not None; a function as its text."""

        def shown(thing):
            if keep_callable or not callable(thing):
                return thing
            try:
                return getsource(thing)
            except (TypeError, OSError):
                return str(thing)

        found = {name: value for name, value in asdict(self).items() if value is not None}
        for entry in found.get("metric_list", ()):
            entry.update({name: shown(value) for name, value in entry.items()})
        return {name: shown(value) for name, value in found.items()}


class Task:
    VERSION = None
    DATASET_PATH = None
    DATASET_NAME = None
    OUTPUT_TYPE = None

    def __init__(self, data_dir=None, cache_dir=None, download_mode=None, config=None):
        self.download(data_dir, cache_dir, download_mode)
        # lm_eval takes the mapping for the task's name, which is replaced later: no setting in it counts.
        self._config = TaskConfig()
        self._start()

    def _start(self):
        self._training_docs = self._fewshot_docs = self._instances = None
        self._filters = [filters.build_filter_ensemble("none", [["take_first", None]])]
        self.fewshot_rnd = None

    def download(self, data_dir=None, cache_dir=None, download_mode=None):
        self.dataset = datasets.load_dataset(path=self.DATASET_PATH, name=self.DATASET_NAME)

    # What the task is

    @property
    def config(self):
        return self._config

    @property
    def instances(self):
        return self._instances

    @property
    def task_name(self):
        return self.config.task

    def get_config(self, key):
        return getattr(self._config, key, None)

    def set_config(self, key, value, update=False):
        if update:
            getattr(self._config, key).update(value)
        else:
            setattr(self._config, key, value)

    def dump_config(self):
        return self.config.to_dict()

    def set_fewshot_seed(self, seed=None):
        self.fewshot_rnd = random.Random(seed)
        if hasattr(self, "sampler"):
            self.sampler.set_rnd(seed)

    # Its documents

    def has_training_docs(self):
        return False

    def has_validation_docs(self):
        return False

    def has_test_docs(self):
        return False

    def training_docs(self):
        return []

    def validation_docs(self):
        return []

    def test_docs(self):
        return []

    def fewshot_docs(self):
        if self.has_training_docs():
            return self.training_docs()
        return self.validation_docs() if self.has_validation_docs() else self.test_docs()

    def _process_doc(self, doc):
        return doc

    @property
    def eval_docs(self):
        if self.has_test_docs():
            return self.test_docs()
        if self.has_validation_docs():
            return self.validation_docs()
        raise ValueError(f"the task {self.task_name} has neither test nor validation documents")

    def doc_iterator(self, *, rank=0, limit=None, world_size=1, samples=None):
        docs = list(self.eval_docs)
        if samples:
            chosen = [doc for number, doc in enumerate(docs) if number in samples]
        else:
            chosen = docs[: int(limit)] if limit else docs
        return iter(list(enumerate(chosen))[rank::world_size])

    # Its prompts

    def doc_to_text(self, doc):
        raise NotImplementedError(f"{type(self).__name__} has no doc_to_text")

    def doc_to_target(self, doc):
        raise NotImplementedError(f"{type(self).__name__} has no doc_to_target")

    def doc_to_prefix(self, doc):
        return ""

    def should_decontaminate(self):
        return False

    def fewshot_examples(self, k, rnd):
        if self._training_docs is None:
            self._training_docs = list(self.training_docs())
        return rnd.sample(self._training_docs, k)

    def fewshot_context(self, doc, num_fewshot, rnd=None, description=None, **_):
        rnd = rnd if rnd is not None else self.fewshot_rnd
        if rnd is None:
            raise ValueError("examples cannot be drawn without a random generator")
        shown = ""
        if num_fewshot:
            shown = "".join(self.doc_to_text(one) + self.doc_to_target(one) + "\n\n" for one in self._drawn(doc, num_fewshot, rnd))
        return (description or "") + shown + self.doc_to_text(doc)

    def _drawn(self, doc, count, rnd):
        if self.has_training_docs():
            return self.fewshot_examples(k=count, rnd=rnd)
        if self._fewshot_docs is None:
            self._fewshot_docs = list(self.validation_docs() if self.has_validation_docs() else self.test_docs())
        return [one for one in rnd.sample(self._fewshot_docs, count + 1) if one != doc][:count]

    # Its requests

    def construct_requests(self, doc, ctx, **kwargs):
        raise NotImplementedError(f"{type(self).__name__} has no construct_requests")

    def build_all_requests(
        self,
        *,
        limit=None,
        samples=None,
        rank=0,
        world_size=1,
        system_instruction=None,
        apply_chat_template=False,
        fewshot_as_multiturn=False,
        chat_template=None,
        **_,
    ):
        found = []
        for number, doc in self.doc_iterator(rank=rank, limit=limit, samples=samples, world_size=world_size):
            context = self.fewshot_context(
                doc,
                num_fewshot=self.config.num_fewshot or 0,
                system_instruction=system_instruction,
                apply_chat_template=apply_chat_template,
                fewshot_as_multiturn=fewshot_as_multiturn,
                chat_template=chat_template,
                gen_prefix=self.doc_to_prefix(doc),
            )
            made = self.construct_requests(
                doc=doc,
                ctx=context,
                metadata=(self.config.task, number, self.config.repeats),
                apply_chat_template=apply_chat_template,
                chat_template=chat_template,
            )
            found += made if isinstance(made, list) else [made]
        if not found:
            raise ValueError(f"the task {self.task_name} makes no requests")
        self._instances = found

    # Its scores

    def apply_filters(self):
        for pipeline in self._filters:
            pipeline.apply(self._instances)

    def process_results(self, doc, results):
        raise NotImplementedError(f"{type(self).__name__} has no process_results")

    def aggregation(self):
        raise NotImplementedError(f"{type(self).__name__} has no aggregation")

    def higher_is_better(self):
        raise NotImplementedError(f"{type(self).__name__} has no higher_is_better")

    @classmethod
    def count_bytes(cls, doc):
        return len(doc.encode("utf-8"))

    @classmethod
    def count_words(cls, doc):
        return len(re.split(r"\s+", doc))


class ConfigurableTask(Task):
    VERSION = "Yaml"
    CONFIG = None

    def __init__(self, data_dir=None, cache_dir=None, download_mode=None, config=None):
        if self.CONFIG is not None:
            self._config = self.CONFIG
            vars(self._config).update(config or {})
        else:
            self._config = TaskConfig(**config)
        settings = self._config
        self._start()
        if isinstance(settings.metadata, dict) and "version" in settings.metadata:
            self.VERSION = settings.metadata["version"]
        if settings.output_type is not None:
            if settings.output_type not in ALL_OUTPUT_TYPES:
                raise ValueError(f"{settings.output_type!r} is none of the output types {ALL_OUTPUT_TYPES}")
            self.OUTPUT_TYPE = settings.output_type
        self.fewshot_cfg = settings.fewshot_config
        if settings.doc_to_image is not None or settings.doc_to_audio:
            self.MULTIMODAL = True
        if settings.unsafe_code is not False:
            self.UNSAFE_CODE = True
        self.DATASET_PATH = settings.dataset_path if settings.dataset_path is not None else self.DATASET_PATH
        self.DATASET_NAME = settings.dataset_name if settings.dataset_name is not None else self.DATASET_NAME
        self._read_metrics()
        self.download(settings.dataset_kwargs)
        if settings.filter_list is not None:
            self._filters = [
                filters.build_filter_ensemble(
                    pipeline["name"],
                    [
                        [step["function"], {key: step[key] for key in step if key != "function"}]
                        for step in pipeline["filter"]
                    ],
                )
                for pipeline in settings.filter_list
            ]
        pool = self.fewshot_docs()
        if pool is not None:
            kind = self.fewshot_cfg.sampler
            kind = samplers.get_sampler(kind) if isinstance(kind, str) else kind
            self.sampler = kind(list(pool), rnd=None)
        self._look_at_first()

    def _read_metrics(self):
        self._metric_fn_list, self._metric_fn_kwargs = {}, {}
        self._aggregation_list, self._higher_is_better = {}, {}
        listed = self.config.metric_list
        if listed is None:
            listed = [{"metric": name} for name in registry.DEFAULT_METRIC_REGISTRY[self.config.output_type]]
        for entry in listed:
            metric, name = entry["metric"], entry["metric"]
            if callable(metric):
                name = metric.__name__
            own = ("metric", "aggregation", "higher_is_better", "hf_evaluate")
            self._metric_fn_kwargs[name] = {key: value for key, value in entry.items() if key not in own}
            self._metric_fn_list[name] = metric if callable(metric) else registry.get_metric(metric)
            way = entry.get("aggregation", registry.get_metric_aggregation(name))
            self._aggregation_list[name] = registry.get_aggregation(way) if isinstance(way, str) else way
            self._higher_is_better[name] = entry.get("higher_is_better", registry.is_higher_better(name))

    def _look_at_first(self):
        """The first document decides what kind of task this is."""
        self.task_docs = self.eval_docs
        self.features = list(self.task_docs.features)
        self.multiple_input = self.multiple_target = 0
        first = self.task_docs[0]
        text, target = self.doc_to_text(first), self.doc_to_target(first)
        if self.config.doc_to_choice is not None and isinstance(text, int):
            self.multiple_input = len(self.doc_to_choice(first))
        if isinstance(target, list):
            self.multiple_target = len(target)

    def download(self, dataset_kwargs=None, **_):
        if callable(self.config.custom_dataset):
            self.dataset = self.config.custom_dataset(
                **(self.config.metadata or {}), **(self.config.dataset_kwargs or {})
            )
        else:
            further = {key: value for key, value in (dataset_kwargs or {}).items() if key != "trust_remote_code"}
            self.dataset = datasets.load_dataset(path=self.DATASET_PATH, name=self.DATASET_NAME, **further)

    def has_training_docs(self):
        return self.config.training_split is not None

    def has_validation_docs(self):
        return self.config.validation_split is not None

    def has_test_docs(self):
        return self.config.test_split is not None

    def training_docs(self):
        return self._split(self.config.training_split) if self.has_training_docs() else None

    def validation_docs(self):
        return self._split(self.config.validation_split) if self.has_validation_docs() else None

    def test_docs(self):
        return self._split(self.config.test_split) if self.has_test_docs() else None

    def _split(self, name):
        process = self.config.process_docs
        return self.dataset[name] if process is None else process(self.dataset[name])

    def fewshot_docs(self):
        settings = self.fewshot_cfg
        if settings.split is not None:
            pool = self.dataset[settings.split]
            return pool if settings.process_docs is None else settings.process_docs(pool)
        if settings.samples is not None:
            return settings.samples() if callable(settings.samples) else settings.samples
        return super().fewshot_docs()

    # A part of the prompt: a column, a template, a constant or a function

    def _part(self, doc, given, is_literal):
        if callable(given):
            return given(doc)
        if not isinstance(given, str):
            return given
        if given in self.features:
            return doc[given]
        text = utils.apply_template(given, doc)
        if self.config.doc_to_choice is not None and text.isdigit():
            return ast.literal_eval(text)
        if is_literal and len(text) > 1 and text[0] == "[" and text[-1] == "]":
            try:
                return ast.literal_eval(text)
            except (SyntaxError, ValueError):
                pass
        return text

    def doc_to_text(self, doc, doc_to_text=None):
        given = self.config.doc_to_text if doc_to_text is None else doc_to_text
        if given is None:
            raise TypeError(f"the task {self.task_name} has no doc_to_text")
        return self._part(doc, given, False)

    def doc_to_target(self, doc, doc_to_target=None):
        given = self.config.doc_to_target if doc_to_target is None else doc_to_target
        if given is None:
            raise TypeError(f"the task {self.task_name} has no doc_to_target")
        return self._part(doc, given, True)

    def doc_to_choice(self, doc, doc_to_choice=None):
        given = self.config.doc_to_choice if doc_to_choice is None else doc_to_choice
        if isinstance(given, dict):
            return list(given.values())
        if isinstance(given, str) and given not in self.features:
            return ast.literal_eval(utils.apply_template(given, doc))
        if given is None:
            raise TypeError(f"the task {self.task_name} has no doc_to_choice")
        return self._part(doc, given, False)

    def doc_to_prefix(self, doc):
        return self.resolve_field(doc, self.config.gen_prefix)

    @staticmethod
    def resolve_field(doc, field=None):
        if not field:
            return None
        return doc[field] if field in doc else utils.apply_template(field, doc)

    def should_decontaminate(self):
        return self.config.should_decontaminate

    # Prompts and requests

    def fewshot_context(
        self,
        doc,
        num_fewshot,
        system_instruction=None,
        apply_chat_template=False,
        fewshot_as_multiturn=False,
        chat_template=None,
        gen_prefix=None,
    ):
        settings, shots = self.config, self.fewshot_cfg
        before = []
        system = maybe_delimit(
            system_instruction, self.resolve_field(doc, settings.description) or "", settings.fewshot_delimiter
        )
        if system:
            before.append(Message("system", system))
        if num_fewshot > 0:
            excluded = doc if shots.split == settings.test_split else None
            for one in self.sampler.sample(n=num_fewshot, eval_doc=excluded):
                question = self.doc_to_text(one, shots.doc_to_text)
                choices = self.doc_to_choice(one, shots.doc_to_choice) if shots.doc_to_choice else None
                if self.multiple_input:
                    question, choices = choices[question], None
                before += self.build_qa_turn(
                    q=question,
                    c=choices,
                    a=self.doc_to_target(one, shots.doc_to_target),
                    gen_prefix=self.resolve_field(one, shots.gen_prefix),
                    tgt_delim=shots.target_delimiter,
                    few_delim=shots.fewshot_delimiter,
                )

        def rendered(messages):
            if not (apply_chat_template and chat_template):
                return "".join(message.to_text() for message in messages)
            turns = [message.to_dict() for message in messages]
            turns = turns if fewshot_as_multiturn else multiturn_to_singleturn(messages)
            return chat_template(turns, add_generation_prompt=not gen_prefix)

        if self.multiple_input:
            return [
                rendered(before + self.build_qa_turn(q=choice, gen_prefix=gen_prefix, tgt_delim=""))
                for choice in self.doc_to_choice(doc)
            ]
        return rendered(
            before
            + self.build_qa_turn(
                q=self.doc_to_text(doc), gen_prefix=gen_prefix, tgt_delim=settings.target_delimiter, few_delim=""
            )
        )

    def build_qa_turn(self, *, q=None, c=None, a=None, gen_prefix=None, tgt_delim=" ", few_delim="\n\n"):
        if not isinstance(q, str):
            raise AssertionError(f"the question is no text: {q!r}")
        has_answer = a is not None and a != ""
        is_delimited = requires_delimiter(q, gen_prefix) if gen_prefix else has_answer
        turn = [Message("user", q, tgt_delim if is_delimited else "")]
        if has_answer:
            if c and isinstance(a, int):
                answer = c[a]
            else:
                answer = a[0] if isinstance(a, list) else a
            if not isinstance(answer, str):
                raise AssertionError(f"the answer is no text: {a!r}")
            turn.append(Message("assistant", maybe_delimit(gen_prefix, answer, delimiter=" "), few_delim))
        elif gen_prefix:
            turn.append(Message("assistant", gen_prefix))
        return turn

    def construct_requests(self, doc, ctx, apply_chat_template=False, chat_template=None, **kwargs):
        make = partial(Instance, doc=doc, **kwargs)
        if self.OUTPUT_TYPE != "multiple_choice":
            arguments = {
                "loglikelihood": lambda: (ctx, self.doc_to_target(doc)),
                "loglikelihood_rolling": lambda: (self.doc_to_target(doc),),
                "generate_until": lambda: (ctx, deepcopy(self.config.generation_kwargs)),
            }[self.OUTPUT_TYPE]()
            return make(request_type=self.OUTPUT_TYPE, arguments=arguments, idx=0)
        delimiter, prefix = self.config.target_delimiter, self.config.gen_prefix
        if apply_chat_template and not (prefix and not ends_with_whitespace(prefix)):
            delimiter = ""
        if self.multiple_input:
            pairs = [(one, f"{delimiter}{self.doc_to_target(doc)}") for one in ctx]
        else:
            pairs = [(ctx, f"{delimiter}{choice}") for choice in self.doc_to_choice(doc)]
        return [make(request_type="loglikelihood", arguments=pair, idx=place) for place, pair in enumerate(pairs)]

    def process_results(self, doc, results):
        if callable(self.config.process_results):
            return self.config.process_results(doc, results)
        raise NotImplementedError(
            f"{type(self).__name__} has no process_results of its own; "
            "the metrics of lm_eval need lm_eval itself: install the package lm_eval"
        )

    def aggregation(self):
        return self._aggregation_list

    def higher_is_better(self):
        return self._higher_is_better


class MultipleChoiceTask(Task):
    OUTPUT_TYPE = "loglikelihood"

    def doc_to_target(self, doc):
        return " " + doc["choices"][doc["gold"]]

    def construct_requests(self, doc, ctx, apply_chat_template=False, chat_template=None, **kwargs):
        return [
            Instance(request_type="loglikelihood", doc=doc, arguments=(ctx, f" {choice}"), idx=place, **kwargs)
            for place, choice in enumerate(doc["choices"])
        ]

    def process_results(self, doc, results):
        given = [result[0] for result in results]

        def is_right(numbers):
            return 1.0 if max(range(len(numbers)), key=numbers.__getitem__) == doc["gold"] else 0.0

        lengths = [float(len(choice)) for choice in doc["choices"]]
        return {"acc": is_right(given), "acc_norm": is_right([each / size for each, size in zip(given, lengths)])}

    def higher_is_better(self):
        return {"acc": True, "acc_norm": True}

    def aggregation(self):
        return {"acc": metrics.mean, "acc_norm": metrics.mean}


class PerplexityTask(Task):
    OUTPUT_TYPE = "loglikelihood_rolling"

    def doc_to_text(self, doc):
        return ""

    def doc_to_target(self, doc):
        return doc

    def fewshot_context(self, doc, num_fewshot, **_):
        if num_fewshot:
            raise ValueError("a task of perplexity takes no examples")
        return ""

    def construct_requests(self, doc, ctx, apply_chat_template=False, chat_template=None, **kwargs):
        return Instance(
            request_type=self.OUTPUT_TYPE, doc=doc, arguments=(self.doc_to_target(doc),), idx=0, **kwargs
        )

    def process_results(self, doc, results):
        (likelihood,) = results
        text = self.doc_to_target(doc)
        of_words, of_bytes = (likelihood, self.count_words(text)), (likelihood, self.count_bytes(text))
        return {"word_perplexity": of_words, "byte_perplexity": of_bytes, "bits_per_byte": of_bytes}

    def higher_is_better(self):
        return {"word_perplexity": False, "byte_perplexity": False, "bits_per_byte": False}

    def aggregation(self):
        return {
            "word_perplexity": metrics.weighted_perplexity,
            "byte_perplexity": metrics.weighted_perplexity,
            "bits_per_byte": metrics.bits_per_byte,
        }
