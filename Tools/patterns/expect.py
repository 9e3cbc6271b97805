"""Writes what Python's re makes of a table of patterns, for Tests/PatternsTests.

python3 Tools/patterns/expect.py > Tests/PatternsTests/Conformance/re.jsonl        (Python 3.11)
"""

import itertools
import json
import re
import sys
import warnings

warnings.simplefilter("ignore")

TEXTS = ["", "a", "aab abc", "foo=12, bar=-3.5\n", "The answer is (B).\n#### 1,234", "née ÉTÉ ½ ٣٤ 日本\u3000語 x\u0301\n\n"]

# pattern, texts (default: TEXTS)
ROWS = []


def row(*patterns, texts=TEXTS):
    ROWS.extend((pattern, text) for pattern in patterns for text in texts)


# Literals, dots, anchors
row("a", "a.", ".", "(?s).", "^", "$", "^.*$", "(?m)^", "(?m)$", "(?m)^.*$", r"\A", r"\Z", r"\A.", r".\Z", "^$", r"\b", r"\B", r"\b\w+\b")
row("$", r"\Z", "(?m)$", "(?m)^", "^", ".$", ".+", "(?s).+", texts=["\n", "a\n", "a\n\n", "a\r\n", "\n\n", "a\u2028b\x85c\x0bd\x0ce"])
row(r"\b", r"\B", "", "x*", "(?:)", texts=["", "a", " ", "ab c"])
# Repetition, greedy, lazy, possessive, atomic
row("a*", "a+", "a?", "a*?", "a+?", "a??", "a*+", "a++b", "a?+a", "a{2}", "a{1,}", "a{,2}", "a{,}", "a{1,2}?", "a{1,2}+a", "(?>a+)b", "(?>a|ab)c", "(?:ab?)*", texts=["", "aaab", "baac", "abc ab"])
row("x{", "x{1", "x{1,", "x{,", "x{a}", "x{}", "x{1,2", "x{ 1}", "{", "{a", "}", "{}", "x{,}y", "x{0}", "x{0,0}y", texts=["x{", "x{1", "x{1,", "x{a}", "x{}", "xx{1,2y", "{}", "x{ 1}y"])
# Groups, references, conditions
row("(a)(b)?", "(a)|(b)", r"(a)\1", r"(?P<x>a)(?P=x)", r"(?P<é_1>a)(?P=é_1)", "(a(b)?)+", "(a|b)*", "((a)|b)*", r"(?i)(a)\1", r"(a)?(?(1)b|c)", r"(?P<q>a)?(?(q)b|c)", r"(a)?(?(1)b)", "(?:a|b)+", "(a*)*", "(a*)+", "(a|b*)*", "(?:a?)*?c", "()", "(|a)+", "(a|)+", "(?:(x)|y)*", texts=["", "a", "aa", "ab", "abab", "aAb", "cab", "xyxy"])
# Look-around
row("(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?<=a|b)c", "(?<=ab|bc).", r"(?<=\d{2})x", r"(?<=^a)b", r"(?<!\w)\w", r"(a)(?<=\1)b", "(?<=(a))b", "(?=(a+))", "(?<=)a", "a(?=b(?<=ab))", r"(?<=\bb).", texts=["", "ab", "bc", "12x", "aab abc", "cab"])
# Classes
row("[abc]", "[^abc]", "[a-c]+", "[]a]+", "[^]a]+", "[a-]+", "[-a]+", r"[\]a]+", r"[a\-c]+", r"[\w.]+", r"[\W]+", r"[^\W\d_]+", r"[\s]+", r"[\S]+", r"[^\s]+", r"[\d,]+", r"[\D]+", r"[\b]", r"[\n]", "[.]", "[$^]+", "[[]", "[[a]", "[&&]", "[a&&b]+", "[a||b]+", "[a--b]", "[[:alpha:]]", "[[.a.]]", r"[\x41-\x5a]+", r"[\101-\132]+", r"[\0]", r"[é-ü]+", "[🙂-🙃]", r"[\u00e9]+", r"[\U0001F600-\U0001F64F]", r"[\N{DIGIT ONE}\N{latin small letter a}]+", "[ \t#]+", "(?x)[ #]+", texts=["", "a-b]c", "aab abc", ":alp]", "x😀y🙂", "A&|B\n\x00 #\x08", "née É½ ٣_", "12,3 [x]"])
# Shorthands, Unicode and ASCII
row(r"\d+", r"\D+", r"\s+", r"\S+", r"\w+", r"\W+", r"(?a)\d+", r"(?a)\D+", r"(?a)\s+", r"(?a)\S+", r"(?a)\w+", r"(?a)\W+", r"(?a)\b", r"(?a)\B", r"(?a:\w)\w", r"(?a)\w(?u:\w)", r"(?u)\w+", texts=TEXTS + ["a\x1cb\x1fc\x85d\xa0e\u180ef\u2003g\ufeffh", "²½Ⅷ①一", "_\u200d\u0301", "1_٣a"])
# Escapes
row(r"\.", r"\n", r"\t\r\f\v\a", r"\x61", r"\u0061", r"\U00000061", r"\N{LATIN SMALL LETTER A}", r"\N{digit one}", r"\0", r"\01", r"\012", r"\0123", r"\141", r"\1411", r"\é", r"\ ", r"\#", r"\-", r"\/", r"\_", r"\%", r"\"", r"\$", r"\{1}", r"\ud800", r"[\ud800-\udfff]", r"[^\ud800]", r"\\", r"\(B\)", texts=["a", "\n", "\t\r\f\v\a", "\x00\x01\n3", "é #-/_%\"${1}\\", "a1(B)"])
# Flags
row("(?i)ABC", "(?i)é", "(?i:a)b", "(?i)a(?-i:b)", "(?s-i:.)", "(?im)^a", "(?i)[a-c]+", "(?i)[^a]+", "(?ai)k", "(?i)k", "(?i)ß", "(?i)ſ", "(?i)i+", "(?i)[i]", "(?i)[h-j]+", "(?i)[^i]", "(?i)ı", "(?i)İ", "(?ia)[k-l]", "(?ia)[^k]", "(?i)\u0390", "(?i)σ", "(?i)ﬅ", "(?i)µ", r"(?ai)(k)\1", r"(?i)(z)\1", "(?a)(?i:é)", "(?i)(?m)^b", "(?#c)(?i)b", "(?i)(?#x)b", texts=["aab abc", "ABC É", "aB\nAb b", "kK\u212a", "ßẞſsS", "iIıİ", "\u1fd3\u0390", "σςΣ", "ﬅﬆ", "µμ", "kK sS ſs"])
row("(?x) a b # c\n", "(?x)a\\ b", "(?x:a b) c", "(?x)[ ]", "(?x)a +", "(?x) (?-x: ) b", "(?x)a#", "(?x)\n(?i) B", "(?x)a(?#y)+", "(?x)#\\\n a", texts=["ab", "a b", "ab c", "aab abc"])
row("(?#x)a", "a(?#b)*", r"a(?#\))b)", texts=["aa", "ab", "ab)"])
# What task files have
for pattern in [r"#### (\-?[0-9\.\,]+)", r"(-?[$0-9.,]{2,})|(-?[0-9]+)", r"\(([A-D])\)", r"answer is \(?([A-J])\)?", r"(?i)the answer is\s*\$?\\?boxed\{(.*?)\}", r"\s+", r":[\s]*(A|B|C)", r"(\([A-Z]\))", r"[\.\,]", r"\$", r"(?s).*#### ", r"\.$", r"\bword\s*:", r"('[^']*', '[^']*')", r"^\s*(.*?)(?=\n|$)", r"((?<=The answer is )(.*)(?=.)|(?<=the answer is )(.*)(?=.))", r"(?<![A-Za-z])([A-D])(?![A-Za-z])", r"```(?:python)?\n(.*?)```"]:
    row(pattern, texts=TEXTS + ["So the answer is $\\boxed{42}$.", "Answer: B\nC. The answer is yes.", "```python\nx\n``` 'a', 'b' $3.50 1,000."])
