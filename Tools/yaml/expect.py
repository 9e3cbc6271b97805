"""Writes what PyYAML's safe loader makes of the YAML tests' cases and of many plain scalars.

    python Tools/yaml/expect.py        # PyYAML 6.0
"""

import datetime
import itertools
import json
from pathlib import Path

import yaml

TESTS = Path(__file__).parents[2] / "Tests" / "YAMLTests"


class Loader(yaml.SafeLoader):
    pass


def local(loader, tag, node):
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_sequence(node, deep=True)


Loader.add_multi_constructor("!", local)
# Dates stay texts here: a template would print them as they were written in nearly all task files.
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def scalars():
    words = """null Null NULL nULL ~ true True TRUE tRUE false False FALSE yes Yes YES yEs no No NO on On ON oN off
    Off OFF y Y n N .nan .NaN .NAN .Nan nan NaN .inf .Inf .INF -.inf -.INF +.inf +.Inf inf -inf = << none None
    0 00 01 07 08 09 010 0o10 0x10 0xFF 0xfg 0b101 0b12 0b 0x 1_000 1__0 _1 1_ 0_7 +1 -1 +0 -0 -010 -0x10 -0b11 +0b1
    1e5 1E5 1e-5 1.e5 1.0e5 1.0e+5 1.0E-5 1.5e5 1. .5 -.5 +.5 . -. 1.5 -1.5 +1.5 1_0.5 1.5_0 ._5 .5_ 0.0 -0.0 1.2.3
    12:30 1:2:3 12:60 -12:30 +1:00 1:00.5 1:2:3.25 0:0 01:30 1:1:1:1 :30 12: 190:20:30 190:20:30.15 1:60.5
    2020-01-01 2020-1-1 2020-01-01T10:00:00 9223372036854775807 -9223372036854775808 - -- + a 1a 1-2 0.1.2 1,000
    9223372036854775808 -9223372036854775809 18446744073709551616 +12345678901234567890123_4 0xFFFFFFFFFFFFFFFFFFFF
    0777777777777777777777777 -0b10000000000000000000000000000000000000000000000000000000000000000000000001
    0_ 0__ 0b_ 0x_ 0x_f 0b1_0 -_1 1:_0 1_0:30 0x1.5 1.e+5 .e5 .5e+3 .5e3 -1.e-3 1_.5 _1.5 1.5e+1_0 1e+5 12e03 -12e03
    !x 0.5. 00.5 08.5 0_8 1.0e+400 00:10 0:10.0 09:30 -0:30 5:5 5:05 59:59.59 .inf. 0777 0o777 0778""".split()
    words += ["".join(it) for it in itertools.product("01.-e_:x", repeat=3)]
    words += ["".join(it) for it in itertools.product("1.e+", repeat=4)]
    return sorted(set(words))


def plain_value(word):
    """Only words that are one plain scalar; a value that JSON cannot hold is told by its repr."""
    try:
        tokens = list(yaml.scan(word))
        if len(tokens) != 3 or not isinstance(tokens[1], yaml.ScalarToken) or not tokens[1].plain:
            return None
        value = yaml.load(word, Loader)
    except Exception:
        return None
    return {"text": word, "repr": repr(value)}


def case(path):
    data = yaml.load(path.read_bytes(), Loader)
    return {"case": path.name, "repr": repr(data)}


def main():
    folder = TESTS / "Fixtures"
    folder.mkdir(exist_ok=True)
    with open(folder / "scalars.jsonl", "w") as out:
        for word in scalars():
            if expected := plain_value(word):
                out.write(json.dumps(expected, ensure_ascii=False) + "\n")
    with open(folder / "cases.jsonl", "w") as out:
        for path in sorted((TESTS / "Cases").glob("*.yaml")):
            out.write(json.dumps(case(path), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
