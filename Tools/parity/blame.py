"""Which column is to blame for an exception in a task's own code, and what it could hold instead."""

import ast
import copy
import linecache
import re


class Outcome:
    """A trial that failed: how far it came and why."""

    def __init__(self, error, columns, rows):
        self.error, self.columns, self.rows = error, columns, rows
        self.frames = frames_of(error)
        self.values = {name: [row[name] for row in rows if name in row] for name in columns}

    @property
    def text(self):
        return f"{type(self.error).__name__}: {self.error}"[:300]

    def progress(self):
        """A number that grows the later the failure comes."""
        stage = 0.0
        for frame, _, _ in self.frames:
            name, local = frame.f_code.co_name, frame.f_locals
            if "lm_eval" not in frame.f_code.co_filename or "/tasks/" in frame.f_code.co_filename:
                continue
            stage = max(stage, STAGES.get(name, 0))
            if name in ("build_all_requests", "evaluate") and isinstance(local.get("doc_id"), int):
                stage += 0.1 * min(local["doc_id"], 50)
        own = self.own_frame()
        return stage + (min(own[1], 999) / 10000 if own else 0)

    def own_frame(self):
        """The innermost frame of the task's own code or templates, else of the harness."""
        for wanted in ("/tasks/", "<template>", "lm_eval"):
            for frame, line, positions in reversed(self.frames):
                if wanted in frame.f_code.co_filename:
                    return frame, line, positions
        return None


STAGES = {
    "fewshot_docs": 2,
    "eval_docs": 4,
    "__init__": 5,
    "doc_to_text": 6,
    "doc_to_target": 7,
    "doc_to_choice": 8,
    "build_all_requests": 10,
    "fewshot_context": 11,
    "construct_requests": 12,
    "apply_filters": 30,
    "process_results": 40,
    "_process_results": 60,
}


def frames_of(error):
    found, place = [], error.__traceback__
    while place is not None:
        code = place.tb_frame.f_code
        positions = list(code.co_positions())
        at = place.tb_lasti // 2
        found.append((place.tb_frame, place.tb_lineno, positions[at] if at < len(positions) else None))
        place = place.tb_next
    return found


def kind_at(columns, path):
    kind = columns.get(path[0])
    for name in path[1:]:
        if kind is None:
            return None
        while kind["k"] in ("json", "repr"):
            kind = kind["of"]
        kind = (
            kind["of"]
            if name == "[]" and kind["k"] == "list"
            else (kind["of"].get(name) if kind["k"] == "struct" else None)
        )
    return kind


def replaced(columns, path, new):
    """The columns with another kind at a path."""
    columns = copy.deepcopy(columns)
    if len(path) == 1:
        columns[path[0]] = new
        return columns
    kind = columns[path[0]]
    for at, name in enumerate(path[1:]):
        while kind["k"] in ("json", "repr"):
            kind = kind["of"]
        last = at == len(path) - 2
        if name == "[]":
            if last:
                kind["of"] = new
            kind = kind["of"]
        else:
            if last:
                kind["of"][name] = new
            kind = kind["of"][name]
    return columns


def paths_of(value, outcome):
    """Where a value may come from, the likeliest first."""
    found = []
    for name, values in outcome.values.items():
        for own in values:
            rank, path = match(value, own, (name,))
            if rank:
                found.append((rank, len(found), path))
                break
    return [path for _, _, path in sorted(found)]


def match(value, own, path):
    if isinstance(own, (list, tuple)) and not (isinstance(value, (list, tuple)) and list(value) == list(own)):
        for item in own:
            rank, inner = match(value, item, path + ("[]",))
            if rank:
                return rank + 0.1, inner
        return 0, path
    if isinstance(own, dict) and value != own:
        for name, item in own.items():
            rank, inner = match(value, item, path + (name,))
            if rank:
                return rank + 0.1, inner
        return 0, path
    if type(value) is type(own) and value == own:
        return (1 if isinstance(value, (str, list, tuple, dict)) and len(value) else 4), path
    if isinstance(value, str) and isinstance(own, str) and len(value) > 1 and own.strip():
        small, large = value.strip().lower(), own.strip().lower()
        if small and (small in large or (len(large) > 3 and large in small)):
            return 2, path
    if isinstance(value, (list, tuple)) and isinstance(own, str) and len(own) > 3:
        if any(isinstance(item, str) and len(item) > 3 and item in own for item in value):
            return 3, path
    return 0, path


