"""What task helpers use of the `datasets` library, on lists of mappings."""

import random

ask = None


class Split(str):
    pass


Split.TRAIN, Split.VALIDATION, Split.TEST = Split("train"), Split("validation"), Split("test")


class Value:
    def __init__(self, dtype, id=None):
        self.dtype, self.id = dtype, id

    def __repr__(self):
        return f"Value({self.dtype!r})"


class Sequence:
    def __init__(self, feature, length=-1, id=None):
        self.feature, self.length = feature, length


List = LargeList = Sequence


class ClassLabel:
    def __init__(self, num_classes=None, names=None, **_):
        self.names = list(names or [str(number) for number in range(num_classes or 0)])
        self.num_classes = len(self.names)

    def int2str(self, value):
        return [self.names[one] for one in value] if isinstance(value, list) else self.names[value]

    def str2int(self, value):
        return [self.names.index(one) for one in value] if isinstance(value, list) else self.names.index(value)


class Features(dict):
    pass


def _kind(values):
    for value in values:
        if value is None:
            continue
        if isinstance(value, (list, tuple)):
            return Sequence(_kind(value))
        if isinstance(value, dict):
            return {key: _kind([inner]) for key, inner in value.items()}
        names = {bool: "bool", int: "int64", float: "float64", str: "string"}
        return Value(names.get(type(value), type(value).__name__))
    return Value("null")


