"""Operators, literals, subscripts, calls and tests."""

VALUES = [
    "a", "n", "f", "g", "0", "true", "none", "s", "e", "xs", "(1, 2)", "d", "'b'", "missing", "1.0", "[3, 1]", "range(3)",
]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]


def cases():
    out = []
    for operator in BINARY:
        for left in VALUES:
            for right in VALUES:
                if operator == "**" and left == "n" and right in ("f", "g"):
                    continue  # a complex number
                out.append(f"{{{{ {left} {operator} {right} }}}}")
    for operator in ["-", "+", "not "]:
        out += [f"{{{{ {operator}{value} }}}}" for value in VALUES]
    out += ["{{ " + text + " }}" for text in LITERALS + CHAINS + SUBSCRIPTS + CONDITIONS + CALLS]
    for test in TESTS:
        out += [f"{{{{ {value} is {test} }}}}" for value in VALUES + ["html|e", "xs|map('string')", "range", "u"]]
    out += [f"{{{{ {subject} is {test} }}}}" for subject, test in TEST_ARGUMENTS]
    out += ["{{ floats }}", "{{ floats|join(' ') }}", "{{ mixed }}", "{{ nested }}", "{{ users }}", "{{ d }}"]
    return out


LITERALS = [
    "1", "1_000", "0", "00", "0x1F", "0X_ff", "0o17", "0b1_01", "1.5", "1_0.5_0", "1e3", "1E-3", "1.5e+2", "2e0",
    "10.", ".5", "0.1", "1.0", "100000000000000000000.0", "1e16", "1e15", "1e-5", "0.0001", "123456789012345680.0",
    "'a'", '"a"', "'it\\'s'", '"q\\"q"', "'\\n'", "'\\t|'", "'\\\\'", "'\\x41'", "'\\u00e9'", "'\\U0001F600'", "'\\101'",
    "'\\q'", "'\\0'", "'a' 'b'", "'a' \"b\" 'c'", "'multi\nline'", "''", "[]", "[1]", "[1, 2,]", "()", "(1,)", "(1)", "1,",
    "1, 2", "{}", "{'a': 1}", "{'a': 1, 'b': [1, 2],}", "{1: 'x', none: 2, true: 3}", "{'a': 1, 'a': 2}", "{1: 'a', 1.0: 'b', true: 'c'}",
    "true", "True", "false", "False", "none", "None", "[true, None]", "{'k': 'v'}['k']", "['\\n', \"'\", '\"', 'é', '\\x00', '\\u200b']",
    "'\\x7f'|list", "['\\ud7ff']", "'é' 'x'", "[1.0, 1e-7, 1e22, 1e300]", "-1.5", "- 1", "--1", "-+1", "1 if true", "[[[]]]", "((1, 2), 3)",
    "'a\r\nb'", "'%s'", "'{{'", "'}}'", "'{%'", "1.2.3", "0.5.real", "1 .real", "'\\\nx'",
]
CHAINS = [
    "1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-2 ** 2", "2 ** -1", "-a ** 2", "10 - 3 - 2", "100 / 10 / 2", "7 // 2 * 2", "7 % 4 % 2",
    "1 + 2 ~ 3", "1 ~ 2 + 3", "1 ~ 2 * 3", "'a' ~ 'b' ~ 'c'", "'a' * 3 + 'b'", "3 * 'ab'", "[1] * 3", "2 * [1, 2]", "(1,) * 2",
    "1 < 2 < 3", "1 < 2 > 1", "3 > 2 > 2", "1 == 1 == 1", "1 < 2 == true", "1 in [1] in [[1]]", "a < b <= 2 != 3", "not a == b", "not not a",
    "not a in xs", "a not in xs", "not (a and b)", "a and b or zero", "zero or none or 'x'", "zero and missing", "a or missing", "1 and 2", "0 and 2",
    "'' or 'default'", "a and (b or missing)", "true and not false", "1 + (2 if no else 3)", "a == 1 and b == 2", "a|string + 'x'", "-a|abs", "(-5)|abs", "-5|abs",
    "a + b|string|length", "'a' in 'abc'", "'' in 'abc'", "'é' in u", "1 in d", "'x' in d", "3 in xs", "3.0 in xs", "true in xs", "(1,) in [(1,)]", "1 in range(5)", "7 in range(0, 10, 2)", "6 in range(0, 10, 2)",
    "5 // 0.5", "-7 // 2", "7 // -2", "-7 % 3", "7 % -3", "-7.5 // 2", "-7.5 % 2", "7.5 % -2", "1e300 * 1e10", "0.1 + 0.2", "1 / 3", "10 / 5", "2 ** 0.5", "2 ** 62", "4 ** 0.5", "0 ** 0", "0.0 ** 0", "1 // 1.0",
    "-1 // 10**9", "5 % 5", "-5 % 5", "5.0 % 5", "-0.0", "0.0 * -1", "1 - 1.0", "true + true", "true * 3", "false / 1", "-true", "+true", "true == 1", "1 == 1.0", "'1' == 1", "[1] == [1.0]", "(1,) == [1]", "{'a': 1} == {'a': 1.0}", "none == none", "none == false",
    "[1, 2] < [1, 3]", "[1] < [1, 0]", "'a' < 'b'", "'Z' < 'a'", "'é' > 'z'", "(1, 'a') < (1, 'b')", "[1, 'a'] < [2, 1]", "true < 2", "1 < 1.5", "2**53 < 2.0**53", "9007199254740993 == 9007199254740992.0", "9007199254740993 > 9007199254740992.0",
    "'%s is %d' % ('x', 3)", "'%s' % 'x'", "'%s' % [1]", "'%5.2f|' % f", "'%-5s|' % 'a'", "'%05d' % 42", "'%+d' % 3", "'%x %X %o' % (255, 255, 8)", "'%e' % 12345.678", "'%g' % 0.00001", "'%%'|format", "'%(a)s' % d", "'%(x)s %(y)s' % d", "'%c' % 65", "'%r' % 'x'", "'%s %s' % 'x'", "'%d' % 'x'", "'%s' % ()", "'x' % 1", "'%d' % 3.9", "'%i' % true", "'%.3s' % 'abcdef'", "'%*d' % (5, 42)", "'%#x' % 255", "'% d' % 42", "'%.0f' % 0.5", "'%.0f' % 1.5", "'%G' % 1e-10", "'%5s' % none", "'%y' % 1", "'%' % 1", "'%s' % {'a': 1}", "'%(q)s' % d", "'%-08d|' % 5", "'%08.3f' % -3.14159", "'%s' % missing",
]
SUBSCRIPTS = [
    "d.x", "d['x']", "d.y[0]", "d['y'].0", "d.items", "d['items']", "d.keys()", "d.items()", "d.values()", "d.missing", "d['missing']", "d.missing.deeper", "d[0]", "d[none]", "d[[1]]",
    "xs[0]", "xs[-1]", "xs[2]", "xs[3]", "xs[-4]", "xs.0", "xs.7", "xs['a']", "xs[1.0]", "xs[true]", "xs['append']", "s[0]", "s[-1]", "s[100]", "s.0", "u[1]", "s['upper']()", "e[0]", "(1, 2)[1]", "nested[1][1][0]", "nested.1.1.0", "users[0].city.name", "users[0]['city']['name']", "a.b", "a[0]", "f.real", "a.real", "a.numerator", "nothing.x", "nothing[0]", "true.real",
    "xs[:]", "xs[1:]", "xs[:2]", "xs[:-1]", "xs[-2:]", "xs[::2]", "xs[::-1]", "xs[1:10]", "xs[10:]", "xs[-10:2]", "xs[2:0:-1]", "xs[none:2]", "xs[::0]", "xs['a':]", "xs[1.5:]", "s[1:4]", "s[::-1]", "s[::2]", "s[-5:]", "s[:-5]", "s[3:1]", "u[1:4]", "u[::-1]", "u[-3:]", "(1, 2, 3)[1:]", "(1, 2, 3)[::-1]", "range(10)[2:5]", "range(10)[::-2]", "range(10)[3]", "range(3)[5]", "d[1:2]", "a[1:2]", "missing[1:]", "nothing[:1]", "s[a:b]", "xs[a]", "xs[-a]", "xs[a + 1]", "xs[missing]", "d[missing]", "'abc'[1]", "[1, 2, 3][1]", "{'a': {'b': 1}}.a.b", "['a', 'b'][label]", "choices[label]", "choices[label].upper()",
    "missing", "missing.x", "missing['x']", "missing[0]", "missing()", "[missing]", "{'a': missing}", "{missing: 1}", "(missing, 1)", "missing|default('x')", "missing.x|default('x')", "d.q|default('x')", "d.q.r|default('x')", "missing or 1", "not missing", "missing == missing", "missing ~ 'x'", "d.x.y", "d.x.y.z", "users[5]", "users[5].name", "users[0].q", "s.q", "s.strip", "s.nope()", "s.length", "xs.length", "range(3).start", "range(3).step", "d['x', 1]", "d.x, d.y", "xs[0:1, 2]", "s.upper.x", "(a).real", "[]['x']", "''.x", "{}.x", "().x", "none.x", "(1.5).x",
]
CONDITIONS = [
    "1 if true else 2", "1 if false else 2", "1 if false", "'x' if a", "(1 if no) or 2", "(1 if no).x", "(1 if no) ~ 'y'", "[1 if no]", "1 if no else 2 if no else 3", "1 if yes else 2 if no else 3", "(1 if no) is defined", "(1 if no) == 1", "1 if missing else 2", "1 if missing is defined else 2", "(1 if no)|length", "(1 if no)|list", "(1 if no) + 1", "a if a > 0 else -a", "1 if 1 if no else 1 else 2", "not (1 if no)",
]
CALLS = [
    "range(3)", "range(3)|list", "range(1, 4)|list", "range(5, 0, -2)|list", "range(0)|list", "range(-1)|list", "range(3, 3)|list", "range(1, 10, 3)|list", "range()", "range(1, 2, 3, 4)", "range('a')", "range(1.5)", "range(1, 2, 0)", "range(3)|length", "range(3)|sum", "range(3)|last", "range(3)|first", "range(3) == range(0, 3)", "range(3)|reverse|list", "range(true)|list", "range(10, 0, -3)",
    "dict()", "dict(a=1)", "dict(a=1, **{'b': 2})", "dict([('a', 1)])", "dict({'a': 1}, b=2)", "dict(d, x=5)", "dict(1)", "dict([1])", "dict(xs)", "dict(pairs)", "dict", "range", "joiner()()", "joiner('|')", "cycler(1, 2).next()", "cycler(1, 2).current", "cycler()", "namespace(a=1).a", "namespace({'a': 1}, b=2).b", "namespace().x", "namespace(a=[1, 2])", "namespace(a=1)|string",
    "a()", "s()", "s.upper()", "s.upper().lower()", "(s ~ '!').upper()", "'x'.join(['a', 'b'])", "xs.index(1)", "xs.index(9)", "xs.count(1)", "d.get('x')", "d.get('q')", "d.get('q', 5)", "*xs", "range(*[1, 3])|list", "range(*xs)|list", "dict(**d).x", "dict(**none)", "range(*a)", "'{} {}'.format(*['a', 'b'])", "'{x}'.format(**{'x': 1})", "'{}-{}'.format(1, 2)", "dict(a=1, a=2)", "(range)(2)|list", "[range][0](2)|list", "xs.index", "nothing()", "1()", "true()", "d.x()", "users[0].name.upper()", "u.upper()", "u.title()", "range(n=3)", "cycler(a=1)", "dict(zip=1)", "''.join(['a', missing])",
]
TESTS = [
    "defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number", "string", "mapping", "sequence", "iterable", "callable", "escaped", "odd", "even", "lower", "upper", "not defined", "not none", "not string",
]
TEST_ARGUMENTS = [
    ("4", "divisibleby(2)"), ("4", "divisibleby 3"), ("4", "divisibleby(0)"), ("4.5", "divisibleby 1.5"), ("'a'", "divisibleby(2)"), ("4", "divisibleby"), ("none", "sameas none"), ("1", "sameas true"), ("true", "sameas(true)"), ("xs", "sameas xs"),
    ("1", "in [1, 2]"), ("3", "in [1, 2]"), ("'a'", "in 'abc'"), ("'x'", "in(d)"), ("1", "in missing"), ("3", "== 3"), ("3", "eq 3"), ("3", "eq(3.0)"), ("3", "equalto(4)"), ("3", "ne 4"), ("3", "!= 4"), ("3", "gt 2"), ("3", "greaterthan 5"), ("3", "ge 3"), ("3", "lt 5"), ("3", "lessthan(1)"), ("3", "le 3"), ("'a'", "lt 'b'"), ("'a'", "lt 1"),
    ("'upper'", "filter"), ("'nope'", "filter"), ("1", "filter"), ("'odd'", "test"), ("'nope'", "test"), ("'=='", "test"), ("xs", "filter"), ("missing", "filter"), ("missing", "defined and true"), ("d.x", "defined"), ("d.q", "defined"), ("d.q", "undefined"), ("d.q.r", "defined"), ("users[9]", "defined"), ("xs|first", "defined"), ("empty|first", "defined"), ("1", "odd and true"), ("1", "odd or missing"), ("1", "odd == true"), ("1 + 2", "odd"), ("(1 + 2)", "even"), ("1", "not odd"), ("not 1", "odd"), ("2", "not odd and 3 is odd"), ("1", "nope"), ("1", "odd is true"), ("1", "eq xs[1]"), ("1", "eq a.real"), ("s", "string and s is not number"), ("1", "in range(3)"), ("namespace()", "mapping"), ("range(3)", "sequence"), ("range(3)", "iterable"), ("d.items()", "sequence"), ("d.items()", "iterable"), ("missing", "none"), ("missing", "string"), ("missing", "iterable"), ("missing", "sequence"), ("missing", "odd"), ("missing", "callable"), ("missing", "eq(1)"), ("1", "eq(missing)"),
]
