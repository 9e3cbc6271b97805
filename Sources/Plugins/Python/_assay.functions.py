"""From what a task says after `!function` to the thing itself."""

import difflib
import importlib
import importlib.util
import os
import sys

from _assay import standins
from _assay.errors import Trouble, trouble

TREE = "/lm_eval/tasks/"

_modules = {}
_failures = {}


def resolve(reference):
    """The attribute that a reference names."""
    folder, name = reference["folder"], reference["name"]
    module_name, _, attribute = name.rpartition(".")
    if not module_name:
        raise Trouble(
            "missing-function", f"`{name}` names no module", f"write `module.function`, such as `utils.{name}`"
        )
    path = os.path.realpath(os.path.join(folder, module_name.replace(".", "/") + ".py"))
    if os.path.exists(path):
        module, shown = load_file(path, name), path
    else:
        module, shown = load_module(module_name, attribute, path, name), f"the module `{module_name}`"
    try:
        return getattr(module, attribute)
    except AttributeError:
        near = difflib.get_close_matches(attribute, [key for key in dir(module) if not key.startswith("__")], 1)
        raise Trouble(
            "missing-function", f"{shown} has no `{attribute}`", f"did you mean `{near[0]}`?" if near else None
        ) from None


def module_identity(path):
    """The name under which the harness keeps a module: dotted below its own tree, else the path itself."""
    at = path.find(TREE)
    if at < 0:
        return os.path.splitext(path)[0]
    return "lm_eval.tasks." + path[at + len(TREE) :].replace(".py", "").replace("/", ".")


def load_file(path, name):
    """Runs a file as a module, once; a file that failed fails again without being run."""
    if path not in _modules and path not in _failures:
        try:
            _modules[path] = _run(path)
        except BaseException as error:
            _failures[path] = error
    if path in _failures:
        raise trouble(_failures[path], name, while_importing=True) from None
    return _modules[path]


def _run(path):
    identity = module_identity(path)
    at = path.find(TREE)
    if at >= 0:
        standins.add_root(path[: at + len(TREE) - 1])
    already = sys.modules.get(identity)
    if already is not None and os.path.realpath(getattr(already, "__file__", None) or "") == path:
        return already
    spec = importlib.util.spec_from_file_location(identity, path)
    module = importlib.util.module_from_spec(spec)
    module.__mtime__ = os.stat(path).st_mtime_ns
    # Dataclasses and pickles look their module up while it is still being made.
    sys.modules[identity] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(identity, None)
        raise
    return module


def load_module(module_name, attribute, path, name):
    """Imports a module that is no file beside the task."""
    try:
        return __import__(module_name, fromlist=[attribute])
    except ModuleNotFoundError as error:
        if error.name and (module_name + ".").startswith(error.name + "."):
            raise Trouble(
                "missing-module",
                f"there is neither a file {path} nor a Python module `{module_name}`",
                "put the file beside the YAML file, or install the module's package",
            ) from None
        raise trouble(error, name, while_importing=True) from None
    except BaseException as error:
        raise trouble(error, name, while_importing=True) from None
