"""Writes what `ast.literal_eval` makes of texts, for Tests/ValuesTests.

    python Tools/values/literals.py        # Python 3.11 or later
"""

import ast
import json
import warnings
from pathlib import Path

TARGET = Path(__file__).parents[2] / "Tests" / "ValuesTests" / "Fixtures" / "literals.jsonl"

TEXTS = [
    "1", "-1", "+1", "- 1", "--1", "0", "00", "007", "0x1F", "0o17", "0b101", "0x", "1_000", "1__0", "_1", "1_", "1.5", ".5",
    "5.", ".", "1e3", "1E-3", "1e", "1.e2", "1.5.2", "-0.0", "1e400", "-.5e1", "1 2", "1,", "1, 2", ",", "()", "(1)", "(1,)",
    "(1, 2", "[]", "[1, 2,]", "[,]", "[1 2]", "[[1], [2, [3]]]", "{}", "{1: 2}", "{'a': [1], 'b': {'c': None}}", "{1: 2,}",
    "{1, 2}", "{1}", "{1: 2, 3}", "{1:}", "{'a': 1, 'a': 2}", "True", "False", "None", "true", "none", "Nonesuch", "True1", "None_",
    "'a'", '"a"', "'a\"b'", "'it\\'s'", "'a' 'b'", "'a' \"b\"", "'a", "'''a\nb'''", '"""a"b"""', "'a\nb'", "'\\n\\t\\\\'", "'\\x41'",
    "'\\x4'", "'\\u00e9'", "'\\U0001f600'", "'\\101'", "'\\8'", "'\\q'", "'a\\\nb'", "''", "''''''", "'é'", "' a '", " 1", "\t1", "1 ",
    "1\n", "\n1", "\n\n1", "\n 1", " \n1", "1\n\n", "[1,\n 2]", "(\n1\n)", "1 # a remark", "[1, # one\n 2]", "a", "a.b", "f(1)", "1 + 2", "[x]", "['a', 'b']",
    "['it\\'s', \"x\"]", "[\"a\", 'b', 3, 4.5, None, True]", "(1, 'a', [2])", "1.0", "10.50", "-5", "+2.5", "(((1)))", "[(1, 2), (3,)]",
    "r'\\n'", "u'a'", "b'a'", "f'a'", "rb'a'", "R'a'", "", " ", "'a'1", "1'a'", "[1]]", "]", "é", "r'a\\'b'", "r'\\\\'", "1_0.5", "0x_1f", "1._5", "1e_5", "'a' r'\\d'", "...", "not True",
    "'a' 'b'\n", "('a'\n'b')", "{'a': 1}['a']", "[1][0]", "-True", "-'a'", "[-1, +2, -3.5]", "123456789012345678",
    "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "[18446744073709551616]", "0xFFFFFFFFFFFFFFFFFFFF",
    "{340282366920938463463374607431768211456: 1}", "-0x1_0000_0000_0000_0000", "1" + "0" * 60,
]


def expected(text):
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    # A set has no order to compare, bytes and complex numbers no place in a row.
    if isinstance(value, (set, bytes, complex)) or value is ...:
        return None
    return repr(value)


def main():
    warnings.simplefilter("ignore")
    with open(TARGET, "w") as out:
        for text in TEXTS:
            if text in ("{1, 2}", "{1}"):
                continue
            out.write(json.dumps({"text": text, "repr": expected(text)}) + "\n")


main()
