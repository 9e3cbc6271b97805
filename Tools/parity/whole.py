"""Compares Assay with the harness over the whole folder of the harness's tasks.

    python Tools/parity/whole.py --assay .build/release/assay [--tasks-dir DIR] [--only GLOB] [--sample N]
        [--jobs N] [--work DIR] [--out REPORT] [--again STATUS] [--no-python] [--rows-only]
        [--more-shots PERCENT] [--search SECONDS] [--keep] [--no-index] [--report-only]

Rows are made up from what the tasks read, answers from a hash of each request. Results go to
`WORK/records.jsonl` as they come; a run that was stopped goes on where it was.
Exits with 1 when anything differs.
"""

import argparse  # noqa: I001
import contextlib
import fnmatch
import json
import os
import pathlib
import random
import select
import signal
import sys
import time
import zlib

import run_harness  # sets the environment first

import lm_eval
from lm_eval.tasks import TaskManager

import report
from batch import Batch, Item
from compare_index import compare_indexes
from recipes import Cookbook
from run_assay import METRICS, Assay

BATCHES = 100, 150, 240
FIRST, FIRST_OF_SHAPE = 12, 2
SILENCE = 420


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--assay", required=True)
    parser.add_argument("--tasks-dir", default=str(pathlib.Path(lm_eval.__file__).parent / "tasks"))
    parser.add_argument("--only", action="append", help="globs of task names or top folders; may be repeated")
    parser.add_argument("--sample", type=int, help="so many tasks, from all top folders in turn")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--work", default="parity-work")
    parser.add_argument("--out", default="parity-report")
    parser.add_argument("--again", action="append", default=[], help="redo tasks of this status (or `all`)")
    parser.add_argument("--no-python", action="store_true", help="leave out tasks with Python functions")
    parser.add_argument(
        "--rows-only", action="store_true", help="make rows and run the harness, but not Assay"
    )
    parser.add_argument(
        "--more-shots", type=int, default=33, help="percent of tasks compared with two examples too"
    )
    parser.add_argument(
        "--search", type=float, default=12, help="seconds to look for rows with which a task runs"
    )
    parser.add_argument("--keep", action="store_true", help="keep rows and answers in the work folder")
    parser.add_argument("--no-index", action="store_true")
    parser.add_argument("--report-only", action="store_true")
    return parser.parse_args()


def folder_of(entry, root):
    return pathlib.Path(entry.yaml_path).resolve().relative_to(root).parts[0]


def chosen(items, options):
    """The tasks that were asked for, in order of folder and name so that families stay together."""
    if options.only:
        items = [
            (name, folder)
            for name, folder in items
            if any(fnmatch.fnmatchcase(name, g) or fnmatch.fnmatchcase(folder, g) for g in options.only)
        ]
    if options.sample:
        by_folder = {}
        for name, folder in sorted(items, key=lambda i: zlib.crc32(i[0].encode())):
            by_folder.setdefault(folder, []).append((name, folder))
        picked, queues = [], [list(q) for q in by_folder.values()]
        random.Random(0).shuffle(queues)
        while len(picked) < options.sample and any(queues):
            picked += [queue.pop() for queue in queues if queue]
        items = picked[: options.sample]
    return sorted(items, key=lambda i: (i[1], i[0]))


def shape_of(entry, folder):
    """What tells one kind of task from the next without loading it: its folder, template and keys."""
    path = pathlib.Path(entry.yaml_path)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    keys = sorted({line.split(":")[0] for line in lines if line[:1].isalpha() and ":" in line})
    included = [pathlib.Path(line.split()[-1]).name for line in lines if line.startswith("include:")]
    # Names of functions may hold the subject; their modules do not.
    helpers = sorted({line.split("!function")[1].split(".")[0] for line in lines if "!function" in line})
    return folder, str(included), str(keys), str(helpers)


def in_waves(items, index):
    """Batches: a few tasks of every top folder, then some of every shape, then the rest.

    What is wrong is seen early so, and the families of a wave stay together.
    """
    folders, shapes, waves = {}, {}, ([], [], [])
    for name, folder in sorted(items, key=lambda item: zlib.crc32(item[0].encode())):
        shape = shape_of(index[name], folder)
        folders[folder], shapes[shape] = folders.get(folder, 0) + 1, shapes.get(shape, 0) + 1
        wave = 0 if folders[folder] <= FIRST else 1 if shapes[shape] <= FIRST_OF_SHAPE else 2
        waves[wave].append((name, folder))
    batches = [
        [sorted(wave, key=lambda item: item[::-1])[at : at + size] for at in range(0, len(wave), size)]
        for wave, size in zip(waves, BATCHES)
    ]
    # A run that is stopped early shall have seen something of everything.
    random.Random(0).shuffle(batches[2])
    return [batch for wave in batches for batch in wave]


def read_records(file, again):
    found = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            found[record["task"]] = record
    return {n: r for n, r in found.items() if r["status"] not in again and "all" not in again}


class Entry:
    """A task of the index; the harness takes long to make its own anew."""

    def __init__(self, yaml_path):
        self.yaml_path = yaml_path


