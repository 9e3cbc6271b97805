"""Writes the expectations of the parity tests by running the harness over the fixture tasks and rows."""

import argparse
import json
import pathlib
import shutil
import traceback

import harness


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks-dir", required=True)
    parser.add_argument("--mirror", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--configurations", help="default: configurations.json beside the task folder")
    parser.add_argument("--only", help="comma-separated names of configurations to redo")
    options = parser.parse_args()
    listed = options.configurations or pathlib.Path(options.tasks_dir).parent / "configurations.json"
    configurations = json.loads(pathlib.Path(listed).read_text(encoding="utf-8"))
    if options.only:
        wanted = options.only.split(",")
        configurations = [c for c in configurations if c["name"] in wanted]
    else:
        shutil.rmtree(options.out, ignore_errors=True)
    clean_up = harness.install_mirror(options.mirror)
    failed, total = [], 0
    for configuration in configurations:
        folders = [options.tasks_dir]
        if "include_path" in configuration:
            folders = [str(pathlib.Path(listed).parent / name) for name in configuration["include_path"]]
        manager = harness.manager_for(folders, include_defaults=False)
        try:
            folder = pathlib.Path(options.out) / configuration["name"]
            requests, tasks = harness.record(
                configuration, manager, folder, pathlib.Path(listed).parent
            )
            total += requests
            print(f"{configuration['name']:28} {tasks:3} tasks {requests:6} requests", flush=True)
        except Exception:
            failed.append(configuration["name"])
            place = traceback.format_exc(limit=-3)
            print(f"{configuration['name']}: the harness failed\n{place}", flush=True)
    clean_up()
    print(f"{total} requests in {len(configurations) - len(failed)} configurations")
    if failed:
        harness.fail(f"no expectation for {', '.join(failed)}")


if __name__ == "__main__":
    main()
