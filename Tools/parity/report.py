"""Tables of a comparison of all tasks: by folder, by reason, and every task on a line of its own."""

import collections
import json
import pathlib
import re

STATUSES = ["same", "different", "refused", "not yet", "not comparable"]


def table(records):
    """Rows of counts by top folder, with a total."""
    counts = collections.defaultdict(collections.Counter)
    for record in records:
        counts[record["folder"]][record["status"]] += 1
    total = collections.Counter(record["status"] for record in records)
    rows = [(folder, counts[folder]) for folder in sorted(counts)] + [("**total**", total)]
    lines = [
        "| folder | tasks | " + " | ".join(STATUSES) + " |",
        "| --- | ---: |" + " ---: |" * len(STATUSES),
    ]
    for folder, row in rows:
        cells = " | ".join(str(row[status] or "") for status in STATUSES)
        lines.append(f"| {folder} | {sum(row.values())} | {cells} |")
    return lines


def shares(records):
    """What part of the tasks that ran in the harness ran here, and what part of these gave the same."""
    count = collections.Counter(record["status"] for record in records)
    compared = count["same"] + count["different"]
    ran = compared + count["refused"]
    lines = [f"- {ran} of {len(records)} tasks ran in the harness over rows that were made up."]
    if ran:
        lines.append(f"- {compared} of these {ran} ran here too: {compared / ran:.2%}.")
    if compared:
        lines.append(f"- {count['same']} of these {compared} gave the same: {count['same'] / compared:.2%}.")
    return lines


def reason_of(record):
    """A reason without the names, numbers and texts that tell one task from the next."""
    text = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "…", record["why"])
    return re.sub(r"\d+", "#", text)[:110]


def reasons(records, status, most=60):
    groups = collections.defaultdict(list)
    for record in records:
        if record["status"] == status:
            groups[reason_of(record)].append(record)
    lines = []
    for _, group in sorted(groups.items(), key=lambda pair: -len(pair[1]))[:most]:
        names = ", ".join(r["task"] for r in group[:4]) + (" …" if len(group) > 4 else "")
        lines.append(f"- {len(group)} × {group[0]['why'][:300]}\n  ({names})")
    return lines


def write(records, path, indexes):
    """Writes `path`.json with everything and `path`.md with the tables; gives the table as text."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    records = sorted(records, key=lambda r: (r["folder"], r["task"]))
    whole = {"index": indexes, "tasks": records}
    path.with_suffix(".json").write_text(
        json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    lines = ["# Assay beside the harness", ""]
    lines += ["## Index", "", *(indexes or ["not compared"]), ""]
    shots = sum(1 for r in records if r.get("two_shots"))
    requests = sum(r.get("requests") or 0 for r in records if r["status"] == "same")
    right = sum(1 for r in records if r["status"] == "same" and r.get("right"))
    same = sum(1 for r in records if r["status"] == "same")
    lines += [f"{requests} requests of the same tasks; {shots} tasks also with two examples; "
              f"{right} of {same} same tasks have scores above zero.", ""]  # fmt: skip
    lines += [*shares(records), "", "## Tasks", "", *table(records), ""]
    for status in STATUSES[1:]:
        found = reasons(records, status)
        if found:
            lines += [f"## {status.capitalize()}", "", *found, ""]
    text = "\n".join(lines)
    path.with_suffix(".md").write_text(text, encoding="utf-8")
    return text
