"""Writes what Python says of numbers, texts, JSON and random draws, for Tests/ValuesTests.

    python Tools/values/expect.py        # Python 3.11 or later
"""

import json
import random
import struct
import unicodedata
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "Tests" / "ValuesTests" / "Fixtures"


def write(name, lines):
    with open(FIXTURES / f"{name}.jsonl", "w") as out:
        for line in lines:
            out.write(json.dumps(line) + "\n")


def floats():
    draw = random.Random(7)
    special = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 1e15, 1e16, 123456789012345680.0, 1e17, 1e21, 1e22, 1e23, 1e-4, 1e-5,
               1.5e-5, 0.0001234, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2.0**53, 2.0**63, 9.5, 100.0,
               1e100, float("inf"), float("-inf"), float("nan")]
    patterns = [struct.unpack("<d", struct.pack("<Q", draw.getrandbits(64)))[0] for _ in range(400)]
    usual = [draw.uniform(-100, 100) for _ in range(200)] + [draw.random() * 10 ** draw.randint(-8, 20) for _ in range(200)]
    for number in special + patterns + usual:
        yield {"bits": str(struct.unpack("<Q", struct.pack("<d", number))[0]), "repr": repr(number)}


def texts():
    words = ["", "a", "it's", 'say "hi"', "both ' and \"", "back\\slash", "tab\t nl\n cr\r", "\x00\x07\x1b\x7f", "é", "日本",
             "\xa0", "\xad", "\u200b", "\u2028", "\ufeff", "\ue000", "😀", "\U000e0001", "a\u0301", "\u0378", "\x85",
             "  pad \t\n", "\u3000wide\u3000", "\x1c\x1d\x1e\x1fx\x1f", "\u200bzero\u200b", "ß", "ΑΣ", "ΑΣ Σ", "ΑΣΑ", "Σ",
             "İ", "ı", "ŉ", "ﬁ", "Ǆ", "ǅ", "ᾳ", "ΌΔΟΣ.", "A\u0345Σ", "Straße", "I", "\u1e9e", "Ⅷ", "ⓐ", "a'Σ", "ΑΣ'Α"]
    for word in words:
        yield {"text": word, "repr": repr(word), "strip": word.strip(), "lstrip": word.lstrip(), "rstrip": word.rstrip(),
               "lower": word.lower(), "upper": word.upper()}


def changes():
    """Code points whose lower or upper form, or white space, could differ; assigned since Unicode 15 at the latest."""
    for code in range(0x110000):
        letter = chr(code)
        if 0xD800 <= code < 0xE000 or unicodedata.category(letter) == "Cn":
            continue
        lower, upper, space = letter.lower(), letter.upper(), letter.isspace()
        if lower != letter or upper != letter or space:
            yield {"text": letter, "lower": lower, "upper": upper, "space": space}


def jsons():
    good = ["0", "-0", "-0.0", "1e3", "1E+2", "1.5e-7", "12345678901234567890", "NaN", "-Infinity", '"\\u00e9\\ud83d\\ude00\\n\\/"',
            "[]", "[1, [2, {}]]", '{"a": {"b": [null, true, false]}, "a": 2}', ' \n\t{"x" : [ 1 , 2 ] } \r\n', '"\\u0000\\u007f"',
            "9223372036854775807", "-9223372036854775808", '"日本"', "1.0", "0.1", '{"": ""}', "[[[[[[]]]]]]", "100000000000000000000.5"]
    bad = ["", " ", "{", "[1,]", '{"a":1,}', '{a:1}', "'a'", "01", "1.", ".5", "+1", "1e", "--1", "tru", "nul", "[1 2]", '{"a" 1}', '{"a":}',
           '"a', '"\\x"', '"\\u12"', '"a\tb"', "1 2", "[1]]", "nan", "Infinit", "{1: 2}", '{"a":1 "b":2}', "\x0b1", "0x10", "1_0", "\ufeff\ufeff1"]
    for text in good:
        value = json.loads(text)
        yield {"text": text, "dumps": json.dumps(value, ensure_ascii=False), "indented": json.dumps(value, indent=2, ensure_ascii=False)}
    for text in bad:
        try:
            json.loads(text)
            raise AssertionError(text)
        except json.JSONDecodeError:
            yield {"text": text}


def draws():
    for seed in [0, 1, 42, 1234, -5, 2**31, 2**32 + 7, 2**62, 10**18]:
        for count, k in [(5, 0), (5, 5), (21, 3), (22, 3), (30, 5), (85, 6), (86, 6), (1000, 10), (7473, 25), (300, 100)]:
            source = random.Random(seed)
            yield {"seed": seed, "kind": "sample", "count": count, "k": k, "drawn": source.sample(range(count), k)}
        source = random.Random(seed)
        yield {"seed": seed, "kind": "random", "drawn": [source.random() for _ in range(5)] + [source.random() for _ in range(700)][-2:]}
        for count in [0, 1, 2, 10, 100]:
            items = list(range(count))
            random.Random(seed).shuffle(items)
            yield {"seed": seed, "kind": "shuffle", "count": count, "drawn": items}
        yield {"seed": seed, "kind": "choices", "count": 17, "k": 20, "drawn": random.Random(seed).choices(range(17), k=20)}
        source = random.Random(seed)
        bounds = [1, 2, 3, 7, 8, 255, 256, 1000, 65536, 2**31, 2**32 - 1]
        yield {"seed": seed, "kind": "below", "bounds": bounds, "drawn": [source.randrange(it) for it in bounds]}


def main():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    write("floats", floats())
    write("texts", texts())
    write("letters", changes())
    write("json", jsons())
    write("random", draws())


if __name__ == "__main__":
    main()
