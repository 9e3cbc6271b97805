"""Dates as rows have them: attributes, methods, printing, order."""

import datetime

VALUES = {
    "d": [2024, 1, 31, 10, 5, 0], "e": [2023, 12, 1, 0, 0, 7], "old": [812, 3, 9, 23, 59, 59], "same": [2024, 1, 31, 10, 5, 0],
    "first": [1, 1, 1, 0, 0, 0], "last": [9999, 12, 31, 23, 59, 59], "leap": [2000, 2, 29, 12, 0, 0],
}
DATES = {name: datetime.datetime(*parts) for name, parts in VALUES.items()}


def cases():
    out = []
    for name in VALUES:
        out += [f"{{{{ {name} }}}}", f"{{{{ [{name}] }}}}"]
        for attribute in ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"]:
            out.append(f"{{{{ {name}.{attribute} }}}}")
        for call in ["isoformat()", "isoformat(' ')", "isoformat('T', 'minutes')", "isoformat(timespec='hours')", "weekday()",
                     "isoweekday()", "toordinal()", "ctime()", "date()", "date().isoformat()", "date().year", "date().weekday()",
                     "isoformat(timespec='milliseconds')", "isoformat(timespec='microseconds')"]:
            out.append(f"{{{{ {name}.{call} }}}}")
        for form in ["%Y-%m-%d", "%d.%m.%y", "%H:%M:%S", "%A, %d %B %Y", "%a %b %j", "%I %p", "%f|%z|%Z", "%%", "", "%U %W %w", "%x é",
                     "%G %V %u", "%-d %e", "%c"]:
            out.append(f"{{{{ {name}.strftime('{form}') }}}}")
    out += [f"{{{{ d {sign} {other} }}}}" for sign in ["==", "!=", "<", "<=", ">", ">="] for other in ["e", "same", "last"]]
    out += [
        "{{ d == d.date() }}", "{{ d.date() == same.date() }}", "{{ d.date() < e.date() }}", "{{ d == 'x' }}", "{{ d < 'x' }}", "{{ d < 1 }}", "{{ d + 1 }}",
        "{{ d.nothing }}", "{{ d['year'] }}", "{{ d['yeer'] }}", "{{ d in [same] }}", "{{ d in [e] }}", "{{ {d: 1}[same] }}",
        "{{ d|string }}", "{{ d ~ '!' }}", "{{ d|string|length }}", "{{ '%s' % d }}", "{{ '%r' % d }}", "{{ '%s %s' % (d, e) }}",
        "{{ '{}'.format(d) }}", "{{ '{:%Y/%m}'.format(d) }}", "{{ '{!r}'.format(d) }}", "{{ [d, e, old]|sort }}",
        "{{ [d, e]|max }}", "{{ [d, e]|min }}", "{{ [d, same, e]|unique|list }}", "{{ [d, e]|join(' / ') }}", "{{ [d, e]|map(attribute='year')|list }}",
        "{{ d is defined }}", "{{ d is string }}", "{{ d is number }}", "{{ d is mapping }}", "{{ d is none }}", "{{ d is eq same }}",
        "{% if d %}yes{% endif %}", "{{ d.year + 1 }}", "{{ d.month in [1, 2] }}", "{% for x in [d] %}{{ x.day }}{% endfor %}",
        "{{ {'k': d} }}", "{{ (d,) }}", "{{ d.date() }}", "{{ [d.date()] }}", "{{ d.weekday }}" if False else "{{ d.date().hour }}",
        "{{ d.strftime() }}", "{{ d.strftime(1) }}",
    ]
    return out