def expression(outcome):
    """The failing expression and its frame."""
    own = outcome.own_frame()
    if own is None or own[2] is None or own[2][0] is None:
        return None, own[0] if own else None
    frame, _, (line, end, column, stop) = own
    lines = [linecache.getline(frame.f_code.co_filename, n) for n in range(line, (end or line) + 1)]
    if not lines or not lines[0]:
        return None, frame
    raw = [text.encode() for text in lines]
    raw[-1] = raw[-1][:stop]
    raw[0] = raw[0][column:]
    text = b"".join(raw).decode("utf-8", "replace")
    for candidate in (text, lines[0].strip().rstrip(":").removeprefix("if ").removeprefix("return ")):
        try:
            return ast.parse("(" + candidate + ")", mode="eval").body, frame
        except SyntaxError:
            continue
    return None, frame


def evaluated(node, frame):
    """The value of a name or a look-up in a frame; nothing is called."""
    if not all(
        isinstance(n, (ast.Name, ast.Subscript, ast.Constant, ast.Attribute, ast.Load, ast.UnaryOp, ast.USub))
        for n in ast.walk(node)
    ):
        raise ValueError
    return eval(compile(ast.Expression(node), "<blame>", "eval"), frame.f_globals, dict(frame.f_locals))


def operands(outcome):
    node, frame = expression(outcome)
    found = []
    if node is not None:
        for inner in ast.walk(node):
            if isinstance(inner, (ast.Name, ast.Subscript, ast.Attribute)):
                try:
                    found.append((inner, evaluated(inner, frame)))
                except Exception:
                    continue
    if not found and frame is not None and "/tasks/" in frame.f_code.co_filename:
        found = [(None, v) for v in frame.f_locals.values()]
    return found


def suspects(outcome):
    """Paths of columns with values in the failing expression, then those in the frame's variables."""
    found = []

    def add(value):
        if isinstance(value, (str, int, float, list, tuple, dict)) and not callable(value):
            if isinstance(value, dict) and len(set(value) & set(outcome.columns)) > 1:
                return
            for path in paths_of(value, outcome)[:2]:
                if path not in found:
                    found.append(path)

    for _, value in operands(outcome):
        add(value)
    own = outcome.own_frame()
    if len(found) < 2 and own is not None and "lm_eval/api" not in own[0].f_code.co_filename:
        for value in list(own[0].f_locals.values()):
            add(value)
    return found[:5]


def containers(outcome):
    """What the failing expression looks something up in."""
    for _, value in operands(outcome):
        if isinstance(value, dict) and not set(value) & set(outcome.columns):
            yield list(value)
        elif isinstance(value, (list, tuple)) and value and all(isinstance(v, (str, int)) for v in value):
            yield list(value)


def patterns_near(outcome):
    """Texts in the failing function that may be regular expressions."""
    own = outcome.own_frame()
    if own is None:
        return []
    constants = [c for c in own[0].f_code.co_consts if isinstance(c, str) and re.search(r"[\\\[(.*+]", c)]
    named = [own[0].f_globals.get(name) for name in own[0].f_code.co_names]
    return constants + [p.pattern for p in named if isinstance(p, re.Pattern) and isinstance(p.pattern, str)]


def missing(outcome):
    """The column or field that a look-up did not find, as a path; None for other errors."""
    message = str(outcome.error)
    if type(outcome.error).__name__ == "UndefinedError":
        bare = re.match(r"'([^']+)' is undefined", message)
        if bare:
            return (bare.group(1),)
        return None
    if not isinstance(outcome.error, KeyError) or not outcome.error.args:
        return None
    key = outcome.error.args[0]
    if isinstance(key, str) and key.startswith("Column ") and "not in the dataset" in key:
        key = key.split("'")[1] if "'" in key else key.split()[1]
    if not isinstance(key, str) or not key:
        return None
    node, frame = expression(outcome)
    base = None
    for inner, value in operands(outcome):
        keys = set(value) if isinstance(value, dict) else set(getattr(value, "data", {}) or {})
        if keys and key not in keys and keys & set(outcome.columns):
            return (key,)
        if isinstance(value, dict) and value and key not in value:
            base = paths_of(value, outcome)
    if base:
        return base[0] + (key,)
    known = any(match(key, own, ())[0] for values in outcome.values.values() for own in values)
    return None if known or key in outcome.columns else (key,)
