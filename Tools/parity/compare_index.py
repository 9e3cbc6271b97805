"""Compares what the two programs find in a folder of tasks: names, kinds, tags and members of groups."""

MOST = 20


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
    return lines + told("output types", len(tasks), wrong)


def tail(path):
    return "/".join(path.split("/")[-3:])


def names(what, wanted, got):
    wrong = [f"{name} is missing" for name in sorted(set(wanted) - set(got))]
    wrong += [f"{name} is too much" for name in sorted(set(got) - set(wanted))]
    return told(f"names of {what}", len(wanted), wrong)


def told(what, count, wrong):
    if not wrong:
        return [f"- {what}: {count}, all equal"]
    shown = [f"  - {text}" for text in wrong[:MOST]]
    return [f"- {what}: {count}, {len(wrong)} differ", *shown, *(["  - …"] if len(wrong) > MOST else [])]
