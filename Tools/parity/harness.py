"""Runs the harness over a dataset mirror with a scripted model; writes what it asked and what it scored."""

import hashlib
import json
import logging
import math
import os
import pathlib
import re
import shutil
import sys
import tempfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")
os.environ.setdefault("DISABLE_MULTIPROC", "1")
os.environ.setdefault("TQDM_DISABLE", "1")
os.environ.setdefault("LMEVAL_LOG_LEVEL", "ERROR")

import datasets
import jinja2
import lm_eval.evaluator
from lm_eval.api.model import LM
from lm_eval.loggers import EvaluationTracker
from lm_eval.tasks import TaskManager

RESULT_KEYS = ["results", "groups", "group_subtasks", "versions", "n-shot", "higher_is_better", "n-samples",
               "configs"]


def install_mirror(mirror):
    """Makes `datasets.load_dataset(path, name)` read the mirror through the library's own JSON reader.

    Every split is loaded on its own, so column types are inferred per file.
    """
    datasets.disable_progress_bars()
    cache = tempfile.mkdtemp(prefix="parity-cache-")
    original, loaded = datasets.load_dataset, {}

    def load(path=None, name=None, **kwargs):
        if (path, name) not in loaded:
            folder = pathlib.Path(mirror) / path / (name or "default")
            files = sorted(folder.glob("*.jsonl"))
            if not files:
                raise FileNotFoundError(f"the mirror has no rows in {folder}")
            splits = datasets.DatasetDict()
            for file in files:
                split = file.stem
                splits[split] = original("json", data_files={split: str(file)}, cache_dir=cache)[split]
            loaded[path, name] = splits
        return loaded[path, name]

    datasets.load_dataset = load
    return lambda: shutil.rmtree(cache, ignore_errors=True)


def key_of(request_type, arguments):
    return json.dumps([request_type, arguments], ensure_ascii=False)


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode("utf-8")).digest()


def unit(seed):
    return int.from_bytes(seed[8:16], "little") / 2.0**64


def score(context, continuation):
    """A made-up log-likelihood; one context in four gets coarse values so that choices tie."""
    seed = digest("ll", context, continuation)
    if digest("coarse", context)[0] < 64:
        value = -0.5 * (1 + seed[0] % 3)
    else:
        value = -(0.05 + 2.0 * unit(seed)) * min(max(len(continuation), 1), 60)
    return [value, seed[1] % 3 == 0]


def wrong(gold):
    bumped = "".join(str((int(c) + 1) % 10) if c in "0123456789" else c for c in gold)
    return bumped if bumped != gold else "something else"


def write_answer(context, arguments, gold):
    """A made-up generation: the gold answer in some dress, or something that misses."""
    seed = digest("gen", context, json.dumps(arguments, ensure_ascii=False))
    forms = [
        f"First we think, then we count.\n#### {gold}",
        f"So it is <<6*7=42>>42, no:\n#### {gold}\n",
        f"#### {gold}.",
        f"The answer is {gold}.",
        gold,
        gold,
        gold,
        gold,
        f" {gold}",
        gold.upper(),
        gold.lower(),
        gold.swapcase(),
        f"{gold}!!",
        f"  {gold} \n",
        f"Answer: {gold}\n\nQuestion: and then 7?\n#### 8",
        f"**{gold}**, or \\boxed{{{gold}}} = 12",
        f"The answer is {wrong(gold)}. #### {wrong(gold)}",
        "",
        f"😀 naïve café — 答案是 {gold}",
        "nothing to be found here",
        f"({'ABCD'[seed[2] % 4]}) {gold}\nbecause 3 > 2",
        f"1, 2, {gold}, 3,400.50",
        f"{gold} {gold}",
        wrong(gold),
        f"ANSWER IS: '{gold}'",
    ]
    return forms[seed[0] % len(forms)]


def chat_tokenizer(folder):
    """The tokenizer of a folder that holds only `tokenizer_config.json` and perhaps `chat_template.jinja`."""
    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast

    folder = pathlib.Path(folder)
    with tempfile.TemporaryDirectory() as copy:
        for file in folder.iterdir():
            shutil.copy(file, copy)
        Tokenizer(models.BPE()).save(str(pathlib.Path(copy) / "tokenizer.json"))
        return PreTrainedTokenizerFast.from_pretrained(copy)


