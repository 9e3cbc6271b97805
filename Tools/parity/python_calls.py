"""Hints from calls inside task authors' functions: of methods, built-ins and helper functions."""

import ast
import inspect
import re

from hints import STRING_METHODS, Node
from python_hints import DEEPEST, UNKNOWN, Dataset, PythonReader, unwrapped


def call(reader, node):
    """Visits a call; gives the node that stands for its result, if any."""
    arguments = [reader.visit(argument) for argument in node.args]
    named = {k.arg: reader.visit(k.value) for k in node.keywords if k.arg}
    function = node.func
    if isinstance(function, ast.Attribute):
        value = reader.visit(function.value)
        if isinstance(value, Dataset):
            return of_dataset(reader, value, function.attr, node)
        if isinstance(value, Node):
            return of_column(reader, value, function.attr, node, arguments)
        found = of_constant(reader, node, arguments)
        if found is not UNKNOWN:
            return found
    elif isinstance(function, ast.Name):
        found = of_builtin(reader, function.id, arguments)
        if found is not UNKNOWN:
            return found
    return of_helper(reader, node, arguments, named)


def of_dataset(reader, value, name, node):
    if name in ("map", "filter"):
        functions = node.args[:1] + [k.value for k in node.keywords if k.arg in ("function", None)]
        for function in functions[:1]:
            enter(reader, function, [value.root])
    return value


def of_column(reader, value, name, node, arguments):
    first = reader.constant(node.args[0]) if node.args else UNKNOWN
    if name == "get" and isinstance(first, str):
        return value.child(first)
    if name == "pop" and node.args:
        keys = [first] if isinstance(first, str) else reader.constants(node.args[0])
        if keys:
            return value.alike(keys)
    if name in ("items", "keys", "values", "get", "update", "copy"):
        return value if name == "copy" else None
    if name in ("split", "rsplit", "partition"):
        value.parts(first if first is not UNKNOWN else " ")
        return None
    if name in ("append", "extend", "insert", "sort"):
        value.tag("list")
        return None
    if name in ("index", "find", "rindex", "rfind") and isinstance(first, str):
        value.parts(first)
        return None
    if name in ("index", "count") and arguments and isinstance(arguments[0], Node):
        arguments[0].pick = value.tag("list").path
        return None
    if name in ("startswith", "endswith") and isinstance(first, str):
        value.one_of([first])
    if name in STRING_METHODS:
        value.tag("text")
        # A comparison of what the method gives is nearly one of the column itself.
        return value if name in ("strip", "lower", "lstrip", "rstrip", "replace") else None
    return None


def of_constant(reader, node, arguments):
    """A method of something that is no column: look-ups, joins, parsers."""
    function = node.func
    argument = arguments[0] if arguments and isinstance(arguments[0], Node) else None
    base = function.value.id if isinstance(function.value, ast.Name) else ""
    if argument is not None:
        if base == "json" and function.attr == "loads":
            return argument.parsed("json")
        if base == "ast" and function.attr == "literal_eval":
            return argument.parsed("repr")
        if function.attr == "join":
            argument.tag("list")
            return None
        literal = reader.constant(function.value)
        if function.attr == "index" and isinstance(literal, (list, tuple, str)):
            argument.one_of(literal)
            return None
        if function.attr == "get" and isinstance(literal, dict):
            argument.one_of(literal)
            return None
    compiled = reader.constant(function.value)
    pattern = compiled.pattern if isinstance(compiled, re.Pattern) else None
    for other in arguments:
        if isinstance(other, Node) and (base == "re" or pattern):
            other.tag("text")
            written = reader.constant(node.args[0]) if base == "re" else pattern
            if isinstance(written, str) and function.attr != "sub":
                other.patterns.append(written)
    return UNKNOWN


def of_builtin(reader, name, arguments):
    argument = arguments[0] if arguments and isinstance(arguments[0], Node) else None
    if name == "eval" and argument is not None:
        return argument.parsed("repr")
    if name in ("int", "float") and argument is not None:
        argument.tag("number" if name == "float" else "int")
        return None
    if name in ("str", "len", "print", "isinstance", "bool", "type"):
        return argument if name == "str" else None
    if name in ("list", "sorted", "reversed", "set", "enumerate") and argument is not None:
        return argument.tag("list") if name in ("list", "reversed") else None
    if name in ("ord", "chr") and argument is not None:
        argument.one_of("ABCD") if name == "ord" else argument.tag("int")
        return None
    return UNKNOWN


def of_helper(reader, node, arguments, named):
    """A function of the author's own that gets columns."""
    if not any(isinstance(a, (Node, Dataset)) for a in [*arguments, *named.values()]):
        return None
    constants = [
        a if a is not None else none_if_unknown(reader.constant(e)) for a, e in zip(arguments, node.args)
    ]
    return enter(reader, node.func, constants, named)


def none_if_unknown(value):
    return None if value is UNKNOWN else value


def enter(reader, function, arguments, named=None):
    """Reads the function that an expression names, called with these arguments."""
    if reader.depth >= DEEPEST:
        return None
    if isinstance(function, ast.Lambda) or (
        isinstance(function, ast.Name) and isinstance(reader.local.get(function.id), ast.FunctionDef)
    ):
        definition = function if isinstance(function, ast.Lambda) else reader.local[function.id]
        if definition in reader.trail:
            return None
        inner = PythonReader(None, [], {}, reader.depth + 1, reader.trail + (definition,))
        inner.definition, inner.globals, inner.local = definition, reader.globals, dict(reader.local)
        inner.bind(definition, arguments, named or {})
    else:
        target = None
        if isinstance(function, ast.Name):
            target = reader.local.get(function.id, reader.globals.get(function.id))
        elif isinstance(function, ast.Call):
            # partial(f, a=1) written where the function is used
            name = (
                function.func.id
                if isinstance(function.func, ast.Name)
                else getattr(function.func, "attr", "")
            )
            if name == "partial" and function.args:
                extra = {k.arg: none_if_unknown(reader.constant(k.value)) for k in function.keywords if k.arg}
                return enter(reader, function.args[0], arguments, {**extra, **(named or {})})
        if not callable(target) or isinstance(target, type):
            return None
        inside, _, _ = unwrapped(target)
        if not inspect.isfunction(inside) or inside.__code__ in reader.trail:
            return None
        if (inside.__module__ or "").split(".")[0] in (
            "datasets",
            "numpy",
            "re",
            "json",
            "random",
            "sklearn",
        ):
            return None
        inner = PythonReader(target, arguments, named or {}, reader.depth + 1, reader.trail)
    result = inner.run()
    reader.made |= inner.made
    return result
