"""A small stand-in for the `datasets` library: tables of plain values, and what helper functions do with them.

Rows come out as the real library's would: columns keep one kind of value, records in a column share their keys,
tuples are lists, and whoever changes a row changes a copy.
"""

import math

__version__ = "4.0.0"


def _beat():
    try:
        from _assay.host import beat
    except ImportError:
        return
    beat()


# Kinds of values


def _plain(value):
    """A value without NumPy's types and without tuples."""
    kind = type(value)
    if kind in (str, int, float, bool, type(None)):
        return value
    if kind is list or isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        return _plain(value.tolist())
    for base in (int, float, str):
        if isinstance(value, base):
            return base.__str__(value) if base is str else base.__pos__(value)
    return value


_SIMPLE = ({str}, {int}, {bool}, {str, type(None)}, {int, type(None)}, {bool, type(None)}, {float}, {type(None)})


def _unified(values):
    """The values of one column, of one kind as far as they can be."""
    kinds = set(map(type, values))
    if kinds in _SIMPLE:
        return values
    if kinds <= {int, float, type(None)}:
        return [float(value) if type(value) is int else value for value in values]
    values = [_plain(value) for value in values]
    kinds = {type(value) for value in values if value is not None}
    if kinds == {dict}:
        return _unified_records(values)
    if kinds == {list}:
        items = _unified([item for value in values if value is not None for item in value])
        out, at = [], 0
        for value in values:
            out.append(None if value is None else items[at : at + len(value)])
            at += 0 if value is None else len(value)
        return out
    if kinds == {int, float}:
        return [float(value) if type(value) is int else value for value in values]
    return values


def _unified_records(values):
    keys = list(dict.fromkeys(key for value in values if value is not None for key in value))
    present = [value for value in values if value is not None]
    columns = {key: _unified([value.get(key) for value in present]) for key in keys}
    records = iter([dict(zip(keys, parts)) for parts in zip(*columns.values())] if keys else [{} for _ in present])
    return [None if value is None else next(records) for value in values]


def _fresh(value):
    """A copy of a value, so that nobody changes the table through it."""
    kind = type(value)
    if kind is list:
        return [_fresh(item) for item in value]
    if kind is dict:
        return {key: _fresh(item) for key, item in value.items()}
    return value


# Features


class Value:
    def __init__(self, dtype, id=None):
        self.dtype = dtype
        self.id = id

    def __repr__(self):
        return f"Value({self.dtype!r})"

    def __eq__(self, other):
        return isinstance(other, Value) and other.dtype == self.dtype

    def __hash__(self):
        return hash(self.dtype)


class Sequence:
    def __init__(self, feature=None, length=-1, id=None):
        self.feature = feature
        self.length = length
        self.id = id

    def __repr__(self):
        return f"{type(self).__name__}({self.feature!r})"


class List(Sequence):
    pass


class LargeList(Sequence):
    pass


class ClassLabel:
    def __init__(self, num_classes=None, names=None, names_file=None, id=None):
        self.names = list(names) if names is not None else [str(number) for number in range(num_classes or 0)]
        self.num_classes = len(self.names)
        self.dtype = "int64"
        self.id = id

    def str2int(self, values):
        return self.names.index(values) if isinstance(values, str) else [self.names.index(value) for value in values]

    def int2str(self, values):
        return self.names[values] if isinstance(values, int) else [self.names[value] for value in values]

    def __repr__(self):
        return f"ClassLabel(names={self.names!r})"


class Image:
    def __init__(self, mode=None, decode=True, id=None):
        self.mode, self.decode, self.id = mode, decode, id


class Audio:
    def __init__(self, sampling_rate=None, mono=True, decode=True, id=None):
        self.sampling_rate, self.mono, self.decode, self.id = sampling_rate, mono, decode, id


class Features(dict):
    def copy(self):
        return Features(self)


class Split(str):
    pass


Split.TRAIN = Split("train")
Split.TEST = Split("test")
Split.VALIDATION = Split("validation")
NamedSplit = Split


