"""Reads requests line by line, carries them out and answers."""

import os
import signal
import sys
import threading
import time

from assay_host import functions, methods, standins, wire


class Server:
    def __init__(self, requests, responses):
        self.requests, self.responses = requests, responses
        self.lock = threading.Lock()
        self.last_sign = 0.0
        self.asked = 0

    def send(self, message):
        line = wire.encode({"jsonrpc": "2.0", **message})
        with self.lock:
            self.responses.write(line + b"\n")
            self.responses.flush()

    def alive(self):
        """Tells the other side, not too often, that the work goes on."""
        now = time.monotonic()
        if now - self.last_sign > 1:
            self.last_sign = now
            self.send({"method": "alive"})

    def ask(self, method, **parameters):
        """Asks the other side something in the middle of a call."""
        self.asked += 1
        self.send({"id": f"q{self.asked}", "method": method, "params": parameters})
        answer = wire.decode(self.requests.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def loop(self):
        for line in self.requests:
            request = wire.decode(line)
            self.last_sign = time.monotonic()
            try:
                result = methods.call(request["method"], request["params"])
                answer = {"result": result}
                encoded = wire.encode({"jsonrpc": "2.0", "id": request["id"], **answer})
            except BaseException as error:
                trouble = functions.raised(error, request["params"].get("function", {}).get("name", "it"))
                data = {"code": -32000, "message": str(trouble), "data": trouble.data}
                encoded = wire.encode({"jsonrpc": "2.0", "id": request["id"], "error": data})
            sys.stdout.flush()
            sys.stderr.flush()
            with self.lock:
                self.responses.write(encoded + b"\n")
                self.responses.flush()


def _watch(parent):
    """Ends this process and what it started when the other side is gone, even in the middle of a call."""
    while os.getppid() == parent:
        time.sleep(1)
    _end()


def _end():
    """Ends this process with all that it started; it is the head of a group of its own."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _limit(memory):
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _seed(seeds):
    """Seeds Python's generator now, the others when their libraries are first imported."""
    import random

    if seeds[0] is not None:
        random.seed(seeds[0])
    standins.when_imported("numpy", lambda module: seeds[1] is None or module.random.seed(seeds[1]))
    standins.when_imported("torch", lambda module: seeds[2] is None or module.manual_seed(seeds[2]))


def serve(requests, responses, settings):
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    _limit(settings["memory"])
    server = Server(requests, responses)
    sys.path[:] = [entry for entry in sys.path if entry] + [os.getcwd()]
    sys.argv = ["assay"]
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TQDM_DISABLE", "1")
    standins.install(settings["folders"], settings["stand_ins"], server.ask)
    _seed(settings["seeds"])
    methods.server = server
    server.loop()
    _end()
