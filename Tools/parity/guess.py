"""The first recipe of a task: which columns its templates and functions read, and what they seem to hold."""

import hashlib

import phrase
from hints import Node, spec_of
from python_hints import Dataset, PythonReader, unwrapped
from template_hints import TemplateReader

TEMPLATES = [
    "doc_to_text",
    "doc_to_choice",
    "doc_to_target",
    "gen_prefix",
    "description",
    "doc_to_image",
    "doc_to_audio",
]
OF_EXAMPLES = ["doc_to_text", "doc_to_choice", "doc_to_target", "gen_prefix"]


def split_names(config):
    """The splits that a task needs, those of examples with the larger pools."""
    fewshot = config.get("fewshot_config") or {}
    named = [config.get(f"{kind}_split") for kind in ("training", "validation", "test", "fewshot")]
    return [name for name in dict.fromkeys([*named, fewshot.get("split")]) if name]


def is_template(text):
    return "{{" in text or "{%" in text


def bare_column(text):
    """Whether a text without braces may be a column's name rather than a text."""
    return isinstance(text, str) and text and not is_template(text) and len(text) < 60 and "\n" not in text


def read_value(root, value, role, makes):
    if isinstance(value, list) and role != "doc_to_choice":
        for inner in value:
            read_value(root, inner, role, makes)
    elif isinstance(value, str):
        if is_template(value):
            printed = TemplateReader(root).read(value)
            if isinstance(printed, Node) and role in ("doc_to_choice", "doc_to_target"):
                printed.tag("bare:" + role)
        elif bare_column(value) and plausible(value, role):
            node = root.child(value.strip() if role == "description" else value)
            node.tag("bare:" + role)
    elif callable(value):
        reader = PythonReader(value, [root], {})
        reader.run()
        makes |= reader.made


def plausible(text, role):
    """Words of prose are no columns; `question` and `Option A` may be."""
    if role in ("gen_prefix", "description"):
        return False
    return len(text.split()) <= 3 and not text.rstrip().endswith((":", ".", "?", "!"))


def read_process(root, function, makes):
    dataset = Dataset()
    dataset.root = root
    reader = PythonReader(function, [dataset], {})
    reader.run()
    makes |= reader.made


def read_task(config):
    """The tree of hints of a task, without columns that `process_docs` makes and does not read."""
    root, after, makes = Node(), Node(), set()
    process = config.get("process_docs")
    fewshot = config.get("fewshot_config") or {}
    if not isinstance(fewshot, dict):
        fewshot = {}
    has_process = callable(process)
    if has_process:
        read_process(root, process, makes)
    if callable(fewshot.get("process_docs")):
        read_process(root, fewshot["process_docs"], makes)
    later = after if makes else root
    for role in TEMPLATES:
        read_value(later, config.get(role), role, makes)
    for role in OF_EXAMPLES:
        read_value(later, fewshot.get(role), role, makes)
    if callable(config.get("process_results")):
        read_value(later, config["process_results"], "process_results", set())
    for pipeline in config.get("filter_list") or []:
        for step in pipeline.get("filter") or []:
            if step.get("function") == "multi_choice_regex":
                later.child("choices").tag("list").item()
    if later is after:
        for name, node in after.children.items():
            if name not in makes and name not in root.children:
                root.children[name] = node
    assign_roles(root, config)
    return root


def choices_of(config):
    """The fixed choices of a task, or how many there seem to be."""
    choice = config.get("doc_to_choice")
    if isinstance(choice, dict):
        choice = list(choice.values())
    return choice if isinstance(choice, list) and all(isinstance(c, str) for c in choice) else None


def assign_roles(root, config):
    """What a bare field must be follows from where it stands."""
    fixed = choices_of(config)
    for node in list(every_node(root)):
        if "bare:doc_to_choice" in node.tags:
            node.tag("list")
        if "bare:doc_to_target" in node.tags:
            node.tags.discard("bare:doc_to_target")
            if config.get("doc_to_choice") is not None and not node.constants and not node.pick:
                name = str(node.path[-1]).lower()
                spelled = fixed and any(len(c) == 1 and c.isalpha() for c in fixed) and "label" not in name
                if spelled and name in ("answer", "answerkey", "target", "gold", "correct_answer"):
                    node.one_of(fixed)
                else:
                    node.tag("int")
                    node.size = len(fixed) if fixed else 2
        node.tags = {tag for tag in node.tags if not tag.startswith("bare:")}


def every_node(node):
    for inner in [*node.children.values(), *([node.element] if node.element else [])]:
        yield inner
        yield from every_node(inner)


def first_recipe(root):
    return {name: spec_of(node) for name, node in root.children.items() if isinstance(name, str) and name}


def alternatives(root):
    """Other kinds for columns, by name: texts that the patterns match which functions try on them."""
    found = {}
    for name, node in root.children.items():
        for pattern in node.patterns[:4]:
            texts = [phrase.sample(pattern, None, seed) for seed in range(6)]
            texts = list(dict.fromkeys(text for text in texts if text))
            if texts:
                found.setdefault(name, []).append({"k": "const", "values": texts})
    return found


def selected_by(config):
    """The constants by which `process_docs` selects rows, by column."""
    chosen = Node()
    for function in (config.get("process_docs"), (config.get("fewshot_config") or {}).get("process_docs")):
        if callable(function):
            read_process(chosen, function, set())
    return {name: node.constants[0] for name, node in chosen.children.items() if len(node.constants) == 1}


def identity(value):
    """What a configuration value is, with functions by their code rather than by their address."""
    function, places, names = unwrapped(value) if callable(value) else (value, [], {})
    if callable(value):
        code = getattr(function, "__code__", None)
        if code is None:
            return f"{type(function).__name__}:{getattr(function, '__name__', function)}"
        constants = [c for c in code.co_consts if isinstance(c, (str, int, float, tuple))]
        return [
            code.co_name,
            hashlib.sha256(code.co_code).hexdigest()[:16],
            str(code.co_names),
            str(constants),
            sorted(names),
        ]
    if isinstance(value, dict):
        return {str(k): identity(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [identity(v) for v in value]
    return value


def family_of(config):
    """A key that tasks share when one recipe should serve them all."""
    keys = [*TEMPLATES, "process_docs", "process_results", "output_type", "fewshot_config", "custom_dataset"]
    kept = {key: identity(config.get(key)) for key in keys if key != "description"}
    kept["metrics"] = identity(config.get("metric_list"))
    kept["filters"] = identity(config.get("filter_list"))
    return hashlib.sha256(repr(kept).encode("utf-8", "surrogatepass")).hexdigest()[:20]