def _feature(values):
    first = next((value for value in values if value is not None), None)
    if isinstance(first, list):
        return List(_feature([item for value in values if value is not None for item in value]))
    if isinstance(first, dict):
        return {key: _feature([value[key] for value in values if value is not None]) for key in first}
    names = {bool: "bool", int: "int64", float: "float64", str: "string", bytes: "binary", type(None): "null"}
    return Value(names.get(type(first), type(first).__name__))


# Random generators


def _generator(seed, generator):
    """The generator that the real library would draw a permutation from."""
    if generator is not None:
        return generator
    try:
        import numpy
    except ImportError:
        raise ModuleNotFoundError("shuffling a data set needs the package numpy", name="numpy") from None
    if seed is None:
        _, state, place, *_ = numpy.random.get_state()
        seed = state[place] if place < 624 else state[0]
        numpy.random.random()
    return numpy.random.default_rng(seed)


# Data sets


class Dataset:
    def __init__(self, columns, features=None, split=None):
        self._columns = columns
        self._given = features
        self.split = split
        self.info = None

    @classmethod
    def from_dict(cls, mapping, features=None, info=None, split=None):
        columns = {key: _unified(_listed(values)) for key, values in mapping.items()}
        if len({len(values) for values in columns.values()}) > 1:
            raise ValueError("the columns of a data set must have the same length")
        return cls(columns, features, split)

    @classmethod
    def from_list(cls, mapping, features=None, info=None, split=None):
        keys = list(mapping[0]) if mapping else list(features or {})
        return cls.from_dict({key: [row.get(key) for row in mapping] for key in keys}, features, info, split)

    @classmethod
    def from_generator(cls, generator, features=None, gen_kwargs=None, split=None, **_):
        return cls.from_list(list(generator(**(gen_kwargs or {}))), features, None, split)

    @classmethod
    def from_pandas(cls, df, features=None, info=None, split=None, preserve_index=None):
        columns = {str(name): _without_nan(df[name].tolist()) for name in df.columns}
        is_range = type(df.index).__name__ == "RangeIndex"
        if preserve_index or (preserve_index is None and not is_range):
            columns[df.index.name or "__index_level_0__"] = df.index.tolist()
        return cls.from_dict(columns, features, info, split)

    # Looking

    @property
    def column_names(self):
        return list(self._columns)

    @property
    def num_columns(self):
        return len(self._columns)

    @property
    def num_rows(self):
        return len(self)

    @property
    def shape(self):
        return (len(self), len(self._columns))

    @property
    def features(self):
        given = self._given or {}
        return Features({key: given.get(key) or _feature(values) for key, values in self._columns.items()})

    def __len__(self):
        return len(next(iter(self._columns.values()), ()))

    def __iter__(self):
        return (self._row(place) for place in range(len(self)))

    def __getitem__(self, key):
        if isinstance(key, str):
            return [_fresh(value) for value in self._columns[key]]
        if isinstance(key, slice):
            return {name: [_fresh(value) for value in values[key]] for name, values in self._columns.items()}
        if hasattr(key, "__iter__"):
            return {name: [_fresh(values[place]) for place in key] for name, values in self._columns.items()}
        place = key.__index__()
        if not -len(self) <= place < len(self):
            raise IndexError(f"row {place} is out of range for a data set of {len(self)} rows")
        return self._row(place)

    def __repr__(self):
        return f"Dataset({{\n    features: {self.column_names},\n    num_rows: {len(self)}\n}})"

    def _row(self, place):
        return {name: _fresh(values[place]) for name, values in self._columns.items()}

    def _with(self, columns):
        return Dataset(columns, self._given, self.split)

    def _renamed(self, names):
        missing = [name for name in names if name not in self._columns]
        if missing:
            raise ValueError(f"there is no column {missing[0]!r}; there are {self.column_names}")
        given = {names.get(key, key): value for key, value in (self._given or {}).items()}
        columns = {names.get(key, key): values for key, values in self._columns.items()}
        return Dataset(columns, Features(given), self.split)

    def _check(self, names):
        names = [names] if isinstance(names, str) else list(names)
        for name in names:
            if name not in self._columns:
                raise ValueError(f"there is no column {name!r}; there are {self.column_names}")
        return names

    # Rows

    def map(
        self,
        function=None,
        with_indices=False,
        with_rank=False,
        input_columns=None,
        batched=False,
        batch_size=1000,
        drop_last_batch=False,
        remove_columns=None,
        features=None,
        fn_kwargs=None,
        **_,
    ):
        if not len(self):
            return self
        function = function or (lambda row: row)
        extra = fn_kwargs or {}
        removed = self._check(remove_columns) if remove_columns is not None else []
        inputs = self._check(input_columns) if input_columns is not None else None
        if batched:
            return self._mapped_batches(function, with_indices, with_rank, inputs, batch_size, removed, extra)
        rows, is_changed = [], False
        for place in range(len(self)):
            row = self._row(place)
            arguments = [row] if inputs is None else [row[name] for name in inputs]
            arguments += [place] if with_indices else []
            arguments += [0] if with_rank else []
            result = function(*arguments, **extra)
            is_changed = is_changed or result is not None
            rows.append(_updated(row, result, removed))
            _beat()
        if not is_changed:
            return self
        names = list(rows[0])
        return self._made({name: [row.get(name) for row in rows] for name in names}, features)

    def _mapped_batches(self, function, with_indices, with_rank, inputs, size, removed, extra):
        size = size if size and size > 0 else len(self)
        columns, is_changed = {}, False
        for start in range(0, len(self), size):
            batch = self[start : start + size]
            arguments = [batch] if inputs is None else [batch[name] for name in inputs]
            arguments += [list(range(start, min(start + size, len(self))))] if with_indices else []
            arguments += [0] if with_rank else []
            result = function(*arguments, **extra)
            is_changed = is_changed or result is not None
            updated = _updated(batch, result, removed)
            if len({len(values) for values in updated.values()}) > 1:
                raise ValueError("the columns that the function returned differ in length")
            for name, values in updated.items():
                columns.setdefault(name, []).extend(_listed(values))
            _beat()
        return self._made(columns, None) if is_changed else self

    def _made(self, columns, features):
        unified = {name: _unified(values) for name, values in columns.items()}
        kept = {key: value for key, value in (self._given or {}).items() if key in unified}
        return Dataset(unified, features or Features(kept), self.split)

    def filter(
        self,
        function=None,
        with_indices=False,
        with_rank=False,
        input_columns=None,
        batched=False,
        batch_size=1000,
        fn_kwargs=None,
        **_,
    ):
        function = function or (lambda row: True)
        extra = fn_kwargs or {}
        inputs = self._check(input_columns) if input_columns is not None else None
        if batched:
            size = batch_size if batch_size and batch_size > 0 else max(len(self), 1)
            places = []
            for start in range(0, len(self), size):
                batch = self[start : start + size]
                arguments = [batch] if inputs is None else [batch[name] for name in inputs]
                arguments += [list(range(start, min(start + size, len(self))))] if with_indices else []
                mask = function(*arguments, **extra)
                places += [start + place for place, keep in enumerate(mask) if keep]
                _beat()
            return self.select(places)
        places = []
        for place in range(len(self)):
            row = self._row(place)
            arguments = [row] if inputs is None else [row[name] for name in inputs]
            arguments += [place] if with_indices else []
            arguments += [0] if with_rank else []
            if function(*arguments, **extra):
                places.append(place)
            _beat()
        return self.select(places)

    def select(self, indices, **_):
        places = [place.__index__() for place in indices]
        count = len(self)
        for place in places:
            if not -count <= place < count:
                raise IndexError(f"row {place} is out of range for a data set of {count} rows")
        return self._with({name: [values[place] for place in places] for name, values in self._columns.items()})

    def take(self, n):
        return self.select(range(min(n, len(self))))

    def skip(self, n):
        return self.select(range(min(n, len(self)), len(self)))

    def shuffle(self, seed=None, generator=None, **_):
        if not len(self):
            return self
        return self.select(_generator(seed, generator).permutation(len(self)).tolist())

    def sort(self, column_names, reverse=False, null_placement="at_end", **_):
        names = self._check(column_names)
        flags = [reverse] * len(names) if isinstance(reverse, bool) else list(reverse)
        places = list(range(len(self)))
        for name, flag in reversed(list(zip(names, flags))):
            values = self._columns[name]
            full = sorted((place for place in places if values[place] is not None), key=values.__getitem__, reverse=flag)
            empty = [place for place in places if values[place] is None]
            places = empty + full if null_placement in ("at_start", "first") else full + empty
        return self.select(places)

    def train_test_split(self, test_size=None, train_size=None, shuffle=True, seed=None, generator=None, **_):
        count = len(self)
        if test_size is None and train_size is None:
            test_size = 0.25
        tests = math.ceil(test_size * count) if isinstance(test_size, float) else test_size
        trains = math.floor(train_size * count) if isinstance(train_size, float) else train_size
        trains = count - tests if trains is None else trains
        tests = count - trains if tests is None else tests
        if not 0 < trains <= count or tests < 0 or trains + tests > count:
            raise ValueError(f"{count} rows cannot be split into {trains} and {tests}")
        if not shuffle:
            return DatasetDict(
                {"train": self.select(range(trains)), "test": self.select(range(trains, trains + tests))}
            )
        order = _generator(seed, generator).permutation(count).tolist()
        return DatasetDict({"train": self.select(order[tests : tests + trains]), "test": self.select(order[:tests])})

    def shard(self, num_shards, index, contiguous=True, **_):
        if not contiguous:
            return self.select(range(index, len(self), num_shards))
        each, left = divmod(len(self), num_shards)
        start = each * index + min(index, left)
        return self.select(range(start, start + each + (1 if index < left else 0)))

    # Columns

    def rename_column(self, original_column_name, new_column_name, **_):
        return self._renamed({original_column_name: new_column_name})

    def rename_columns(self, column_mapping, **_):
        return self._renamed(dict(column_mapping))

    def remove_columns(self, column_names, **_):
        names = self._check(column_names)
        return self._with({name: values for name, values in self._columns.items() if name not in names})

    def select_columns(self, column_names, **_):
        return self._with({name: self._columns[name] for name in self._check(column_names)})

    def add_column(self, name, column, feature=None, **_):
        if name in self._columns:
            raise ValueError(f"there is already a column {name!r}")
        column = _listed(column)
        if self._columns and len(column) != len(self):
            raise ValueError(f"the column {name!r} has {len(column)} values for {len(self)} rows")
        return self._with({**self._columns, name: _unified(column)})

    def add_item(self, item, **_):
        return concatenate_datasets([self, Dataset.from_list([item])])

    def unique(self, column):
        (name,) = self._check(column)
        seen = []
        try:
            return [_fresh(value) for value in dict.fromkeys(self._columns[name])]
        except TypeError:
            for value in self._columns[name]:
                if value not in seen:
                    seen.append(value)
            return _fresh(seen)

    def cast(self, features, **_):
        return Dataset(self._columns, features, self.split)

    def cast_column(self, column, feature, **_):
        return Dataset(self._columns, Features({**(self._given or {}), column: feature}), self.split)

    # Other forms

    def to_list(self):
        return list(self)

    def to_dict(self, **_):
        return self[:]

    def to_pandas(self, **_):
        import pandas

        return pandas.DataFrame(self[:], columns=self.column_names)

    def flatten_indices(self, **_):
        return self

    def with_format(self, *_, **__):
        return self

    def set_format(self, *_, **__):
        pass

    def reset_format(self):
        pass

    def cleanup_cache_files(self):
        return 0