# Refused, or literal where other dialects have a meaning
for pattern in [r"\h", r"\K", r"\R", r"\X", r"\G", r"\z", r"\Qa\E", r"\p{L}", r"\P{L}", r"\pL", r"\g{1}", r"\k<a>", r"\c", r"\e", r"\o{1}", r"\N", r"\N{", r"\N{}", r"\N{no such}", r"\x", r"\x1", r"\x{41}", r"\u12", r"\U0011FFFF", r"\U1", r"\400", r"\777", r"\1", r"\8", r"(a)\2", r"(\1)", r"(?P<a>(?P=a))", r"(?P=b)", r"[\8]", r"[\400]", r"[\A]", r"[\Z]", r"[\q]", r"[\x1]", "[", "[]", "[^]", "[^", "[a", "[a-", r"[a-\d]", r"[\d-a]", "[z-a]", "[é-a]", "(", ")", "a)", "(a", "(?", "(?:", "(?P", "(?P<", "(?P<a", "(?P<a>", "(?P<>a)", "(?P<1>a)", "(?P<a b>a)", "(?P<a>a)(?P<a>b)", "(?P>a)", "(?P=", "(?P=)", "(?P=1)", "(?Px)", "(?<a>b)", "(?'a'b)", "(?<", "(?<b", "(?R)", "(?1)", "(?+1)", "(?&a)", "(?|a|b)", "(?#", "(?#a", "(?C)", "(*UTF)a", "(*FAIL)", "(?i", "(?i-", "(?i-:", "(?i-z:a)", "(?z)", "(?iz)", "(?i1)", "(?-a:b)", "(?-:a)", "(?i-i:a)", "(?au)a", "(?a-u:a)", "(?au:a)", "(?L)a", "(?L:a)", "a(?i)", "(?:(?i))", "(a|(?i)b)", "a|(?i)b", "|(?i)", "(?(1)a)", "(?(1)a|b|c)(d)", "(a)(?(1)a|b|c)", "(?(0)a)", "(?(a)b)", "(?()b)", "(?(-1)b)", "(?(1", "(a)(?(1", "(a)(?(1)b", "*", "+a", "?", "{1}", "{,1}", "^*", "$+", r"\b?", r"\A{2}", "a**", "a*??", "a+*", "a{1}{2}", "a*+*", "(*)", "|*", "(?:*)", "a|*", "x{2,1}", "x{4294967295}", "x{1,4294967296}", r"a\\"[:-1], "\\", "**\\", "(?<=a*)b", "(?<=a|bc)d", "(?<!a+)b", "(?<=a{1,2})b", r"(?<=(a)\1)b", r"(?<=(a\1))b", r"(a)(?<=(?(1)b|cc))", r"(?<=(a)(?(1)b|c))d", "((", "(a(b)", "a(?P<é>b)(?P=e)", "日本(*)", "é[b-a]"]:
    row(pattern, texts=["a"])

