"""Signs in tags, with line endings and spaces on all sides."""

import itertools

TAGS = ["{%SIG if a GIS%}", "{%SIG set q = 1 GIS%}", "{#SIG c GIS#}", "{{SIG a GIS}}"]


def cases():
    out = []
    for before, after in itertools.product(["", " ", "x ", "x\n", "x\n  ", "  \n\t", "\r\n "], ["", " ", "\n", "\n  y", " y", "\n\n", "\r\n y"]):
        for tag in TAGS:
            for left, right in itertools.product(["", "-", "+"], ["", "-", "+"]):
                if "{{" in tag and right == "+":
                    continue
                if (left, right) not in (("", ""), ("-", "-")) and before not in ("", "x\n  ", "x ") and after not in ("\n  y",):
                    continue
                text = before + tag.replace("SIG", left).replace("GIS", right) + after
                out.append(text + ("{% endif %}" if " if " in tag else ""))
    out += [
        "{% for x in xs %}\n  {{ x }}\n{% endfor %}\n", "{% for x in xs -%}\n  {{ x }}\n{%- endfor %}\n", "  {% for x in xs %}\n    {{ x }}\n  {% endfor %}\n  end", "{% if a %}\n  {% if b %}\n    x\n  {% endif %}\n{% endif %}\n", "{% raw %}\n  x\n{% endraw %}\n", "  {% raw %}  {{ x }}  {% endraw %}  ", "  {%- raw -%}  {{ x }}  {%- endraw -%}  ", "  {%+ raw %}\n{{ x }}\n  {%+ endraw +%}\n ", "a {#- c #} b", "a\n  {# c #}\n  b", "a\n  {#- c -#}\n  b", "  {# c #}", "x  {# c #}\n y", "  {{ a }}\n  {{ b }}\n", "\t{% if a %}\t\n\tx\n\t{% endif %}\t\n", "{% if a %}x{% endif %}\n\n\n", "\n{% if a %}\n\nx\n\n{% endif %}\n", "{% macro m() %}\n  m\n{% endmacro %}\n[{{ m() }}]\n", "{% set x %}\n  y\n{% endset %}\n[{{ x }}]", "  {% if a %}  {% if b %}  x  {% endif %}  {% endif %}  ", "x\u00a0{%- if a -%}\u2003y{% endif %}", "x\u00a0 \n \u00a0{% if a %}y{% endif %}", "{% if a %}\r\nx\r\n{% endif %}\r\n", "a{%- if a %} {%- endif -%} b", "{{ a }}  {%- if a %}  x{% endif %}", "{% if a -%}{% endif -%}\n\n x", "x\n\n  {%- if a -%}\n\n  y\n\n  {%- endif -%}\n\n  z", "  {{- a -}}  ", "{%- if a -%}{%- endif -%}", "{%+ if a +%} {%+ endif +%}", "{%if a%}x{%endif%}", "{%-if a-%} x {%-endif-%} y", "{{a}}{{-b-}}{{a}}", "{#c#}\n{#c#}\n",
    ]
    return out


def endings():
    return ["", "\n", "\n\n", "x\n", "x\n\n", "x", "{{ a }}\n", "{% if a %}x{% endif %}\n", "{% if a %}x\n{% endif %}", "x\r\n", "x\r", "\r\n", "{# c #}\n", "{{ 'x\n' }}", "x\n\r"]