def _listed(values):
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _without_nan(values):
    return [None if value != value else value for value in values]


def _updated(row, result, removed):
    """What the rows of a map hold: the row as the function left it, and what the function returned laid over it."""
    if result is not None and not hasattr(result, "keys"):
        raise TypeError(f"a function given to map must return a dict or None, not {type(result).__name__}")
    result = row if result is None else result
    merged = {name: value for name, value in row.items() if name not in removed}
    merged.update((name, result[name]) for name in result.keys() if not (result is row and name in removed))
    return merged


class DatasetDict(dict):
    @property
    def column_names(self):
        return {name: table.column_names for name, table in self.items()}

    @property
    def num_rows(self):
        return {name: table.num_rows for name, table in self.items()}

    @property
    def num_columns(self):
        return {name: table.num_columns for name, table in self.items()}

    def _each(self, method, arguments, keywords):
        return DatasetDict({name: getattr(table, method)(*arguments, **keywords) for name, table in self.items()})


def _for_each_split(method):
    def apply(self, *arguments, **keywords):
        return self._each(method, arguments, keywords)

    apply.__name__ = method
    return apply


for _name in (
    "map filter select shuffle sort rename_column rename_columns remove_columns select_columns cast cast_column "
    "flatten_indices with_format"
).split():
    setattr(DatasetDict, _name, _for_each_split(_name))

