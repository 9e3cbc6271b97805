"""The harness's side of the benchmarks; each mode does one job and ends."""

import os
import sys

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")
os.environ.setdefault("LMEVAL_LOG_LEVEL", "ERROR")
os.environ.setdefault("TQDM_DISABLE", "1")


def read_mirror(mirror, cache):
    """Makes `load_dataset` read the mirror; what it converts once is kept in `cache`, as its users have it."""
    import pathlib

    import datasets

    datasets.disable_progress_bars()
    original = datasets.load_dataset

    def load(path=None, name=None, **_):
        files = sorted((pathlib.Path(mirror) / path / (name or "default")).glob("*.jsonl"))
        return datasets.DatasetDict(
            {f.stem: original("json", data_files={f.stem: str(f)}, cache_dir=cache)[f.stem] for f in files})

    datasets.load_dataset = load


def folder():
    import importlib.util

    print(os.path.join(os.path.dirname(importlib.util.find_spec("lm_eval").origin), "tasks"))


def index(tasks):
    from lm_eval.tasks import TaskManager

    print(len(TaskManager(include_path=tasks, include_defaults=False).all_tasks), "names")


def build(names, limit, mirror, cache):
    read_mirror(mirror, cache)
    from lm_eval.tasks import TaskManager, get_task_dict

    count = 0
    for task in get_task_dict(names.split(","), TaskManager()).values():
        task.set_fewshot_seed(seed=1234)
        task.build_all_requests(limit=int(limit), rank=0, world_size=1)
        count += len(task.instances)
    print(count, "requests")


def suite(folder, cache):
    """Builds all requests of the group `shaped`; rows that were converted once are kept in `cache`."""
    os.environ["HF_DATASETS_CACHE"] = cache
    from lm_eval.tasks import TaskManager

    count = 0
    for task in TaskManager(include_path=folder, include_defaults=False).load(["shaped"])["tasks"].values():
        task.set_fewshot_seed(seed=1234)
        task.build_all_requests(limit=None, rank=0, world_size=1)
        count += len(task.instances)
    print(count, "requests")


def bootstrap(samples, iterations):
    """The standard error of F1 over the pairs of a samples file."""
    import json

    from lm_eval.api.metrics import bootstrap_stderr, f1_score

    pairs = [tuple(json.loads(line)["f1"]) for line in open(samples)]
    print("stderr", repr(float(bootstrap_stderr(f1_score, pairs, iters=int(iterations)))))


def run(model, tasks):
    os.chdir(tasks)  # the harness looks for data files in the working folder
    from lm_eval.__main__ import cli_evaluate

    sys.argv = ["lm_eval", "--model", "hf", "--model_args", f"pretrained={model},dtype=float32",
        "--device", "cpu", "--batch_size", "16", "--include_path", tasks, "--tasks", "demo"]
    cli_evaluate()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