class Dataset:
    """Rows with the same columns; what changes them gives a new data set."""

    def __init__(self, rows, columns=None, features=None, split=None):
        if columns is None:
            columns = list(dict.fromkeys(key for row in rows for key in row))
        self._columns, self._given, self.split = list(columns), features, split
        self._rows = [{name: row.get(name) for name in self._columns} for row in rows]
        self.info = self.builder_name = None

    # Making

    @classmethod
    def from_list(cls, mapping, features=None, info=None, split=None):
        # The library takes the columns of the first row.
        return cls(mapping, list(mapping[0]) if mapping else [], features, split)

    @classmethod
    def from_dict(cls, mapping, features=None, info=None, split=None):
        columns = list(mapping)
        lengths = {len(values) for values in mapping.values()}
        if len(lengths) > 1:
            raise ValueError("the columns have different lengths")
        rows = [dict(zip(columns, values)) for values in zip(*mapping.values())]
        return cls(rows, columns, features, split)

    @classmethod
    def from_pandas(cls, df, features=None, info=None, split=None, preserve_index=None):
        frame = df.reset_index(drop=True) if preserve_index is not True else df.reset_index()
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return cls(rows, [str(name) for name in frame.columns], features, split)

    @classmethod
    def from_generator(cls, generator, features=None, gen_kwargs=None, **_):
        return cls.from_list(list(generator(**(gen_kwargs or {}))), features)

    def _with(self, rows, columns=None):
        return Dataset(rows, self._columns if columns is None else columns, None, self.split)

    # Looking

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        return (_copy(row) for row in self._rows)

    def __getitem__(self, key):
        if isinstance(key, str):
            if key not in self._columns:
                raise KeyError(f"Column {key} not in the dataset. Current columns in the dataset: {self._columns}")
            return [_copy(row[key]) for row in self._rows]
        if isinstance(key, slice) or hasattr(key, "__iter__"):
            rows = self._rows[key] if isinstance(key, slice) else [self._rows[place] for place in key]
            return {name: [_copy(row[name]) for row in rows] for name in self._columns}
        size = len(self._rows)
        if not -size <= key < size:
            raise IndexError(f"Invalid key: {key} is out of bounds for size {size}")
        return _copy(self._rows[key])

    def __repr__(self):
        return f"Dataset({{\n    features: {self._columns},\n    num_rows: {len(self)}\n}})"

    @property
    def column_names(self):
        return list(self._columns)

    @property
    def num_rows(self):
        return len(self._rows)

    @property
    def num_columns(self):
        return len(self._columns)

    @property
    def shape(self):
        return (len(self._rows), len(self._columns))

    @property
    def features(self):
        known = self._given or {}
        return Features(
            {name: known.get(name) or _kind(row[name] for row in self._rows) for name in self._columns}
        )

    def unique(self, column):
        return list(dict.fromkeys(self[column]))

    def to_list(self):
        return [_copy(row) for row in self._rows]

    def to_dict(self):
        return self[:]

    def to_pandas(self):
        import pandas

        return pandas.DataFrame(self.to_list(), columns=self._columns)

    def iter(self, batch_size, drop_last_batch=False):
        for start in range(0, len(self), batch_size):
            if not drop_last_batch or start + batch_size <= len(self):
                yield self[start : start + batch_size]

    # Changing

    def map(
        self, function=None, with_indices=False, with_rank=False, input_columns=None, batched=False,
        batch_size=1000, drop_last_batch=False, remove_columns=None, fn_kwargs=None, **_
    ):
        if isinstance(input_columns, str):
            input_columns = [input_columns]
        removed = [remove_columns] if isinstance(remove_columns, str) else list(remove_columns or [])
        keywords = fn_kwargs or {}

        def given(item, place):
            arguments = [item] if input_columns is None else [item[name] for name in input_columns]
            return function(*arguments, *([place] if with_indices else []), **keywords)

        if batched:
            return self._map_batches(given, batch_size or len(self), removed)
        rows, columns = [], [name for name in self._columns if name not in removed]
        for place, row in enumerate(self._rows):
            row = _copy(row)
            changed = given(row, place)
            kept = {name: value for name, value in row.items() if name in self._columns and name not in removed}
            if changed is not None:
                kept.update(changed)
            rows.append(kept)
        new = dict.fromkeys(name for row in rows for name in row if name not in columns)
        return self._with(rows, columns + list(new))

    def _map_batches(self, given, size, removed):
        own = [name for name in self._columns if name not in removed]
        rows, columns = [], list(own)
        for start in range(0, len(self), size):
            batch = self[start : start + size]
            count = len(next(iter(batch.values()), []))
            changed = given(batch, list(range(start, start + count)))
            whole = {name: batch[name] for name in own}
            whole.update(changed or {})
            columns += [name for name in whole if name not in columns]
            if len({len(values) for values in whole.values()}) > 1:
                raise ValueError("a batch came back with columns of different lengths")
            rows += [dict(zip(whole, values)) for values in zip(*whole.values())]
        return self._with(rows, columns)

    def filter(
        self, function=None, with_indices=False, with_rank=False, input_columns=None, batched=False,
        batch_size=1000, fn_kwargs=None, **_
    ):
        if isinstance(input_columns, str):
            input_columns = [input_columns]
        keywords, kept = fn_kwargs or {}, []
        if batched:
            for start in range(0, len(self), batch_size or len(self)):
                marks = function(self[start : start + batch_size], **keywords)
                kept += [row for row, mark in zip(self._rows[start:], marks) if mark]
            return self._with(kept)
        for place, row in enumerate(self._rows):
            item = _copy(row)
            arguments = [item] if input_columns is None else [item[name] for name in input_columns]
            if function(*arguments, *([place] if with_indices else []), **keywords):
                kept.append(row)
        return self._with(kept)

    def select(self, indices, **_):
        return self._with([self._rows[place] for place in indices])

    def take(self, n):
        return self.select(range(min(n, len(self))))

    def skip(self, n):
        return self.select(range(min(n, len(self)), len(self)))

    def shuffle(self, seed=None, generator=None, **_):
        """The library's own order where NumPy is there, another one where it is not."""
        try:
            import numpy
        except ImportError:
            places = list(range(len(self)))
            random.Random(seed).shuffle(places)
        else:
            places = (generator or numpy.random.default_rng(seed)).permutation(len(self)).tolist()
        return self.select(places)

    def sort(self, column_names, reverse=False, **_):
        names = [column_names] if isinstance(column_names, str) else list(column_names)
        return self._with(sorted(self._rows, key=lambda row: [row[name] for name in names], reverse=reverse))

    def remove_columns(self, column_names):
        gone = [column_names] if isinstance(column_names, str) else list(column_names)
        self._need(gone)
        return self._with(self._rows, [name for name in self._columns if name not in gone])

    def select_columns(self, column_names):
        kept = [column_names] if isinstance(column_names, str) else list(column_names)
        self._need(kept)
        return self._with(self._rows, kept)

    def rename_column(self, original_column_name, new_column_name):
        return self.rename_columns({original_column_name: new_column_name})

    def rename_columns(self, column_mapping):
        self._need(column_mapping)
        rows = [{column_mapping.get(name, name): value for name, value in row.items()} for row in self._rows]
        return self._with(rows, [column_mapping.get(name, name) for name in self._columns])

    def add_column(self, name, column, **_):
        rows = [{**row, name: value} for row, value in zip(self._rows, column)]
        return self._with(rows, [*self._columns, name])

    def flatten_indices(self, **_):
        return self

    def with_format(self, *_, **__):
        return self

    set_format = cast = cast_column = with_format

    def train_test_split(self, test_size=0.25, train_size=None, shuffle=True, seed=None, **_):
        count = len(self)
        held = test_size if isinstance(test_size, int) else -int(-(count * test_size) // 1)
        mixed = self.shuffle(seed=seed) if shuffle else self
        first, second = (mixed.take(held), mixed.skip(held)) if shuffle else (mixed.skip(count - held), mixed.take(count - held))
        return DatasetDict({"train": second, "test": first})

    def class_encode_column(self, column):
        names = sorted(set(map(str, self[column])))
        return self.map(lambda row: {column: names.index(str(row[column]))})

    def _need(self, names):
        missing = [name for name in names if name not in self._columns]
        if missing:
            raise ValueError(f"Column name {missing} not in the dataset. Current columns: {self._columns}")


class DatasetDict(dict):
    def _each(self, method, *arguments, **keywords):
        return DatasetDict({split: getattr(rows, method)(*arguments, **keywords) for split, rows in self.items()})

    def map(self, *arguments, **keywords):
        return self._each("map", *arguments, **keywords)

    def filter(self, *arguments, **keywords):
        return self._each("filter", *arguments, **keywords)

    def rename_column(self, *arguments, **keywords):
        return self._each("rename_column", *arguments, **keywords)

    def remove_columns(self, *arguments, **keywords):
        return self._each("remove_columns", *arguments, **keywords)

    def shuffle(self, *arguments, **keywords):
        return self._each("shuffle", *arguments, **keywords)

    @property
    def column_names(self):
        return {split: rows.column_names for split, rows in self.items()}

    @property
    def num_rows(self):
        return {split: rows.num_rows for split, rows in self.items()}


def concatenate_datasets(dsets, **_):
    columns = list(dict.fromkeys(name for rows in dsets for name in rows.column_names))
    return Dataset([row for rows in dsets for row in rows], columns)


def interleave_datasets(datasets, **_):
    return Dataset([row for rows in zip(*datasets) for row in rows], datasets[0].column_names)


def load_dataset(path, name=None, *arguments, split=None, **keywords):
    """Reads data that is at hand; what has to be fetched needs the library itself."""
    splits = ask("datasets.load", path=path, name=name)
    made = DatasetDict(
        {
            key: Dataset([dict(zip(table["columns"], row)) for row in table["rows"]], table["columns"], None, Split(key))
            for key, table in splits.items()
        }
    )
    return made[str(split)] if split is not None else made


def _copy(value):
    """The value with lists and mappings of its own, so that nobody changes another's rows."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copy(inner) for inner in value]
    return value


def disable_progress_bars():
    pass


disable_progress_bar = enable_progress_bars = disable_caching = enable_caching = disable_progress_bars

IterableDataset, IterableDatasetDict = type("IterableDataset", (), {}), type("IterableDatasetDict", (dict,), {})

_NAMES = {name: thing for name, thing in list(globals().items()) if not name.startswith("_") and name not in ("ask", "random")}
_NAMES["__version__"] = "4.0.0"

MODULES = {
    "datasets": {"names": _NAMES, "package": True},
    "datasets.arrow_dataset": {"names": {"Dataset": Dataset}},
    "datasets.features": {"names": _NAMES},
}