IterableDataset = Dataset
IterableDatasetDict = DatasetDict


def concatenate_datasets(dsets, info=None, split=None, axis=0):
    dsets = list(dsets)
    if axis == 1:
        columns = {name: values for table in dsets for name, values in table._columns.items()}
        return Dataset(columns, None, split)
    full = [table for table in dsets if len(table)] or dsets[:1]
    names = list(dict.fromkeys(name for table in full for name in table.column_names))
    columns = {
        name: _unified([value for table in full for value in table._columns.get(name, [None] * len(table))])
        for name in names
    }
    return Dataset(columns, full[0]._given, split)


def interleave_datasets(datasets, **_):
    shortest = min(len(table) for table in datasets)
    return Dataset.from_list([table[place] for place in range(shortest) for table in datasets])


# Loading


def load_dataset(path, name=None, split=None, **keywords):
    """Asks the other side for the tables; it knows where data is."""
    from _assay.host import ask

    one = split is not None and not isinstance(split, (list, tuple)) and "+" not in str(split)
    base = str(split).partition("[")[0] if one else None
    answer = ask("datasets.load", {"path": path, "name": name, "split": base, "keywords": keywords})
    tables = DatasetDict(
        {
            key: Dataset.from_dict(
                {column: [row[place] for row in table["rows"]] for place, column in enumerate(table["columns"])},
                split=key,
            )
            for key, table in answer.items()
        }
    )
    if split is None:
        return tables
    if isinstance(split, (list, tuple)):
        return [_parts(tables, each, path) for each in split]
    return _parts(tables, split, path)


