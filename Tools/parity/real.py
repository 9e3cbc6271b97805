"""Writes requests, made-up answers and scores of the harness's own tasks over the rows of a mirror."""

import argparse

import harness


def number(text):
    return float(text) if "." in text else int(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", required=True,
        help="comma-separated names, as the harness's command line takes them")
    parser.add_argument("--mirror", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--limit", type=number)
    parser.add_argument("--num_fewshot", type=int)
    parser.add_argument("--seed", type=int, default=1234)
    parser.add_argument("--system_instruction")
    parser.add_argument("--bootstrap_iters", type=int, default=200)
    parser.add_argument("--samples", action="store_true", help="also write the samples files")
    options = parser.parse_args()
    clean_up = harness.install_mirror(options.mirror)
    configuration = {
        "tasks": options.tasks.split(","),
        "num_fewshot": options.num_fewshot,
        "limit": options.limit,
        "seed": options.seed,
        "system_instruction": options.system_instruction,
        "bootstrap_iters": options.bootstrap_iters,
        "samples_on_disk": options.samples,
    }
    requests, tasks = harness.record(configuration, harness.manager_for(), options.out)
    clean_up()
    print(f"{requests} requests of {tasks} tasks in {options.out}")


if __name__ == "__main__":
    main()
