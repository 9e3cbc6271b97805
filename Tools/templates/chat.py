"""Chat templates in the style of common models, rendered as transformers renders them."""

import json

import jinja2
from jinja2.ext import loopcontrols


def environment():
    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    env = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols], keep_trailing_newline=False)
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    return env


CHATML = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
LLAMA2 = "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"
LLAMA3 = "{{- bos_token }}\n{%- set date_string = '26 Jul 2024' if date_string is not defined else date_string %}\n{%- if messages[0]['role'] == 'system' %}\n    {%- set system_message = messages[0]['content']|trim %}\n    {%- set messages = messages[1:] %}\n{%- else %}\n    {%- set system_message = \"\" %}\n{%- endif %}\n{{- \"<|start_header_id|>system<|end_header_id|>\\n\\n\" }}\n{%- if tools is not none and tools is defined %}\n    {{- \"Environment: ipython\\n\" }}\n{%- endif %}\n{{- \"Today Date: \" + date_string + \"\\n\\n\" }}\n{{- system_message }}\n{{- \"<|eot_id|>\" }}\n{%- for message in messages %}\n    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}\n        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}\n    {%- endif %}\n{%- endfor %}\n{%- if add_generation_prompt %}\n    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}\n{%- endif %}\n"
QWEN = "{%- if tools %}\n    {{- '<|im_start|>system\\n' }}\n    {{- '# Tools\\n\\n<tools>' }}\n    {%- for tool in tools %}\n        {{- \"\\n\" }}\n        {{- tool | tojson }}\n    {%- endfor %}\n    {{- '\\n</tools><|im_end|>\\n' }}\n{%- else %}\n    {%- if messages[0].role == 'system' %}\n        {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}\n    {%- endif %}\n{%- endif %}\n{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}\n{%- for message in messages[::-1] %}\n    {%- set index = (messages|length - 1) - loop.index0 %}\n    {%- if ns.multi_step_tool and message.role == \"user\" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}\n        {%- set ns.multi_step_tool = false %}\n        {%- set ns.last_query_index = index %}\n    {%- endif %}\n{%- endfor %}\n{%- for message in messages %}\n    {%- if message.content is string %}\n        {%- set content = message.content %}\n    {%- else %}\n        {%- set content = '' %}\n    {%- endif %}\n    {%- if (message.role == \"user\") or (message.role == \"system\" and not loop.first) %}\n        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}\n    {%- elif message.role == \"assistant\" %}\n        {%- if '</think>' in content %}\n            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}\n        {%- endif %}\n        {%- if loop.index0 > ns.last_query_index and loop.last %}\n            {{- '<|im_start|>' + message.role + '\\n<think>\\n' + content }}\n        {%- else %}\n            {{- '<|im_start|>' + message.role + '\\n' + content }}\n        {%- endif %}\n        {{- '<|im_end|>\\n' }}\n    {%- endif %}\n{%- endfor %}\n{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant\\n' }}\n    {%- if enable_thinking is defined and enable_thinking is false %}\n        {{- '<think>\\n\\n</think>\\n\\n' }}\n    {%- endif %}\n{%- endif %}"
GEMMA = "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}"
MACROS = "{% macro turn(role, content) -%}\n  <{{ role }}>{{ content|trim }}</{{ role }}>\n{%- endmacro %}\n{% for m in messages %}\n  {% if m.role == 'system' %}\n    {% continue %}\n  {% endif %}\n  {{ turn(m.role, m.content) }}\n  {% if loop.index > 3 %}\n    {% break %}\n  {% endif %}\n{% endfor %}\n{% if add_generation_prompt %}<assistant>{% endif %}\n"
PARTS = "{% for message in messages %}\n{{ message.role }}: {% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}{% if part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}{% endif %}\n\n{% endfor %}\n"

SYSTEM = {"role": "system", "content": "You are kind. "}
USER = {"role": "user", "content": " Hi there? "}
BOT = {"role": "assistant", "content": "<think>\nhm\n</think>\n\nHello! "}
PARTED = {"role": "user", "content": [{"type": "text", "text": "one"}, {"type": "image"}, {"type": "text", "text": "two"}]}
TOOL = {"type": "function", "function": {"name": "f", "description": "it's <b>", "parameters": {"b": 1, "a": ["é"]}}}

TALKS = [[USER], [SYSTEM, USER], [USER, BOT], [SYSTEM, USER, BOT, USER], [USER, USER], [BOT], [SYSTEM, PARTED, BOT]]
SMALL = [
    "{{ x }}", "{{ x.y }}", "{{ x.y.z }}", "{% if x %}1{% else %}2{% endif %}", "{% for y in x %}{% else %}e{% endfor %}", "{{ x|length }}", "{{ x + 1 }}", "{{ x == 1 }}", "{{ x ~ 'a' }}", "{{ x|upper }}", "{{ x|default('d') }}", "{{ x is none }}", "{{ not x }}", "{{ [x] }}", "{{ x and 1 }}", "{{ 1 in x }}", "{{ x == y }}", "{{ raise_exception('boom') }}", "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}", "{% for i in range(3) %}{% for j in range(3) %}{% if j == 1 %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %}{% endfor %}", "{% for i in [] %}{% break %}{% else %}e{% endfor %}", "{% for i in [1] %}{% break %}{% else %}e{% endfor %}", "{% for i in [1] %}{% continue %}{% else %}e{% endfor %}", "{{ {'b': '<é>', 'a': [1, none, true, 1.5]}|tojson }}", "{{ {'b': 1, 'a': [1, {}]}|tojson(indent=2) }}", "{{ 'x'|tojson(ensure_ascii=true) }}", "{{ messages|tojson }}", "{{ x[0] }}", "{{ messages[9] }}", "{{ messages[9].role }}", "{{ x() }}", "{{ x < 1 }}", "{{ x|list }}", "{{ x|join(',') }}", "{{ x|first }}", "{{ x * 2 }}", "{{ -x }}", "{{ x|int }}", "{{ x|trim }}|", "{{ x|string }}|", "{{ messages|selectattr('role', 'equalto', 'user')|list|length }}", "{{ (messages|first).role }}", "{{ messages|last|attr('role') }}|", "{{ messages|map(attribute='nope')|list }}", "{{ messages|map(attribute='nope')|join('-') }}",
]


def cases():
    out = []
    for template in [CHATML, LLAMA2, LLAMA3, QWEN, GEMMA, MACROS, PARTS]:
        for talk in TALKS:
            for prompt in (True, False):
                variables = {"messages": talk, "add_generation_prompt": prompt, "bos_token": "<s>", "eos_token": "</s>", "tools": None}
                out.append((template, variables))
    out.append((QWEN, {"messages": TALKS[3], "add_generation_prompt": True, "tools": [TOOL], "enable_thinking": False}))
    out.append((LLAMA3, {"messages": TALKS[1], "add_generation_prompt": True, "bos_token": "<s>", "tools": [TOOL], "date_string": "1 Jan"}))
    return out + [(template, {"messages": TALKS[1]}) for template in SMALL]
