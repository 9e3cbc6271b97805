"""Hints from Jinja templates."""

import jinja2
from jinja2 import nodes

from hints import STRING_METHODS, Node

ENVIRONMENT = jinja2.Environment()
ENVIRONMENT.filters["regex_replace"] = lambda *_: ""
TEXT_FILTERS = {
    "trim",
    "lower",
    "upper",
    "capitalize",
    "replace",
    "title",
    "regex_replace",
    "escape",
    "wordcount",
}
LIST_FILTERS = {"join", "first", "last", "list", "map", "sort", "random", "unique"}


class TemplateReader:
    """Walks a template and notes in `root` what it does with columns."""

    def __init__(self, root):
        self.root, self.local = root, {}

    def read(self, text):
        """Notes what a template does; gives the node that it prints if that is all it does."""
        try:
            tree = ENVIRONMENT.parse(text)
        except jinja2.TemplateError:
            return None
        self.local = {}
        found = [self.visit(node) for node in tree.body]
        whole = (
            len(tree.body) == 1 and isinstance(tree.body[0], nodes.Output) and len(tree.body[0].nodes) == 1
        )
        return found[0] if whole else None

    def on_output(self, node):
        found = [self.visit(child) for child in node.nodes]
        return found[0] if len(found) == 1 else None

    def visit(self, node):
        method = getattr(self, "on_" + type(node).__name__.lower(), None)
        if method is not None:
            return method(node)
        found = None
        for child in node.iter_child_nodes():
            self.visit(child)
        return found

    def on_name(self, node):
        if node.ctx != "load":
            return None
        if node.name in self.local:
            return self.local[node.name]
        if node.name in ("range", "dict", "namespace", "loop", "true", "false", "none", "cycler", "joiner"):
            return None
        return self.root.child(node.name)

    def on_const(self, node):
        return None

    def on_assign(self, node):
        value = self.visit(node.node)
        if isinstance(node.target, nodes.Name):
            self.local[node.target.name] = value

    def on_for(self, node):
        value = self.visit(node.iter)
        element = value.tag("list").item() if isinstance(value, Node) else None
        if isinstance(node.target, nodes.Name):
            self.local[node.target.name] = element
        else:
            for target in node.target.items:
                self.local[target.name] = None
        for child in node.body + node.else_:
            self.visit(child)

    def on_getattr(self, node):
        value = self.visit(node.node)
        if not isinstance(value, Node):
            return None
        return value.child(node.attr)

    def on_getitem(self, node):
        value, key = self.visit(node.node), node.arg
        if isinstance(key, nodes.Slice):
            for part in (key.start, key.stop, key.step):
                if part is not None:
                    found = self.visit(part)
                    if isinstance(found, Node):
                        found.tag("int")
            return value.tag("sliced") if isinstance(value, Node) else None
        if isinstance(key, nodes.Const) and isinstance(key.value, str):
            return value.child(key.value) if isinstance(value, Node) else None
        inner = self.visit(key)
        literal = self.literal(node.node)
        if isinstance(inner, Node):
            if isinstance(literal, dict):
                inner.one_of(literal)
            elif isinstance(value, Node) or literal is not None:
                inner.tag("int")
                inner.size = min(inner.size or 99, len(literal) if literal is not None else 4)
        if isinstance(value, Node):
            index = self.literal(key)
            if isinstance(index, int):
                value.reached(index)
            return value.tag("indexed", *([] if isinstance(key, nodes.Const) else ["list"])).item()
        return None

    @staticmethod
    def literal(node):
        """The value of an expression of constants, None for others."""
        if isinstance(node, (nodes.List, nodes.Tuple)):
            # What stands in the list does not matter for its length.
            return [item.value if isinstance(item, nodes.Const) else None for item in node.items]
        try:
            return node.as_const()
        except (nodes.Impossible, jinja2.TemplateError):
            return None

    def on_call(self, node):
        arguments = [self.visit(argument) for argument in node.args]
        if not isinstance(node.node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == "range":
                for argument in arguments:
                    if isinstance(argument, Node):
                        argument.tag("int")
            return None
        value, name = self.visit(node.node.node), node.node.attr
        literal = self.literal(node.node.node)
        if name == "index" and node.args and isinstance(node.args[0], (nodes.Add, nodes.Concat)):
            self.index_of_joined(node.args[0], literal)
        if name == "index" and arguments and isinstance(arguments[0], Node):
            if literal is not None and None not in literal:
                arguments[0].one_of(literal)
            elif isinstance(value, Node):
                arguments[0].pick = value.tag("list").path
            elif isinstance(node.node.node, nodes.List):
                first = [self.visit(item) for item in node.node.node.items]
                if first and isinstance(first[0], Node):
                    arguments[0].pick = first[0].path
            return None
        if not isinstance(value, Node):
            return None
        if name == "get" and node.args and isinstance(node.args[0], nodes.Const):
            return value.child(node.args[0].value)
        if name in ("items", "keys", "values"):
            value.tag("dict")
            return None
        if name in ("split", "rsplit", "partition"):
            value.parts(node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else " ")
            return None
        if name in STRING_METHODS:
            return value.tag("text")
        return None

    def index_of_joined(self, joined, literal):
        """`['answerA', …].index('answer' + letter)`: the column holds what is left of the list's texts."""
        parts = joined.nodes if isinstance(joined, nodes.Concat) else [joined.left, joined.right]
        if len(parts) != 2 or not isinstance(parts[0], nodes.Const) or literal is None:
            return
        column = self.visit(parts[1])
        if isinstance(column, Node):
            column.one_of(
                [text.removeprefix(str(parts[0].value)) for text in literal if isinstance(text, str)]
            )

    def on_filter(self, node):
        value = self.visit(node.node) if node.node is not None else None
        for argument in node.args:
            self.visit(argument)
        if isinstance(value, Node):
            if node.name in TEXT_FILTERS:
                value.tag("text")
            elif node.name == "map" and any(k.key == "attribute" for k in node.kwargs):
                name = next(k.value for k in node.kwargs if k.key == "attribute")
                inner = Node(value.path)
                inner.element = value.tag("list").item().child(name.as_const())
                return inner
            elif node.name in LIST_FILTERS:
                return value.tag("list").item() if node.name in ("first", "last") else value.tag("list")
            elif node.name in ("int", "float"):
                return value.tag("number")
        return value if node.name in ("trim", "list") else None

    def on_compare(self, node):
        value = self.visit(node.expr)
        for operand in node.ops:
            other = self.visit(operand.expr)
            constant = self.literal(operand.expr)
            if isinstance(value, Node) and constant is not None:
                if operand.op in ("eq", "ne"):
                    value.one_of([constant])
                    value.one_of([not constant] if isinstance(constant, bool) else [])
                elif operand.op in ("in", "notin") and isinstance(constant, (list, tuple)):
                    value.one_of(constant)
                elif operand.op in ("gt", "lt", "gteq", "lteq") and isinstance(constant, (int, float)):
                    value.tag("int")
            if isinstance(other, Node) and operand.op in ("in", "notin"):
                other.tag("sliced")
        return None

    def arithmetic(self, node):
        sides = [self.visit(node.left), self.visit(node.right)]
        for side, other in zip(sides, (node.right, node.left)):
            if isinstance(side, Node) and isinstance(other, nodes.Const):
                side.tag("int" if isinstance(other.value, int) else "text")
                if isinstance(node, nodes.Sub) and other.value == 1:
                    side.first = 1
        return None

    on_add = on_sub = on_mul = arithmetic
