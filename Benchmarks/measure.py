"""Runs a command several times and prints the medians of wall seconds, processor seconds and peak megabytes.

usage: measure.py [--rounds N] [--cold] [--findings] [--keep FILE] -- COMMAND [ARGUMENT ...]

The first run warms the caches and is not counted, unless --cold. With --keep the last run's output is kept. A command
that fails is shown on standard error, and `failed` is printed; with --findings, ending with 1 is no failure.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time


def run(command, keep, fine):
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if child.returncode not in fine:
        sys.stderr.write(text.decode(errors="replace")[-2000:])
        return None
    if keep:
        with open(keep, "wb") as file:
            file.write(text)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--cold", action="store_true")
    options.add_argument("--findings", action="store_true")
    options.add_argument("--keep")
    options.add_argument("command", nargs=argparse.REMAINDER)
    given = options.parse_args()
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    runs = [run(command, given.keep, (0, 1) if given.findings else (0,)) for _ in range(given.rounds + (not given.cold))]
    if None in runs:
        print("failed")
        return
    counted = runs if given.cold else runs[1:]
    print(" ".join(f"{statistics.median(column):.3f}" for column in zip(*counted)))


if __name__ == "__main__":
    main()
