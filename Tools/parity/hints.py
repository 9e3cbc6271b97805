"""What templates and Python functions do with each column, as a tree of hints, and a first recipe from it."""

STRING_METHODS = {name for name in dir(str) if not name.startswith("_")}
BOXED = [
    "We get $\\boxed{42}$.",
    "So \\boxed{\\frac{1}{2}}",
    "Final Answer: The final answer is $7$. \\boxed{7}",
]
LABELS = ("label", "gold", "idx", "_id", "num", "count", "level", "index")


class Node:
    """A value of unknown kind: what was seen done to it."""

    def __init__(self, path=()):
        self.path, self.children, self.element = path, {}, None
        self.tags, self.constants, self.separators, self.patterns = set(), [], [], []
        self.first = 0
        self.size, self.pick, self.inner, self.least = None, None, None, 0

    def child(self, name):
        if name not in self.children:
            self.children[name] = Node(self.path + (name,))
        return self.children[name]

    def alike(self, names):
        """Children with one set of hints: columns that a loop goes through."""
        first = self.child(names[0])
        for name in names:
            self.children.setdefault(name, first)
        return first

    def item(self):
        if self.element is None:
            self.element = Node(self.path + ("[]",))
        return self.element

    def reached(self, index):
        """Notes an index that is read, so that lists are long enough."""
        self.least = max(self.least, index + 1 if index >= 0 else -index)

    def parsed(self, how):
        """The value that this text stands for (`json` or `repr`)."""
        if self.inner is None:
            self.inner = (how, Node(self.path))
        return self.inner[1]

    def tag(self, *names):
        self.tags.update(names)
        return self

    def one_of(self, values):
        for value in values:
            if isinstance(value, (str, int)) and value not in self.constants:
                self.constants.append(value)
        return self

    def parts(self, separator):
        self.tag("text")
        if isinstance(separator, str) and separator and separator not in self.separators:
            self.separators.append(separator)
        return self


def text_spec(node, inside=False):
    if node.separators and any(s.strip() for s in node.separators):
        return {"k": "sep", "sep": node.separators}
    return {"k": "item", "v": 0} if inside else {"k": "text", "v": 0}


def spec_of(node, inside=False):
    """The first guess at a node's kind."""
    if node.inner is not None:
        how, inner = node.inner
        return {"k": how, "of": spec_of(inner) if has_shape(inner) else {"k": "list", "of": {"k": "item"}}}
    if node.pick is not None:
        return {"k": "pick", "from": list(node.pick)}
    if any("boxed" in str(text) for text in node.constants + node.separators):
        return {"k": "const", "values": BOXED}
    if node.children and "text" not in node.tags:
        return {"k": "struct", "of": {name: spec_of(inner) for name, inner in node.children.items()}}
    if node.constants and "int" not in node.tags:
        same = [v for v in node.constants if type(v) is type(node.constants[0])]
        if isinstance(same[0], int) and len(same) == 1:
            same += [True, False] if isinstance(same[0], bool) else [0, 1]
            same = list(dict.fromkeys(same))
        if all(isinstance(v, str) and len(v) == 1 and v.isupper() for v in same):
            # A whole alphabet stands for the few letters of the choices.
            same = same[:4] if len(same) > 8 else same
        return {"k": "const", "values": same}
    if node.element is not None and "text" not in node.tags:
        length = {"n": node.least} if node.least > 4 else {}
        if has_shape(node.element) or "list" in node.tags:
            return {"k": "list", "of": spec_of(node.element, inside=True), **length}
        if "indexed" in node.tags and "int" not in node.tags:
            return {"k": "list", "of": {"k": "item"}, **length}
    if "list" in node.tags and "text" not in node.tags:
        return {"k": "list", "of": {"k": "item"}}
    if {"int", "number"} <= node.tags:
        return {"k": "digit", "n": 2, "b": node.first}
    if "int" in node.tags and "text" not in node.tags:
        return {"k": "int", "n": min(node.size or 4, 4)}
    if "number" in node.tags and "text" not in node.tags:
        return {"k": "number"}
    if "float" in node.tags:
        return {"k": "float"}
    name = str(node.path[-1]).lower() if node.path else ""
    if not node.tags and any(name.endswith(end) or name == end for end in LABELS):
        return {"k": "int", "n": 2 if node.size is None else node.size}
    return text_spec(node, inside)


def has_shape(node):
    return bool(node.children or node.element or node.constants or node.pick or node.inner)
