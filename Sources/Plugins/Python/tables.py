"""Rows on their way in and out, as data sets and as tables."""

from assay_host.functions import Trouble


def rows(table):
    """Each row as a new mapping."""
    columns = table["columns"]
    return [dict(zip(columns, row)) for row in table["rows"]]


def dataset(table):
    """The rows as a data set of the library, or of the stand-in for it."""
    import datasets

    columns = table["columns"]
    values = list(zip(*table["rows"])) if table["rows"] else [() for _ in columns]
    return datasets.Dataset.from_dict({name: list(column) for name, column in zip(columns, values)})


def table(result, name):
    """A data set, or a list of mappings, as a table."""
    if isinstance(result, list) and all(isinstance(row, dict) for row in result):
        columns = list(dict.fromkeys(key for row in result for key in row))
        return {"columns": columns, "rows": [[row.get(key) for key in columns] for row in result]}
    if not hasattr(result, "column_names") or isinstance(result.column_names, dict):
        raise Trouble("unusable-result", f"`{name}` gave {type(result).__name__}, not a data set of one split")
    columns = list(result.column_names)
    plain = _plain(result)
    return {"columns": columns, "rows": [[row[key] for key in columns] for row in plain]}


def _plain(result):
    """The rows as Python values; images and sounds need the library to decode them row by row."""
    features = getattr(result, "features", None)
    if hasattr(result, "to_list") and not any(_is_decoded(kind) for kind in (features or {}).values()):
        return result.to_list()
    return [dict(row) for row in result]


def _is_decoded(kind):
    label = type(kind).__name__
    if label in ("Image", "Audio", "Video", "Pdf"):
        return True
    if isinstance(kind, dict):
        return any(_is_decoded(inner) for inner in kind.values())
    if isinstance(kind, (list, tuple)):
        return any(_is_decoded(inner) for inner in kind)
    return _is_decoded(kind.feature) if hasattr(kind, "feature") else False
