"""Hints from task authors' Python functions: their syntax trees, walked with columns as unknown values."""

import ast
import functools
import inspect
import textwrap

from hints import STRING_METHODS, Node

UNKNOWN = object()
DEEPEST = 5
TREES = {}


class Each:
    """Stands for every value of a list of constants that a loop goes through."""

    def __init__(self, values):
        self.values = values


class Dataset:
    """Stands for a data set: its rows are documents, its columns are lists of their values."""


def tree_of(function):
    """The definition of a function, its globals and its name space of captured values."""
    code = function.__code__
    key = (code.co_filename, code.co_firstlineno, code.co_name)
    if key not in TREES:
        try:
            source = textwrap.dedent(inspect.getsource(function))
            tree = ast.parse(source if not source.startswith(".") else f"x{source}")
        except (OSError, SyntaxError, TypeError):
            tree = None
        wanted = (ast.Lambda,) if code.co_name == "<lambda>" else (ast.FunctionDef,)
        found = [n for n in ast.walk(tree) if isinstance(n, wanted)] if tree else []
        TREES[key] = found[0] if found else None
    return TREES[key]


def unwrapped(function):
    """The function behind partial objects, with what they bind."""
    places, names = [], {}
    while isinstance(function, functools.partial):
        places, names = list(function.args) + places, {**function.keywords, **names}
        function = function.func
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function, places, names


