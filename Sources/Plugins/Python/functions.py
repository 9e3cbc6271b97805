"""Finds what `!function` names, as the harness does: beside the file first, then among installed modules."""

import importlib
import importlib.util
import os
import sys
import traceback


class Trouble(Exception):
    """An error for the other side, as it is."""

    def __init__(self, kind, message, traceback=None, help=None):
        super().__init__(message)
        self.data = {"kind": kind, "message": message, "traceback": traceback, "help": help}


_modules = {}
_things = {}


def find(reference):
    """The object that a reference names."""
    key = (reference["folder"], reference["name"])
    if key not in _things:
        _things[key] = _find(*key)
    return _things[key]


def _find(folder, name):
    module_name, _, attribute = name.rpartition(".")
    path = os.path.join(os.path.abspath(folder), *module_name.split(".")) + ".py"
    module = _from_path(path, name) if os.path.exists(path) else _installed(module_name, name, path)
    try:
        return getattr(module, attribute)
    except AttributeError:
        near = [known for known in vars(module) if known.lower() == attribute.lower()]
        raise Trouble(
            "missing-function",
            f"`{module_name}` has no `{attribute}`",
            help=f"did you mean `{near[0]}`?" if near else f"looked in {getattr(module, '__file__', module_name)}",
        ) from None


def _from_path(path, name):
    """A module that lies beside a task file; in a tree of the harness it has the name that others import it by."""
    if path in _modules:
        return _modules[path]
    place = path.rfind("/lm_eval/tasks/")
    if place >= 0:
        label = "lm_eval.tasks." + path[place + len("/lm_eval/tasks/") : -3].replace("/", ".")
    else:
        label = path[:-3]
    spec = importlib.util.spec_from_file_location(label, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[label] = module
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        sys.modules.pop(label, None)
        raise imported(error, name, path) from None
    _modules[path] = module
    return module


def _installed(module_name, name, path):
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name and (module_name == error.name or module_name.startswith(error.name + ".")):
            raise Trouble(
                "missing-module",
                f"`{name}` is not there: no file {path}, and no installed module `{module_name}`",
                help="a function is looked for beside the file that names it",
            ) from None
        raise imported(error, name, path) from None
    except BaseException as error:
        raise imported(error, name, path) from None


def imported(error, name, path):
    """What went wrong while a module was loaded."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.split(".")[0]
        return Trouble(
            "missing-module",
            f"`{name}` needs the Python package `{package}`, which is not installed",
            traceback=frames(error),
            help=f"install it for {sys.executable}: pip install {_PACKAGES.get(package, package)}",
        )
    if isinstance(error, SyntaxError):
        place = f"{os.path.basename(error.filename or path)}:{error.lineno}"
        return Trouble("raised", f"`{name}` cannot be loaded: {place}: {error.msg}", traceback=frames(error))
    return raised(error, name, "while its module was loaded")


# Packages whose name on PyPI is another than the one they are imported by.
_PACKAGES = {"sklearn": "scikit-learn", "PIL": "pillow", "yaml": "PyYAML", "lm_eval": "lm_eval==0.4.13"}


def raised(error, name, when=""):
    """An exception that a function raised."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, ModuleNotFoundError):
        return imported(error, name, "")
    text = str(error).strip().split("\n")[0][:300]
    label = type(error).__name__ + (f": {text}" if text else "")
    return Trouble("raised", f"`{name}` raised {label}" + (f" {when}" if when else ""), traceback=frames(error))


def frames(error):
    """The traceback without the frames of this program."""
    entries = [
        entry
        for entry in traceback.extract_tb(error.__traceback__)
        if not entry.filename.startswith("<") or entry.filename == "<string>"
    ]
    lines = [line for line in traceback.format_list(entries[-12:])]
    lines += traceback.format_exception_only(type(error), error)
    return "".join(["Traceback (most recent call last):\n", *lines]).rstrip()[:8000]
