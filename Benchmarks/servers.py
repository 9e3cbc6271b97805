"""Requests a second against one local server, Assay beside the harness, at the same concurrency.

servers.py PROGRAM [COUNT] [CONCURRENT]; run by a Python with lm_eval. The server answers each request at once with the scores
of its tokens, so that what is measured is the client.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

SERVER = r'''
import asyncio, json, sys
seen = 0
async def serve(reader, writer):
    global seen
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = 0
            for line in head.split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = json.loads(await reader.readexactly(length)) if length else {}
            seen += 1
            n = len(body.get("prompt", [])) + 1
            scores = {"tokens": ["token_id:0"] * n, "token_logprobs": [None] + [-0.5] * (n - 1),
                      "top_logprobs": [None] + [{"a": -0.5}] * (n - 1)}
            data = json.dumps({"choices": [{"index": 0, "text": "x", "finish_reason": "length", "logprobs": scores}]}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(data) + data)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=1024)
    async with server:
        await server.serve_forever()
asyncio.run(main())
'''


def main(program, count=10_000, concurrent=16):
    port = 8431
    top = pathlib.Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with open(folder / "rows.jsonl", "w") as rows:
            for row in range(count // 2):
                rows.write(json.dumps({"q": f"Is {row} even?", "gold": row % 2}) + "\n")
        (folder / "short.yaml").write_text(
            "task: short\ndataset_path: json\ndataset_kwargs:\n  data_files:\n"
            f"    test: {folder}/rows.jsonl\ntest_split: test\noutput_type: multiple_choice\n"
            'doc_to_text: "{{q}}"\ndoc_to_target: gold\ndoc_to_choice: ["yes", "no"]\nmetric_list:\n  - metric: acc\n')
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)])
        time.sleep(1)
        settings = (f"model=m,base_url=http://127.0.0.1:{port}/v1/completions,tokenizer={top}/Models/assay-tiny,"
                    f"num_concurrent={concurrent},tokenizer_backend=huggingface")
        common = ["--model", "local-completions", "--model_args", settings, "--tasks", "short", "--include_path", str(folder)]
        try:
            for name, line in [
                ("assay", [program, "run", *common]),
                ("harness", [sys.executable, "-m", "lm_eval", "run", *common]),
            ]:
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                start = time.monotonic()
                process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                           env=dict(os.environ, HF_DATASETS_OFFLINE="1", HF_HUB_OFFLINE="1"))
                peak = [0]
                threading.Thread(target=watch, args=(process.pid, peak), daemon=True).start()
                errors = process.stderr.read().decode()
                if process.wait() != 0:
                    sys.exit(f"{name}: {errors[-2000:]}")
                seconds = time.monotonic() - start
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                print(f"{name:8} {count / seconds:7.0f} requests/s, {seconds:6.1f} s, {busy:6.1f} s of processor, "
                      f"{peak[0] / 1024:.0f} MiB at most")
        finally:
            server.terminate()


def watch(pid, peak):
    """The most memory that a process held."""
    while True:
        try:
            for line in open(f"/proc/{pid}/status"):
                if line.startswith("VmHWM:"):
                    peak[0] = int(line.split()[1])
        except OSError:
            return
        time.sleep(0.05)


main(sys.argv[1], *map(int, sys.argv[2:]))