# A drawn set: pieces put together, so that constructs meet each other.
import random

rng = random.Random(7)
PIECES = ["a", "b", "é", ".", "^", "$", r"\b", r"\d", r"\w", r"\s", "[ab]", "[^a]", "(a)", "(b|)", "(?:ab)", "(?=a)", "(?<!b)", "a*", "b+?", "a?+", "|", "(?i:A)", r"\1", "(?P<n>b)", "{1,2}", "*", "?", "(", ")", r"\B", r"\Z", "(?>a|b)", "1", " "]
for _ in range(700):
    row("".join(rng.choice(PIECES) for _ in range(rng.randint(2, 6))), texts=[rng.choice(["", "ab a1 é", "aabb\n", "b a\nab"])])

REPLACEMENTS = [("a", "x"), ("a*", "-"), ("(a)(b)?", r"[\1|\2]"), ("(?P<n>a)", r"\g<n>\g<1>\g<0>"), ("a", r"\n\t\\\a\b\f\r\v"), ("a", r"\0"), ("a", r"\07"), ("a", r"\101"), ("a", r"\0101"), ("(a)", r"\11"), ("(a)", r"\1 1"), ("(a)", r"\g<1>1"), ("a", r"\1"), ("a", r"\g<1>"), ("a", r"\g<n>"), ("a", r"\g"), ("a", r"\g<"), ("a", r"\g<1"), ("a", r"\g<>"), ("a", r"\g<-1>"), ("a", r"\g<a b>"), ("a", r"\q"), ("a", r"\é\.\-\$"), ("a", "$1 ${n} & {}"), ("a", "\\"), ("a", r"\777"), ("a", r"\400"), ("(a)", r"\2"), ("a", r"\u0041"), ("", "-"), (r"\b", "|"), ("(?m)^", "> "), (r"\s+", " "), ("[.,]", ""), ("x*", "é"), (r"(\w)(\w)", r"\2\1"), ("$", "!")]


def error(it):
    pos = getattr(it, "pos", None)
    source = it.pattern if pos is not None else None
    return {"error": len(source[:pos].encode("utf-8", "surrogatepass")) if pos is not None else None}


def put(**fields):
    print(json.dumps(fields, ensure_ascii=False))


seen = set()
for pattern, text in ROWS:
    if (pattern, text) in seen:
        continue
    seen.add((pattern, text))
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as it:
        if (pattern, "error") not in seen:
            put(pattern=pattern, **error(it))
        seen.add((pattern, "error"))
        continue
    spans = [[list(m.span(g)) if m.span(g)[0] >= 0 else None for g in range(compiled.groups + 1)] for m in compiled.finditer(text)]
    size = lambda n: len(text[:n].encode())
    spans = [[span and [size(span[0]), size(span[1])] for span in match] for match in spans]
    put(pattern=pattern, text=text, find=compiled.findall(text), spans=spans, split=compiled.split(text), sub=compiled.sub("<\\\\g<0>>".replace("\\\\", "\\"), text))
for (pattern, template), text in itertools.product(REPLACEMENTS, ["", "aab ab", "née, a\n"]):
    try:
        for count in [0, 1, 2]:
            put(pattern=pattern, text=text, template=template, count=count, replaced=re.sub(pattern, template, text, count=count))
    except (re.error, IndexError) as it:
        put(pattern=pattern, text=text, template=template, count=0, **error(it))
for text in ["", "a.b", "(x)*[y]{1}?+|^$\\", "a b\t\n\r\v\f#~&-", "é_日\0\x1b%\"'/:;<=>@`,!"]:
    put(text=text, escape=re.escape(text))