class PythonReader(ast.NodeVisitor):
    """Walks one call of one function."""

    def __init__(self, function, arguments, named, depth=0, trail=()):
        self.depth, self.trail, self.local, self.made = depth, trail, {}, set()
        self.globals, self.result = {}, None
        function, places, names = unwrapped(function)
        definition = tree_of(function) if inspect.isfunction(function) else None
        self.definition = definition
        if definition is None:
            return
        self.globals = {**function.__globals__, **closure_of(function)}
        self.bind(definition, places + list(arguments), {**names, **named}, function)
        self.trail = trail + (function.__code__,)

    def bind(self, definition, places, names, function=None):
        parameters = [a.arg for a in definition.args.posonlyargs + definition.args.args]
        defaults = getattr(function, "__defaults__", None) or ()
        self.local.update(zip(parameters[len(parameters) - len(defaults) :], defaults))
        self.local.update(getattr(function, "__kwdefaults__", None) or {})
        if function is None and definition.args.defaults:
            written = definition.args.defaults
            for name, default in zip(parameters[len(parameters) - len(written) :], written):
                constant = self.constant(default)
                self.local[name] = None if constant is UNKNOWN else constant
        self.local.update(zip(parameters, places))
        self.local.update(names)

    def run(self):
        if self.definition is None or self.depth > DEEPEST:
            return None
        body = self.definition.body
        if isinstance(body, list):
            for statement in body:
                self.visit(statement)
        else:
            self.result = self.visit(body)
        return self.result

    def constant(self, node):
        """The plain value of an expression that no column takes part in, UNKNOWN otherwise."""
        if isinstance(node, ast.Constant):
            return node.value
        names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
        space = {}
        for name in names:
            value = self.local.get(name, self.globals.get(name, UNKNOWN))
            if name in self.local and (value is None or isinstance(value, (Node, Dataset, Each))):
                return UNKNOWN
            if value is not UNKNOWN:
                space[name] = value
        harmless = (
            ast.Constant,
            ast.Name,
            ast.List,
            ast.Tuple,
            ast.Set,
            ast.Dict,
            ast.Subscript,
            ast.Attribute,
        )
        harmless += (ast.Load, ast.UnaryOp, ast.USub, ast.BinOp, ast.Add, ast.Call, ast.keyword, ast.Index)
        harmless += (ast.JoinedStr, ast.FormattedValue)
        calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
        safe = {"list", "set", "tuple", "range", "len", "sorted", "str"}
        if not all(isinstance(n, harmless) for n in ast.walk(node)) or not all(
            (isinstance(c.func, ast.Attribute) and c.func.attr in STRING_METHODS | {"keys", "values"})
            or (isinstance(c.func, ast.Name) and c.func.id in safe)
            for c in calls
        ):
            return UNKNOWN
        try:
            return eval(compile(ast.Expression(node), "<hint>", "eval"), space)
        except Exception:
            return UNKNOWN

    def constants(self, node):
        """The values of a text that holds the variable of one loop over constants."""
        loops = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        loops = [name for name in loops if isinstance(self.local.get(name), Each)]
        if len(loops) != 1:
            return []
        each, found = self.local[loops[0]], []
        for value in each.values:
            self.local[loops[0]] = value
            found.append(self.constant(node))
        self.local[loops[0]] = each
        return found if all(isinstance(value, str) for value in found) else []

    def visit_Name(self, node):
        value = self.local.get(node.id)
        return value if isinstance(value, (Node, Dataset)) else None

    def visit_Lambda(self, node):
        return None

    def visit_FunctionDef(self, node):
        self.local[node.name] = node

    def visit_Return(self, node):
        found = self.visit(node.value) if node.value is not None else None
        if isinstance(node.value, ast.Dict):
            # What a row is mapped to is new columns.
            keys = [self.constant(key) for key in node.value.keys if key is not None]
            self.made.update(key for key in keys if isinstance(key, str))
        self.result = found if isinstance(found, (Node, Dataset)) else self.result

    def visit_Assign(self, node):
        value = self.visit(node.value)
        if value is None:
            constant = self.constant(node.value)
            value = constant if constant is not UNKNOWN else None
        for target in node.targets:
            self.store(target, value)

    def store(self, target, value):
        if isinstance(target, ast.Name):
            self.local[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            for inner in target.elts:
                self.store(inner, value.item() if isinstance(value, Node) else None)
        elif isinstance(target, ast.Subscript):
            base, key = self.visit(target.value), self.constant(target.slice)
            if isinstance(base, Node) and not base.path and isinstance(key, str):
                self.made.add(key)

    def visit_For(self, node):
        self.store(node.target, self.element(node.iter))
        if isinstance(node.iter, ast.Call) and isinstance(node.target, ast.Tuple):
            self.unpack(node.iter, node.target)
        for statement in node.body + node.orelse:
            self.visit(statement)

    def unpack(self, call, target):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name == "enumerate" and call.args and len(target.elts) == 2:
            self.store(target.elts[0], None)
            self.store(target.elts[1], self.element(call.args[0]))
        elif name == "zip":
            for inner, argument in zip(target.elts, call.args):
                self.store(inner, self.element(argument))

    def element(self, node):
        value = self.visit(node)
        if isinstance(value, Dataset):
            return value.root
        if isinstance(value, Node):
            return value.tag("list").item()
        constant = self.constant(node)
        if isinstance(constant, (list, tuple, str, dict, range)) and 0 < len(constant) < 30:
            return Each(list(constant))
        return None

    def comprehension(self, node, results):
        for generator in node.generators:
            self.store(generator.target, self.element(generator.iter))
            if isinstance(generator.iter, ast.Call) and isinstance(generator.target, ast.Tuple):
                self.unpack(generator.iter, generator.target)
            for condition in generator.ifs:
                self.visit(condition)
        for result in results:
            self.visit(result)

    def visit_ListComp(self, node):
        self.comprehension(node, [node.elt])

    visit_SetComp = visit_GeneratorExp = visit_ListComp

    def visit_DictComp(self, node):
        self.comprehension(node, [node.key, node.value])

    def visit_Subscript(self, node):
        value, inner = self.visit(node.value), self.visit(node.slice)
        key = self.constant(node.slice)
        if isinstance(value, Dataset):
            if isinstance(key, str):
                column = Node(("?",))
                column.element = value.root.child(key)
                return column
            return value.root
        if isinstance(value, Node):
            if isinstance(key, str):
                return value.child(key)
            keys = self.constants(node.slice)
            if keys:
                return value.alike(keys)
            if isinstance(node.slice, ast.Slice):
                return value.tag("sliced")
            if isinstance(inner, Node):
                inner.tag("int")
            if isinstance(key, int):
                value.reached(key)
            return value.tag("indexed", *(["list"] if isinstance(inner, Node) else [])).item()
        if isinstance(inner, Node):
            literal = self.constant(node.value)
            if isinstance(literal, dict):
                inner.one_of(literal)
            elif isinstance(literal, (list, tuple, str)):
                inner.tag("int").size = len(literal)
        return None

    def visit_Attribute(self, node):
        value = self.visit(node.value)
        return value if isinstance(value, Dataset) else None

    def visit_IfExp(self, node):
        self.visit(node.test)
        return self.visit(node.body) or self.visit(node.orelse)

    def visit_BoolOp(self, node):
        found = [self.visit(value) for value in node.values]
        return next((f for f in found if isinstance(f, Node)), None)

    def visit_BinOp(self, node):
        sides = [self.visit(node.left), self.visit(node.right)]
        for side, other in zip(sides, (node.right, node.left)):
            constant = self.constant(other)
            if isinstance(side, Node) and constant is not UNKNOWN:
                if isinstance(constant, str) and not isinstance(node.op, ast.Mod):
                    side.tag("text")
                elif isinstance(constant, int) and not isinstance(node.op, ast.Mult):
                    side.tag("int")
        return None

    def visit_Compare(self, node):
        operands = [node.left, *node.comparators]
        values = [self.visit(operand) for operand in operands]
        for at, operator in enumerate(node.ops):
            left, right = values[at], values[at + 1]
            constants = self.constant(operands[at]), self.constant(operands[at + 1])
            if isinstance(operator, (ast.Eq, ast.NotEq)):
                for value, constant in ((left, constants[1]), (right, constants[0])):
                    if isinstance(value, Node) and constant is not UNKNOWN:
                        value.one_of([constant])
            elif isinstance(operator, (ast.In, ast.NotIn)) and isinstance(left, Node):
                if isinstance(constants[1], (list, tuple, set, dict, frozenset)):
                    left.one_of(constants[1])
            elif isinstance(operator, (ast.In, ast.NotIn)) and isinstance(right, Node):
                if isinstance(constants[0], str) and not right.children and right.element is None:
                    right.one_of([constants[0]])
        return None

    def visit_Call(self, node):
        from python_calls import call

        return call(self, node)


def closure_of(function):
    names, cells = function.__code__.co_freevars, function.__closure__ or ()
    found = {}
    for name, cell in zip(names, cells):
        try:
            found[name] = cell.cell_contents
        except ValueError:
            pass
    return found
