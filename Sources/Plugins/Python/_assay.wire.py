"""Values on their way through the pipe.

JSON for what JSON has; a mapping with one key that begins with `$` for the rest. What has no form at all stays here,
and a number stands for it over there.
"""

import base64
import itertools
import math
import sys
import types

PLAIN = frozenset({str, bool, type(None)})
# Python writes no more than 4300 digits.
LONGEST = 14_000
STREAMS = (
    types.GeneratorType,
    map,
    filter,
    zip,
    range,
    enumerate,
    reversed,
    itertools.chain,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)

kept = {}
_numbers = itertools.count(1)


class Packed:
    """A value that has been packed before."""

    __slots__ = ("content",)

    def __init__(self, value):
        self.content = pack(value)


def pack(value):
    """What stands for a value in JSON."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is Packed:
        return value.content
    if kind is int:
        return value if value.bit_length() <= LONGEST else keep(value)
    if kind is float:
        return value if math.isfinite(value) else {"$float": repr(value)}
    if kind is list:
        return [item if type(item) in PLAIN else pack(item) for item in value]
    if kind is dict:
        return _pack_mapping(value)
    if kind is tuple:
        return {"$tuple": [item if type(item) in PLAIN else pack(item) for item in value]}
    if kind is bytes:
        return {"$bytes": base64.b64encode(value).decode("ascii")}
    return _pack_other(value)


def _pack_mapping(value):
    if all(type(key) is str for key in value):
        if len(value) != 1 or next(iter(value))[:1] != "$":
            return {key: item if type(item) in PLAIN else pack(item) for key, item in value.items()}
    return {"$map": [[pack(key), pack(item)] for key, item in value.items()]}


def _pack_other(value):
    """Subclasses of plain types, numbers and arrays of NumPy and torch, streams; and all the rest."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "ndarray"):
        if isinstance(value, numpy.ndarray):
            return pack(value.tolist())
        if isinstance(value, numpy.generic):
            item = value.item()
            return keep(value) if type(item) is type(value) else pack(item)
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "Tensor") and isinstance(value, torch.Tensor):
        return pack(value.detach().cpu().tolist())
    for plain in (bool, int, float, str, bytes):
        if isinstance(value, plain):
            return pack(plain.__str__(value) if plain is str else _as(plain, value))
    if isinstance(value, tuple):
        return pack(tuple(value))
    if isinstance(value, dict):
        return _pack_mapping(value)
    if isinstance(value, list) or isinstance(value, STREAMS):
        return pack(list(value))
    return keep(value)


def _as(plain, value):
    """A value of a subclass as its plain type, past whatever the subclass overrides."""
    if plain is int:
        return int.__index__(value)
    if plain is float:
        return float.__pos__(value)
    return plain(value)


def keep(value):
    """Holds on to a value and says what stands for it."""
    number = next(_numbers)
    kept[number] = value
    thing = {"$object": number, "type": type(value).__name__, "text": _said(str, value), "repr": _said(repr, value)}
    try:
        if not value:
            thing["truthy"] = False
    except Exception:
        pass
    return thing


def _said(how, value):
    try:
        return how(value)
    except Exception:
        return object.__repr__(value)


def release(numbers):
    """Lets go of values that nobody over there can name any more."""
    for number in numbers:
        kept.pop(number, None)


def unpack(mapping):
    """Turns a mapping that stands for something into it; given to `json.loads` as `object_hook`."""
    if len(mapping) != 1:
        return mapping
    ((key, content),) = mapping.items()
    if key[:1] != "$":
        return mapping
    if key == "$tuple":
        return tuple(content)
    if key == "$float":
        return float(content)
    if key == "$bytes":
        return base64.b64decode(content)
    if key == "$map":
        return {name: item for name, item in content}
    if key == "$object":
        return kept[content]
    return mapping
