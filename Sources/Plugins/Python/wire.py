"""Values as JSON that keeps Python's types; what has no form in it stays here under a number."""

import json
import math

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_kept = []


def encode(value):
    """The bytes of a value, without a line end."""
    text = json.dumps(tagged(value), ensure_ascii=False, separators=(",", ":"), check_circular=False)
    # Half of a surrogate pair is no text anywhere else.
    return text.encode("utf-8", "replace")


def decode(line):
    return untagged(json.loads(line))


def tagged(value):
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return value if _SMALLEST <= value <= _LARGEST else _object(value)
    if kind is float:
        return value if math.isfinite(value) else {"$float": repr(value)}
    if kind is list:
        return [tagged(item) for item in value]
    if kind is tuple:
        return {"$tuple": [tagged(item) for item in value]}
    if kind is dict:
        return _mapping(value)
    return _other(value)


def _mapping(value):
    is_plain = all(type(key) is str for key in value)
    if is_plain and not any(key[:1] == "$" for key in value):
        return {key: tagged(item) for key, item in value.items()}
    return {"$map": [[tagged(key), tagged(item)] for key, item in value.items()]}


def _other(value):
    # NumPy's and pandas' numbers are numbers; their arrays are lists.
    module = type(value).__module__.split(".")[0]
    if module == "numpy":
        if hasattr(value, "tolist"):
            return tagged(value.tolist())
    elif module == "torch" and hasattr(value, "tolist"):
        return tagged(value.tolist())
    for base in (bool, int, float, str):
        if isinstance(value, base):
            return tagged(base(value))
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, tuple):
        return {"$tuple": [tagged(item) for item in value]}
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if hasattr(value, "__next__") or isinstance(value, (range, type({}.keys()), type({}.values()))):
        return [tagged(item) for item in value]
    return _object(value)


def _object(value):
    _kept.append(value)
    try:
        text = str(value)
    except Exception:
        text = object.__repr__(value)
    return {"$object": len(_kept) - 1, "type": type(value).__name__, "text": text[:10000]}


def untagged(value):
    kind = type(value)
    if kind is list:
        return [untagged(item) for item in value]
    if kind is dict:
        if len(value) == 1:
            ((name, content),) = value.items()
            if name[:1] == "$":
                return _special(name, content)
        return {key: untagged(item) for key, item in value.items()}
    return value


def _special(name, content):
    if name == "$tuple":
        return tuple(untagged(item) for item in content)
    if name == "$float":
        return float(content)
    if name == "$map":
        return {untagged(key): untagged(item) for key, item in content}
    if name == "$object":
        return _kept[content]
    return {name: untagged(content)}