class ScriptedLM(LM):
    """Answers every request from a hash of its arguments and remembers the answers."""

    def __init__(self, chat_folder=None):
        super().__init__()
        self.tasks, self.answers = {}, {}
        self.tokenizer = chat_tokenizer(chat_folder) if chat_folder else None

    @property
    def tokenizer_name(self):
        return "chat"

    def apply_chat_template(self, chat_history, add_generation_prompt=True):
        def rendered(messages):
            return self.tokenizer.apply_chat_template(
                messages,
                tokenize=False,
                add_generation_prompt=add_generation_prompt,
                continue_final_message=not add_generation_prompt,
            )

        # The `hf` model tries again without system messages when the template refuses.
        try:
            return rendered(chat_history)
        except jinja2.exceptions.TemplateError:
            return rendered([m for m in chat_history if m["role"] != "system"])

    def reply(self, request, make):
        key = key_of(request.request_type, list(request.args))
        if key not in self.answers:
            self.answers[key] = make()
        return self.answers[key]

    def loglikelihood(self, requests):
        return [tuple(self.reply(r, lambda: score(*r.args))) for r in requests]

    def loglikelihood_rolling(self, requests):
        def make(text):
            return -(0.2 + unit(digest("roll", text))) * max(len(text), 1)

        return [self.reply(r, lambda: make(r.args[0])) for r in requests]

    def gold(self, request):
        task = self.tasks[request.task_name]
        gold = task.doc_to_target(request.doc)
        if task.config.doc_to_choice is not None:
            gold = task.doc_to_choice(request.doc)[gold]
        if isinstance(gold, list):
            gold = gold[len(gold) // 2] if gold else ""
        gold = str(gold)
        return gold.split("#### ")[-1]

    def generate_until(self, requests):
        return [self.reply(r, lambda: write_answer(r.args[0], r.args[1], self.gold(r))) for r in requests]


def plain(value):
    """The value as strict JSON: numbers that JSON cannot say become the texts NaN, Infinity and -Infinity.

    A function, whose text would be an address, is a mapping with its name.
    """
    if isinstance(value, str) and re.search(r"^(functools\.partial\(|<).* at 0x[0-9a-f]+", value, re.DOTALL):
        return {"$function": ""}
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if callable(value):
        return {"$function": getattr(value, "__name__", "")}
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def run(configuration, manager, chat_root=None):
    """Evaluates one configuration; returns the model, its tasks in load order and the harness's results.

    Names are matched as the harness's command line does: globs allowed, the result sorted.
    """
    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    chat = configuration.get("chat")
    model, captured = ScriptedLM(pathlib.Path(chat_root) / chat if chat else None), {}
    names = manager.match_tasks(configuration["tasks"])
    for asked in configuration["tasks"]:
        if not manager.match_tasks([asked]):
            raise KeyError(f"no task, group or tag is called {asked}")
    original = lm_eval.evaluator.evaluate

    def spy(**kwargs):
        captured.update(kwargs["task_dict"]["tasks"])
        model.tasks = captured
        return original(**kwargs)

    lm_eval.evaluator.evaluate = spy
    try:
        results = lm_eval.evaluator.simple_evaluate(
            model=model,
            tasks=names,
            num_fewshot=configuration.get("num_fewshot"),
            limit=configuration.get("limit"),
            gen_kwargs=configuration.get("gen_kwargs") or None,
            fewshot_random_seed=configuration.get("seed", 1234),
            system_instruction=configuration.get("system_instruction"),
            apply_chat_template=bool(chat),
            fewshot_as_multiturn=configuration.get("fewshot_as_multiturn", True) if chat else False,
            bootstrap_iters=configuration["bootstrap_iters"],
            task_manager=manager,
            log_samples=True,
        )
    finally:
        lm_eval.evaluator.evaluate = original
    return model, captured, results


def save_samples(results, out):
    """Lets the harness write its sample files, then gives them names without a time stamp."""
    with tempfile.TemporaryDirectory() as folder:
        tracker = EvaluationTracker(output_path=folder)
        tracker.general_config_tracker.model_name_sanitized = "m"
        samples = results.pop("samples")
        tracker.save_results_aggregated(results=results, samples=samples)
        out.mkdir(exist_ok=True)
        for task, rows in samples.items():
            tracker.save_results_samples(task_name=task, samples=rows)
            (written,) = (pathlib.Path(folder) / "m").glob(f"samples_{task}_*.jsonl")
            shutil.copyfile(written, out / f"{task}.jsonl")
            written.unlink()


def record(configuration, manager, out, chat_root=None):
    """Runs one configuration and writes its folder; returns the number of requests."""
    model, tasks, results = run(configuration, manager, chat_root)
    out = pathlib.Path(out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    requests = [
        {
            "task": name,
            "doc_id": instance.doc_id,
            "idx": instance.idx,
            "request_type": instance.request_type,
            "arguments": list(instance.args),
        }
        for name, task in tasks.items()
        for instance in task.instances
    ]
    write_lines(out / "requests.jsonl", requests)
    answers = []
    for key, response in model.answers.items():
        request_type, arguments = json.loads(key)
        answers.append({"request_type": request_type, "arguments": arguments, "response": response})
    write_lines(out / "answers.jsonl", answers)
    kept = {key: results[key] for key in RESULT_KEYS if key in results}
    for configuration_of_task in kept["configs"].values():
        # The path depends on where this runs.
        configuration_of_task.get("metadata", {}).pop("config_source", None)
    if configuration.get("samples_on_disk"):
        save_samples(results, out / "samples")
        kept["task_hashes"] = results["task_hashes"]
    kept["bootstrap_iters"] = configuration["bootstrap_iters"]
    text = json.dumps(plain(kept), indent=1, ensure_ascii=False, allow_nan=False)
    (out / "results.json").write_text(text + "\n", encoding="utf-8")
    return len(requests), len(tasks)


def manager_for(include_path=None, include_defaults=True):
    return TaskManager(include_path=include_path, include_defaults=include_defaults)


def fail(message):
    sys.exit(f"error: {message}")