def _parts(tables, split, path):
    """What `split=` asks for: a split, a part (`test[:10%]`), or several (`train+test`)."""
    found = []
    for text in str(split).split("+"):
        base, _, part = text.strip().partition("[")
        if base not in tables:
            raise ValueError(f"the data set {path!r} has no split {base!r}; it has {list(tables)}")
        found.append(_slice(tables[base], part.rstrip("]")) if part else tables[base])
    return found[0] if len(found) == 1 else concatenate_datasets(found)


def _slice(table, text):
    """The part that `[10:20]` or `[:10%]` after a split's name means."""
    first, _, last = text.partition(":")

    def place(text, default):
        if not text:
            return default
        return round(int(text[:-1]) * len(table) / 100) if text.endswith("%") else int(text)

    return table.select(range(len(table))[place(first, 0) : place(last, len(table))])


def _refuse(what):
    def refuse(*_, **__):
        raise NotImplementedError(f"`datasets.{what}` needs the real library: install the package datasets")

    refuse.__name__ = what
    return refuse


load_from_disk = _refuse("load_from_disk")
get_dataset_config_names = _refuse("get_dataset_config_names")
get_dataset_split_names = _refuse("get_dataset_split_names")
load_dataset_builder = _refuse("load_dataset_builder")


def disable_progress_bars(*_):
    pass


def enable_progress_bars(*_):
    pass


disable_progress_bar, enable_progress_bar = disable_progress_bars, enable_progress_bars


def disable_caching():
    pass


def enable_caching():
    pass


def is_caching_enabled():
    return False
