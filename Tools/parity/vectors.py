"""Writes small vectors of Python's own behaviour: random numbers, float texts, JSON texts, YAML scalars.

Run as `python Tools/parity/vectors.py Tests/ParityTests/Fixtures`.
"""

import itertools
import json
import math
import pathlib
import random
import struct
import sys

import yaml


def random_vectors():
    samples = [
        (5, 0), (5, 5), (10, 3), (20, 1), (21, 5), (22, 5), (30, 3), (30, 3), (30, 3), (84, 6), (85, 6),
        (86, 6), (100, 5),
        (100, 6), (200, 5), (277, 21), (278, 21), (300, 21), (1000, 50), (1319, 5), (7473, 9), (100000, 30),
        (1, 1),
    ]
    rows = []
    for seed in [0, 1, 42, 1234, 2**40 + 7, -5, 2**32, 2**32 - 1, 2**64 + 3, 20, -1234]:
        def fresh():
            return random.Random(seed)

        bits, floats, stream, weights, belows = fresh(), fresh(), fresh(), fresh(), fresh()
        shuffled = list(range(10))
        fresh().shuffle(shuffled)
        rows.append({
            "seed": str(seed),
            "getrandbits32": [bits.getrandbits(32) for _ in range(4)],
            "getrandbits_after": [[k, bits.getrandbits(k)] for k in (1, 5, 7, 17, 31)],
            "random": [repr(floats.random()) for _ in range(4)],
            "sample": [{"n": n, "k": k, "result": fresh().sample(range(n), k)} for n, k in samples],
            "sample_in_one_stream": [
                {"n": n, "k": k, "result": stream.sample(range(n), k)} for n, k in samples
            ],
            "shuffle10": shuffled,
            "choices": fresh().choices(range(100), k=5),
            "choices_in_one_stream": [
                {"n": n, "result": weights.choices(range(n), k=7)} for n in (1, 2, 3, 10, 1319)
            ],
            "randrange_in_one_stream": [
                {"n": n, "result": belows.randrange(n)} for n in (1, 2, 3, 8, 9, 1000, 2**31, 2**32)
            ],
        })
    return rows


def bits_of(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0]


