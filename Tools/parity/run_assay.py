"""Runs Assay over the rows and answers that the harness had, and says which tasks it refuses."""

import json
import os
import pathlib
import re
import subprocess
import sys

TIMEOUT = 300
# Here lie metrics that task helpers load by name; the library looks for them in the working folder.
METRICS = pathlib.Path(__file__).resolve().parent / "metrics"


class Assay:
    """One build of Assay with the folders it reads."""

    def __init__(self, program, tasks_folder):
        self.program, self.tasks_folder = str(pathlib.Path(program).resolve()), pathlib.Path(tasks_folder)
        # Tasks' functions meet the same packages in both programs.
        self.environment = {"ASSAY_PYTHON": sys.executable, **os.environ}

    def call(self, *arguments):
        """Runs a command; gives its exit code, output and error output."""
        try:
            done = subprocess.run(
                [self.program, *map(str, arguments)],
                capture_output=True,
                timeout=TIMEOUT,
                stdin=subprocess.DEVNULL,
                cwd=METRICS,
                env=self.environment,
            )
        except subprocess.TimeoutExpired:
            return -1, "", f"took more than {TIMEOUT} s"
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def listing(self, kind):
        code, out, err = self.call("ls", kind, "--include_path", self.tasks_folder, "--format", "json")
        if code != 0:
            raise RuntimeError(f"assay ls {kind} failed: {err[:500]}")
        return json.loads(out)

    def common(self, tasks, folders, mirror):
        """The arguments that name tasks and rows; only the folders concerned are indexed."""
        named = []
        for folder in folders:
            named += ["--include_path", self.tasks_folder / folder]
        return ["--tasks", ",".join(tasks), *named, "--dataset_mirror", mirror]

    def compile(self, tasks, folders, mirror, out, shots=None):
        extra = [] if shots is None else ["--num_fewshot", shots]
        code, _, err = self.call("compile", *self.common(tasks, folders, mirror), *extra, "--output", out)
        return code, err

    def run(self, tasks, folders, mirror, answers, out, bootstrap):
        code, _, err = self.call(
            "run",
            *self.common(tasks, folders, mirror),
            *["--model", "replay", "--model_args", json.dumps({"path": str(answers)})],
            *["--bootstrap_iters", bootstrap, "--output_path", out, "--confirm_run_unsafe_code"],
        )
        if code != 0:
            return None, err
        files = sorted(pathlib.Path(out).glob("**/results_*.json"))
        if not files:
            return None, "no results file was written"
        return json.loads(files[-1].read_text(encoding="utf-8")), err


def codes_of(error_text):
    """The codes of Assay's errors, in order."""
    return re.findall(r"^error\[([\w-]+)\]", error_text, re.M)


def short(error_text):
    """The first error without its frame of source lines."""
    lines = [line for line in error_text.splitlines() if line.strip()]
    start = next((at for at, line in enumerate(lines) if line.startswith("error")), 0)
    return " ".join(line.strip() for line in lines[start : start + 5])[:400] if lines else "no message"


def divided(tasks, work):
    """Calls `work(tasks)` for all tasks at once, and for halves where it fails.

    `work` gives a result for its tasks, or (None, reason). Gives a list of (tasks, result, reason).
    """
    if not tasks:
        return []
    result, reason = work(tasks)
    if result is not None or len(tasks) == 1:
        return [(tasks, result, reason)]
    middle = len(tasks) // 2
    return divided(tasks[:middle], work) + divided(tasks[middle:], work)
