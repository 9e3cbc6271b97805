"""Compares what the two programs find in a folder of tasks: names, kinds, tags and members of groups."""

import re

MOST = 20
# An argument of a program may have 128 kB.
LONGEST = 100_000


def members_of(entry):
    """The names in a group's list as written, inline members included."""
    listed = (entry.cfg or {}).get("task")
    found = []
    for member in listed if isinstance(listed, list) else []:
        name = member if isinstance(member, str) else (member.get("group") or member.get("task"))
        found.append(name if isinstance(name, str) else "?")
    return found


def compare_indexes(manager, assay):
    """Lines that say what is equal and what is not."""
    index, lines = manager.task_index, []
    folder = str(assay.tasks_folder)
    # What ships with Assay is listed too.
    tasks = {row["task"]: row for row in assay.listing("subtasks") if row["file"].startswith(folder)}
    groups = {row["group"]: row for row in assay.listing("groups") if row["file"].startswith(folder)}
    tags = {row["tag"]: row["tasks"] for row in assay.listing("tags")}
    lines += names("tasks", manager.all_subtasks, tasks)
    lines += names("groups", manager.all_groups, groups)
    lines += names("tags", manager.all_tags, tags)
    wrong = [
        f"{name}: {sorted(set(index[name].tags) ^ set(tags[name]))[:5]}"
        for name in manager.all_tags
        if name in tags and sorted(index[name].tags) != sorted(tags[name])
    ]
    lines += told("members of tags", len(tags), wrong)
    wrong = [
        f"{name}: {len(members_of(index[name]))} in the harness, {groups[name]['members']} in Assay"
        for name in manager.all_groups
        if name in groups and len(members_of(index[name])) != groups[name]["members"]
    ]
    lines += told("numbers of members of groups", len(groups), wrong)
    wrong = [
        f"{name}: {index[name].yaml_path} in the harness, {tasks[name]['file']} in Assay"
        for name in manager.all_subtasks
        if name in tasks and not str(index[name].yaml_path).endswith(tail(tasks[name]["file"]))
    ]
    lines += told("files of tasks", len(tasks), wrong)
    wrong = []
    for name in manager.all_subtasks:
        written = (index[name].cfg or {}).get("output_type")
        if name in tasks and written and tasks[name].get("output_type") != written:
            wrong.append(f"{name}: {written} in the harness, {tasks[name].get('output_type')} in Assay")
    lines += told("output types", len(tasks), wrong)
    return lines + validated(sorted(manager.all_subtasks), assay)


def validated(names, assay):
    """How many tasks Assay takes: files, includes, keys, templates, filters and metrics, without rows."""
    wrong, part = [], []
    for at, name in enumerate(names):
        part.append(name)
        if at + 1 == len(names) or sum(map(len, part)) + len(part) > LONGEST:
            folder = assay.tasks_folder
            _, out, err = assay.call("validate", "--include_path", folder, "--tasks", ",".join(part))
            errors = re.findall(r"^(error.*)\n --> (\S+)", out + err, re.M)
            wrong += [f"{message} ({place.removeprefix(str(folder))})" for message, place in errors]
            part = []
    return told("tasks without errors in `assay validate`", len(names), wrong)


def tail(path):
    return "/".join(path.split("/")[-3:])


def names(what, wanted, got):
    wrong = [f"{name} is missing" for name in sorted(set(wanted) - set(got))]
    wrong += [f"{name} is too much" for name in sorted(set(got) - set(wanted))]
    return told(f"names of {what}", len(wanted), wrong)


def told(what, count, wrong):
    if not wrong:
        return [f"- {what}: {count}, all"]
    shown = [f"  - {text}" for text in wrong[:MOST]]
    return [f"- {what}: {count}, {len(wrong)} not", *shown, *(["  - …"] if len(wrong) > MOST else [])]