def from_bits(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def floats():
    values = [
        0.0, -0.0, 1.0, -1.0, 0.1, 0.2, 0.30000000000000004, 1 / 3, 2 / 3, 100.0, 123456789.0, 1e15, 1e16,
        1e17, 9999999999999998.0,
        9007199254740992.0, 9007199254740993.0, 1e21, 1e22, 1e23, 1e-4, 1e-5, 0.00012345, 0.000012345, 1e-7,
        5e-324, 1.7976931348623157e308,
        2.2250738585072014e-308, 2.225073858507201e-308, math.pi, math.e, math.inf, -math.inf, math.nan,
        1.5, 2.5, 0.5, 1e100, 1.1e-100,
        123456.789, 4.35, 0.045, 1.005, 299792458.0, 6.02214076e23, 5e-320, 4.9406564584124654e-322,
        99999999999999.98,
        1234567890123456.7, 12345678901234567.0, 0.0001, 0.00009999999999999999, 9.999999999999999e22, 8.41,
        2.0**60, 2.0**-60,
        4503599627370497.5, 2251799813685248.25, 7.2057594037927933e16, 1.8446744073709552e19, 3.0e-44,
    ]
    values += [10.0**e for e in range(-12, 26)]
    values += [math.nextafter(10.0**e, math.inf) for e in range(-6, 20, 3)]
    values += [i / 24 for i in range(1, 24)] + [math.sqrt(i) / 7 for i in range(2, 20)]
    rnd = random.Random(99)
    while len(values) < 300:
        value = from_bits(rnd.getrandbits(64)) if len(values) % 2 else rnd.uniform(-1000, 1000)
        if math.isfinite(value):
            values.append(value)
    return [{"hex": v.hex(), "bits": str(bits_of(v)), "repr": repr(v)} for v in values]


def json_texts():
    texts = [
        "null", "true", "false", "0", "-0", "1", "-17", "1.0", "-0.0", "1e5", "1E+2", "1e-7", "1.5e300",
        "1e16", "1e22", "123456789012345678901234567890",
        "0.1", "100.0", "1e400", "-1e400", "NaN", "Infinity", "-Infinity", "3.141592653589793", "5e-324",
        "0.00001", "9007199254740993",
        '""', '"a"', '"\\"quoted\\""', '"back\\\\slash"', '"sl\\/ash"', '"tab\\tnl\\ncr\\rbs\\bff\\f"',
        '"\\u0000\\u0001\\u001f\\u007f"',
        '"\\u2028\\u2029"', '"é e\\u0301 \\u00e9"', '"😀"', '"\\ud83d\\ude00"', '"中文，。"', '"\\u00a0 nbsp"',
        '"<script>&amp;\'"', '"\\ufeffbom"', '"\\uffff"',
        "[]", "{}", "[[]]", "[{}]", "{\"a\": []}", "{\"a\": {}}", "[1,2,3]", "[ 1 , [ 2 , [ 3 ] ] ]",
        "[null,true,false]",
        '{"b":1,"a":2}', '{"a":1,"a":2}', '{"":0}', '{"a b":"c\\nd"}', '{"é":{"中":["😀",{"x":null}]}}',
        '{"k\\"q":1}', '{"1":1,"01":2}',
        '{"a":1.0,"b":2,"c":1e-05,"d":[1.5,2]}', '[[],[[]],{"a":{"b":{"c":[]}}}]',
        '[0.1,0.2,0.30000000000000004]', '  {"pad" : [ ]  }  ',
        '{"q": "q0 é", "a": "0", "ch": ["x", "yy"], "l": 0}', '["\\u003c", "\\u0027", "/"]',
        '[1e0, 1E0, 10e-1, -1.50]', '"\\u001b[0m"',
        '[' * 40 + ']' * 40, '{"long":"' + "x" * 200 + '"}', '["\\u0085", "\\u200b", "\\u202e", "\\u0300"]',
        '[true, 1, 1.0, "1"]',
    ]
    rows = []
    for text in texts:
        value = json.loads(text)
        rows.append({
            "text": text,
            "indent2": json.dumps(value, indent=2, ensure_ascii=False),
            "line": json.dumps(value, ensure_ascii=False),
            "ascii": json.dumps(value),
        })
    return rows


def scalar_texts():
    words = ["yes", "no", "on", "off", "true", "false", "null", "none", "y", "n", "t", "f", "inf", "nan",
        ".inf", ".nan", "-.inf", "+.inf", "-.nan"]
    for word in words:
        yield from {word: 0, word.upper(): 0, word.capitalize(): 0, word[:1] + word[1:].upper(): 0,
            word.title(): 0, word.swapcase(): 0}
    yield from ["~", "~~", "", "tRue", "YeS", "nUll", "NulL", "None", "NONE", "yess", "yes ", "no.",
        "true1", ".", "..", "...a", "=", "==", "<<", "<", "<<<"]
    digits = ["0", "1", "7", "8", "9", "00", "01", "07", "08", "010", "017", "018", "0777", "0_7", "1_000",
        "1__0", "1_", "_1", "12345678901234567890"]
    digits += ["0x1F", "0x1f", "0XFF", "0x", "0xg", "0x_", "0x_F", "0xF_", "0b11", "0b", "0B1", "0b12",
        "0b_", "0b1_0", "0o7", "0O7", "0o17"]
    digits += ["12:30", "1:60", "1:59", "1:5", "0:30", "01:30", "12:30:45", "190:20:30", "12:30:45.5",
        "1:2.5", "190:20:30.15", "0:0.5", "1:00:61", "9:59."]
    digits += ["1e5", "1E5", "1e+5", "1e-5", "1.0e5", "1.0e+5", "1.0e-5", "1.e+5", "1.e5", "1.5E+3",
        "1.5E3", "1.5E-3", ".5e+1", ".5e1", "5.e-1", "1e"]
    digits += ["0.0", "0.", ".0", ".5", "5.", "3.14", "03.14", "1_000.5", "1_0.0_1", "._5", ".5_", "1._5",
        "1.5_", "1..5", "1.5.2", "1,000", "1 000", "0.1.0"]
    digits += ["685.230_15e+03", "6.8523015e+5", "1.0e+", "1.0e", "1.0e+05", "1e1000", "1.0e+1000", ".e5",
        ".e+5", "00.5", "1.0E-07", "1.", "0e0", "0.0e+0"]
    for text in digits:
        yield from [text, "+" + text, "-" + text]
    yield from ["+", "-+1", "+-1", "--1", "- 1", "+ 1", "1-", "1+", "0-", "-0.0", "+0", "-00", "-0x1",
        "+0b1", "1L", "1j", "1f", "5%", "$5", "0x1.8p1"]
    dates = ["2024-01-01", "2024-1-1", "2024-01-1", "24-01-01", "2024-01", "2024-02-29", "2023-02-29",
        "2024-13-01", "2024/01/01", "20240101"]
    dates += ["2024-01-01T10:20:30Z", "2024-01-01t10:20:30.5Z", "2024-01-01 10:20:30", "2024-1-1 1:20:30",
        "2024-01-01 10:20", "2024-01-01T10:20:30+02:00"]
    dates += ["2024-01-01 10:20:30 -5", "2024-01-01T10:20:30.123456789Z", "2024-01-01T10:20:30-05:30",
        "2024-01-01T25:00:00Z", "2001-12-14t21:59:43.10-05:00"]
    dates += ["2024-01-01T10:20:30 Z", "0000-01-01", "9999-12-31", "2024-01-01T", "2024-01-01x",
        "-2024-01-01"]
    yield from dates
    yield from ["plain", "two words", "it's", "a:b", "a: b"[:1], "http://x.y/z", "a#b", "1 # not"[:1], "é",
        "中文", "😀", "x" * 40, "/path/x", "C:\\x", "a,b", "a]b"]
    yield from ["(1)", "<a>", "$x", "^x", "a*b", "a&b", "a!b", "a|b", "a>b", "a'b", 'a"b', "a%b", "a@b",
        "a`b", "-a", "-.", "?x", ":x", "::", "\\n", "{{x}}"[2:3]]
    letters = ["e", "E", "x", ":", ".", "_", "-", "+"]
    for left, mark, right in itertools.product(["0", "1", "12"], letters, ["0", "1", "_", "59", ""]):
        yield left + mark + right


def yaml_scalars():
    loader = getattr(yaml, "CSafeLoader")
    rows, seen = [], set()
    for text in scalar_texts():
        if text in seen:
            continue
        seen.add(text)
        source = f"- {text}\n"
        try:
            node = yaml.compose(source, Loader=loader).value[0]
        except yaml.YAMLError:
            continue
        if not isinstance(node, yaml.ScalarNode) or node.value != text or node.style:
            continue
        try:
            (value,) = yaml.load(source, Loader=loader)
        except Exception as error:
            rows.append({"text": text, "type": "error", "value": type(error).__name__})
            continue
        kind = {"NoneType": "null", "date": "timestamp", "datetime": "timestamp"}.get(type(value).__name__,
            type(value).__name__)
        rows.append({"text": text, "type": kind, "value": repr(value)})
    return rows


def main():
    root = pathlib.Path(sys.argv[1])
    made = {"random": random_vectors(), "floats": floats(), "json": json_texts(),
        "yaml_scalars": yaml_scalars()}
    for name, rows in made.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (root / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        print(name, len(rows))


if __name__ == "__main__":
    main()
