"""Writes what the harness sends to servers, request by request: expect.py > Tests/BackendsTests/Fixtures/bodies.jsonl

Run by a Python with lm_eval[api], at the top of the repository. Each line has a backend, its arguments, requests, and the
bodies that the harness's own model of that name sent for them to a server that this script is.
"""
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

os.environ.update(OPENAI_API_KEY="k", ANTHROPIC_API_KEY="k", HF_HUB_OFFLINE="1")

import lm_eval.models  # noqa: F401, E402
from lm_eval.api.instance import Instance  # noqa: E402
from lm_eval.api.registry import get_model  # noqa: E402

TOKENIZER = "Models/assay-tiny"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    seen = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Handler.seen.append(body)
        prompt = body.get("prompt")
        if isinstance(prompt, list) and isinstance(prompt[0], list):
            prompt = prompt[0]
        count = (len(prompt) if isinstance(prompt, list) else 400) + 1
        scores = {"tokens": ["a"] * count, "token_logprobs": [None] + [-0.5] * (count - 1),
                  "top_logprobs": [{"a": -0.5}] * count, "text_offset": list(range(count))}
        choice = {"index": 0, "text": "x", "finish_reason": "stop", "message": {"content": "x"}, "logprobs": scores}
        data = json.dumps({"choices": [choice], "content": [{"type": "text", "text": "x"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def plain(body):
    """A batch of one is what one alone is."""
    prompt = body.get("prompt")
    if isinstance(prompt, list) and len(prompt) == 1 and isinstance(prompt[0], (list, str)):
        body = dict(body, prompt=prompt[0])
    return body


def user(text, system=None):
    return ([{"role": "system", "content": system}] if system else []) + [{"role": "user", "content": text}]


TEXT = "The old mill stands by the river. " * 6
WRITTEN = [
    {"until": ["\n\n"]},
    {"until": ["\n", "Q:", "</s>"], "max_gen_toks": 20, "do_sample": False, "temperature": 0.0},
    {"until": ["one", "two", "three", "four", "five", "six"], "max_gen_toks": 64},
    {"until": "Question:", "max_gen_toks": 8, "do_sample": True, "temperature": 0.7, "top_p": 0.95},
    {"until": ["."], "max_tokens": 12, "temperature": 1.0, "do_sample": True, "presence_penalty": 0.5},
    {"max_gen_toks": 5},
]
PROMPTS = ["Question: is 2 even?\nAnswer:", "naïve ☃ text with  two blanks", TEXT]
SCORED = [
    ("The capital of Norway is", " Oslo"), ("The sky is ", " blue and wide"), ("", "Once upon a time"),
    (TEXT, "and it is old"),
]
WHOLE = ["Once upon a time there was a mill.", TEXT]


def cases(url):
    own = {"model": "m", "tokenizer": TOKENIZER, "tokenizer_backend": "huggingface"}
    written = [("generate_until", prompt, options) for prompt in PROMPTS for options in WRITTEN]
    scored = [("loglikelihood", *pair) for pair in SCORED]
    whole = [("loglikelihood_rolling", text) for text in WHOLE]
    place = {"base_url": f"{url}/v1/completions"}
    yield "local-completions", own | place, written + scored + whole
    # Where an answer's limit leaves no room for a prompt, the harness cuts from the other side.
    short = [one for one in written if one[2].get("max_gen_toks", 10) < 39 and "max_tokens" not in one[2]]
    yield "local-completions", own | place | {"max_length": 40, "max_gen_toks": 10, "seed": 7}, short + scored + whole
    yield "local-completions", own | place | {"add_bos_token": True}, written[:2] + scored[:2]
    yield "local-completions", own | place | {"eos_string": "<|end|>"}, written
    # Without numbers the harness cannot be told where a text has no context.
    texts = {"tokenized_requests": False}
    yield "local-completions", own | place | texts, written + scored[:2]
    yield "openai-completions", own | place | {"model": "davinci-002"}, written + scored[:2]
    chats = [("generate_until", user(prompt), options) for prompt in PROMPTS for options in WRITTEN]
    chats.append(("generate_until", user(PROMPTS[0], "Be brief."), WRITTEN[1]))
    few = [{"role": "user", "content": "1 + 1 ="}, {"role": "assistant", "content": "2"}, {"role": "user", "content": "2 + 2 ="}]
    chats.append(("generate_until", few, WRITTEN[0]))
    place = {"base_url": f"{url}/v1/chat/completions"}
    yield "local-chat-completions", {"model": "m"} | place, chats
    yield "local-chat-completions", {"model": "m", "eos_string": "<|end|>", "max_gen_toks": 99, "seed": 3} | place, chats
    for model in ["gpt-4o-mini", "o1-mini", "o3", "o4-mini", "gpt-5-nano", "gpt-3.5-turbo"]:
        yield "openai-chat-completions", {"model": model} | place, chats
    yield "anthropic-chat", {"model": "claude-3-haiku", "base_url": f"{url}/v1/messages"}, chats
    yield "gguf", {"base_url": url}, written[:2] + scored[:2]


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    for backend, arguments, requests in cases(url):
        model = get_model(backend).create_from_arg_obj(dict(arguments), {"batch_size": 1})
        shown = dict(arguments, base_url=arguments["base_url"].replace(url, "http://server"))
        entry = {"backend": backend, "arguments": shown, "requests": []}
        for kind, first, *rest in requests:
            prompt = model.apply_chat_template(first) if isinstance(first, list) else first
            Handler.seen = []
            instance = Instance(request_type=kind, doc={}, arguments=(prompt, *json.loads(json.dumps(rest))), idx=0)
            getattr(model, kind)([instance], disable_tqdm=True)
            entry["requests"].append({"type": kind, "arguments": [first, *rest], "bodies": [plain(body) for body in Handler.seen]})
        sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")


main()
