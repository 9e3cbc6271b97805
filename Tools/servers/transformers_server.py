"""A model of the hub's layout behind OpenAI's completions, with echo and logprobs: transformers_server.py FOLDER PORT.

Texts and token numbers are taken; a text gets the special tokens that its tokenizer adds, numbers stand as they are.
"""
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import torch
import transformers

folder, port = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(1)
tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
lock = threading.Lock()


def answer(body):
    prompt = body["prompt"]
    ids = prompt if isinstance(prompt, list) else tokenizer(prompt).input_ids
    most = int(body.get("max_tokens", 16))
    stops = body.get("stop") or []
    stops = [stops] if isinstance(stops, str) else stops
    with lock, torch.no_grad():
        out = model(torch.tensor([ids]), use_cache=True)
        scores = torch.log_softmax(out.logits[0].float(), -1)
        written, reason, past, last = [], "length", out.past_key_values, scores[-1]
        while len(written) < most:
            token = int(last.argmax())
            written.append((token, float(last[token])))
            if token == tokenizer.eos_token_id:
                reason = "stop"
                written.pop()
                break
            text = tokenizer.decode([t for t, _ in written])
            if any(stop in text for stop in stops):
                reason = "stop"
                break
            if len(written) < most:
                step = model(torch.tensor([[token]]), past_key_values=past, use_cache=True)
                past, last = step.past_key_values, torch.log_softmax(step.logits[0, -1].float(), -1)
    text = tokenizer.decode([t for t, _ in written])
    for stop in stops:
        text = text.split(stop)[0]
    choice = {"index": 0, "text": text, "finish_reason": reason, "logprobs": None}
    if body.get("echo") and body.get("logprobs") is not None:
        tokens, numbers, tops, offsets, offset = [], [], [], [], 0
        for place, token in enumerate(ids):
            spelling = tokenizer.decode([token])
            tokens.append(spelling)
            offsets.append(offset)
            offset += len(spelling)
            if place == 0:
                numbers.append(None)
                tops.append(None)
                continue
            row = scores[place - 1]
            best = int(row.argmax())
            numbers.append(float(row[token]))
            tops.append({tokenizer.decode([best]): float(row[best]), spelling: float(row[token])})
        for token, number in written[:1]:
            tokens.append(tokenizer.decode([token]))
            numbers.append(number)
            tops.append({tokens[-1]: number})
            offsets.append(offset)
        choice["logprobs"] = {"tokens": tokens, "token_logprobs": numbers, "top_logprobs": tops, "text_offset": offsets}
    return {
        "object": "text_completion", "model": body.get("model"), "choices": [choice],
        "usage": {"prompt_tokens": len(ids), "completion_tokens": len(written)},
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, reply = 200, answer(body)
        except Exception as error:
            status, reply = 400, {"error": {"message": str(error)}}
        data = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


Server(("127.0.0.1", port), Handler).serve_forever()