class Worker:
    """A forked process that works on one batch and tells its records through a pipe."""

    def __init__(self, items, number, context, options):
        self.items, self.open, self.current = items, {name for name, _ in items}, None
        self.heard, self.buffer, self.code = time.monotonic(), b"", None
        out, inside = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(out)
            code = 1
            try:
                os.setsid()
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                work = pathlib.Path(options.work) / f"batch{number}"
                with open(inside, "w", encoding="utf-8") as pipe:

                    def say(record):
                        pipe.write(json.dumps(record, ensure_ascii=False) + "\n")
                        pipe.flush()

                    index, assay, cookbook = context
                    Batch(assay, index, cookbook, work, say, options).run([Item(n, f) for n, f in items])
                if not options.keep and work.exists():
                    import shutil

                    shutil.rmtree(work, ignore_errors=True)
                code = 0
            except BaseException:
                import traceback

                (pathlib.Path(options.work) / "crashes.log").open("a").write(traceback.format_exc() + "\n")
            finally:
                os._exit(code)
        os.close(inside)
        self.pipe = out

    def read(self):
        """Records that came; None at the end."""
        data = os.read(self.pipe, 1 << 16)
        self.heard = time.monotonic()
        self.buffer += data
        *lines, self.buffer = self.buffer.split(b"\n")
        found = []
        for line in lines:
            record = json.loads(line)
            if "start" in record:
                self.current = record["start"]
            else:
                self.open.discard(record["task"])
                found.append(record)
        return found, not data

    def stop(self):
        """Ends the process with all that tasks' functions have started from it."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def has_ended(self):
        """Whether the process itself has; what it started may still hold the pipe."""
        if self.code is None:
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            self.code = code if pid else None
        return self.code is not None

    def end(self):
        os.close(self.pipe)
        self.stop()
        return os.waitpid(self.pid, 0)[1] if self.code is None else self.code


@contextlib.contextmanager
def stopping(workers):
    """Ends the workers when this process is told to end."""

    def stop(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        for worker in workers.values():
            worker.stop()


def run_all(todo, context, options, file, records):
    batches = in_waves(todo, context[0])
    workers, number, begun, before, told = {}, 0, time.monotonic(), len(records), 0.0
    with open(file, "a", encoding="utf-8") as out, stopping(workers):

        def note(record):
            records[record["task"]] = record
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()

        while batches or workers:
            while batches and len(workers) < options.jobs:
                worker = Worker(batches.pop(0), number, context, options)
                workers[worker.pipe], number = worker, number + 1
            ready, _, _ = select.select(list(workers), [], [], 2)
            for pipe, worker in list(workers.items()):
                ended = worker.has_ended()
                found = []
                if pipe in ready:
                    found, closed = worker.read()
                    ended = closed or (ended and not found)
                for record in found:
                    note(record)
                if ended:
                    del workers[pipe]
                    left = [item for item in worker.items if item[0] in worker.open]
                    if worker.end() != 0 and left:
                        left = after_crash(worker, left, note)
                        batches[:0] = [left] if left else []
            for worker in list(workers.values()):
                if time.monotonic() - worker.heard > SILENCE:
                    worker.stop()
            if time.monotonic() - told > 2 or not workers:
                told = time.monotonic()
                progress(records, before, len(todo), begun)
    print(file=sys.stderr)


def after_crash(worker, left, note):
    """The tasks of a dead process that are worth another try: all but the one it was at."""
    guilty = [item for item in left if item[0] == worker.current] or left[:1]
    for name, folder in guilty:
        why = "the process of the harness died or hung at this task"
        note({"task": name, "folder": folder, "status": "not comparable", "why": why})
    return [item for item in left if item not in guilty]


def progress(records, before, total, begun):
    done = len(records) - before
    spent = time.monotonic() - begun
    counts = {s: sum(1 for r in records.values() if r["status"] == s) for s in report.STATUSES}
    told = ", ".join(f"{n} {s}" for s, n in counts.items() if n)
    rest = spent / done * (total - done) if done else 0
    print(f"\r{done}/{total} in {spent:.0f} s, {rest / 60:.0f} min left: {told}   ", end="", file=sys.stderr)


def main():
    options = arguments()
    work = pathlib.Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    options.work, options.out = str(work), str(pathlib.Path(options.out).resolve())
    options.assay = str(pathlib.Path(options.assay).resolve())
    root = pathlib.Path(options.tasks_dir).resolve()
    os.chdir(METRICS)
    run_harness.install()
    assay = Assay(options.assay, root)
    indexes, known = [], work / "index.json"
    if known.exists() and (options.no_index or options.report_only):
        paths = json.loads(known.read_text(encoding="utf-8"))
    else:
        own = root == (pathlib.Path(lm_eval.__file__).parent / "tasks").resolve()
        manager = TaskManager(include_path=None if own else str(root), include_defaults=own)
        indexes = [] if options.no_index or options.report_only else compare_indexes(manager, assay)
        print("\n".join(indexes))
        paths = {name: str(manager.task_index[name].yaml_path) for name in manager.all_subtasks}
        known.write_text(json.dumps(paths), encoding="utf-8")
    index = {name: Entry(path) for name, path in paths.items()}
    file = work / "records.jsonl"
    records = read_records(file, [] if options.report_only else options.again)
    items = chosen([(name, folder_of(entry, root)) for name, entry in index.items()], options)
    if not options.report_only:
        todo = [item for item in items if item[0] not in records]
        run_all(todo, (index, assay, Cookbook(work / "recipes", options.search)), options, file, records)
    names = {name for name, _ in items}
    kept = [record for name, record in records.items() if name in names]
    print("\n" + report.write(kept, options.out, indexes))
    sys.exit(1 if any(r["status"] == "different" for r in kept) else 0)


if __name__ == "__main__":
    main()
