"""Tables, as they cross the pipe, and the data sets that functions want."""

import copy
import importlib
import sys

from _assay import standins
from _assay.errors import Trouble


def rows_of(table):
    """A fresh mapping for each row."""
    columns = table["columns"]
    return [dict(zip(columns, row)) for row in table["rows"]]


# Data sets by the names of their tables. A task goes from one split to the next and back: a few are enough.
MOST_KEPT = 4
_kept = {}


def dataset_of(table):
    """A data set of a table's rows; those of a table with a name are asked for once, and kept for a while."""
    name = table.get("name")
    if name is None:
        return made_dataset(table)
    found = _kept.pop(name, None)
    if found is None:
        from _assay.host import ask

        found = made_dataset(ask("table.rows", {"name": name}))
    _kept[name] = found
    while len(_kept) > MOST_KEPT:
        del _kept[next(iter(_kept))]
    # What a function sets on its data set is no concern of the next one.
    return copy.copy(found)


def made_dataset(table):
    """A data set of these rows: the real library's where it is installed and can hold them, else ours."""
    columns = {name: [row[place] for row in table["rows"]] for place, name in enumerate(table["columns"])}
    library = quiet_library()
    try:
        return library.Dataset.from_dict(columns)
    except Exception:
        if standins.is_standin("datasets"):
            raise
        # Columns of mixed kinds have no place in the real library.
        return embedded_library().Dataset.from_dict(columns)


def quiet_library():
    """The module `datasets`, which shows no progress and leaves no files behind."""
    is_new = "datasets" not in sys.modules
    library = importlib.import_module("datasets")
    if is_new or not getattr(library, "_assay_is_quiet", False):
        for name in ("disable_progress_bars", "disable_caching"):
            getattr(library, name, lambda: None)()
        library._assay_is_quiet = True
    return library


def embedded_library():
    """Our own `datasets`, beside the real one."""
    return importlib.import_module("_assay.datasets")


def is_dataset(thing):
    """What the harness needs of a data set: features, a length, rows by number."""
    return hasattr(thing, "features") and hasattr(thing, "__len__") and not hasattr(thing, "keys")


def table_of(thing, name):
    """The rows of what a function returned."""
    if is_dataset(thing):
        columns = list(thing.column_names) if hasattr(thing, "column_names") else list(thing.features)
        whole = thing[:] if len(thing) else {}
        parts = [list(whole[column]) if whole else [] for column in columns]
        return {"columns": columns, "rows": [list(row) for row in zip(*parts)]}
    if isinstance(thing, (list, tuple)) and all(isinstance(row, dict) for row in thing):
        columns = list(dict.fromkeys(key for row in thing for key in row))
        return {"columns": columns, "rows": [[row.get(column) for column in columns] for row in thing]}
    raise Trouble(
        "unusable-result",
        f"`{name}` returned {article(thing)}, not a data set",
        "return a `datasets.Dataset`, such as what `dataset.map` and `dataset.filter` give",
    )


def article(thing):
    """`a list`, `an int`, `nothing`."""
    if thing is None:
        return "nothing"
    kind = type(thing).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} `{kind}`"
