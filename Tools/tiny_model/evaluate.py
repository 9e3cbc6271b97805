"""Scores a model on the demo tasks with lm-evaluation-harness in float32: what our own engine is compared with.

    pip install -r requirements.txt "lm_eval[hf]==0.4.13"
    python evaluate.py ../../Models/assay-tiny [--shots 3] [--answers FILE]

`--answers` writes every request with the model's answer, in the form that the `replay` backend reads.
"""

import argparse
import json
import os
import time
from pathlib import Path

import lm_eval
import torch
from lm_eval.tasks import TaskManager
from lm_eval.utils import make_table

LIBRARY = Path(__file__).resolve().parents[2] / "TaskLibrary"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--tasks", default="demo", help="names, with commas between")
    parser.add_argument("--shots", type=int)
    parser.add_argument("--answers", type=Path)
    return parser.parse_args()


def answers(samples):
    """One line for every request, in the order of tasks and rows."""
    kinds = {"demo_arithmetic": "generate_until", "demo_stories": "loglikelihood_rolling"}
    seen = set()
    for task, rows in samples.items():
        for row in rows:
            for asked, (answer,) in zip(row["arguments"], row["resps"]):
                line = json.dumps({
                    "request_type": kinds.get(task, "loglikelihood"), "arguments": list(asked), "response": answer,
                }, ensure_ascii=False)
                # Each filter logs the same request again.
                if line not in seen:
                    seen.add(line)
                    yield line + "\n"


def main():
    options = arguments()
    model, written = options.model.resolve(), options.answers and options.answers.resolve()
    torch.set_num_threads(2)
    # The harness looks for the rows of the tasks in the working folder.
    os.chdir(LIBRARY / "demo")
    began = time.time()
    results = lm_eval.simple_evaluate(
        model="hf", model_args={"pretrained": str(model), "dtype": "float32"}, device="cpu", batch_size=16,
        tasks=options.tasks.split(","), num_fewshot=options.shots,
        task_manager=TaskManager(include_path=str(LIBRARY), include_defaults=False))
    print(make_table(results))
    if "groups" in results:
        print(make_table(results, "groups"))
    for task, scores in sorted(results["results"].items()):
        print(task, {key: value for key, value in scores.items() if "," in key})
    print(f"{time.time() - began:.0f} s")
    if written:
        written.write_text("".join(answers(results["samples"])), encoding="utf-8")


if __name__ == "__main__":
    main()
