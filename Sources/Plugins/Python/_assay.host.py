"""Reads requests, one a line, and answers them; JSON-RPC 2.0."""

import json
import os
import select
import signal
import sys
import threading
import time

from _assay import standins, wire
from _assay.errors import Trouble, trouble

_host = None


class Host:
    def __init__(self, descriptor, stream):
        self.descriptor = descriptor
        self.stream = stream
        self.process = os.getpid()
        self.last_beat = time.monotonic()
        self.questions = 0
        self.lock = threading.RLock()

    def send(self, message):
        """Writes one line; a text that UTF-8 has no form for is escaped."""
        try:
            line = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
        except UnicodeEncodeError:
            line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii")
        rest = memoryview(line + b"\n")
        with self.lock:
            while rest:
                rest = rest[os.write(self.descriptor, rest) :]

    def receive(self):
        """The next message, or nothing at the end."""
        line = self.stream.readline()
        return json.loads(line, object_hook=wire.unpack) if line else None

    def beat(self):
        """Says, once a second at most, that work goes on."""
        now = time.monotonic()
        if now - self.last_beat >= 1 and os.getpid() == self.process:
            self.last_beat = now
            self.send({"jsonrpc": "2.0", "method": "progress"})

    def ask(self, name, parameters):
        """Asks the other side something in the middle of a call."""
        with self.lock:
            self.questions += 1
            number = f"q{self.questions}"
            self.send({"jsonrpc": "2.0", "id": number, "method": name, "params": wire.pack(parameters)})
            answer = self.receive()
        if answer is None:
            os._exit(0)
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def loop(self):
        from _assay import methods

        while True:
            try:
                request = self.receive()
            except (RecursionError, LookupError, ValueError) as error:
                self.refuse(error)
                continue
            if request is None:
                return
            wire.release(request.get("release", ()))
            answer = self.answer(methods.METHODS, request)
            if os.getpid() != self.process:
                # A helper forked, and this is the child that came back from it.
                os._exit(0)
            self.send(answer)

    def refuse(self, error):
        """Answers a line that cannot be read, whose number is not known either."""
        data = {"kind": "unusable-result", "message": f"the Python host cannot read what it was sent: {error!r}"}
        error = {"code": -32700, "message": data["message"], "data": data}
        self.send({"jsonrpc": "2.0", "id": None, "error": error})

    def answer(self, methods, request):
        number, name = request["id"], request["method"]
        parameters = request["params"]
        try:
            if name not in methods:
                raise Trouble("unusable-result", f"the Python host knows no method `{name}`")
            result = methods[name](parameters)
            return {"jsonrpc": "2.0", "id": number, "result": self.packed(result, parameters)}
        except BaseException as error:
            data = trouble(error, called(parameters)).data()
            return {"jsonrpc": "2.0", "id": number, "error": {"code": -32000, "message": data["message"], "data": data}}
        finally:
            flush()

    @staticmethod
    def packed(result, parameters):
        try:
            return wire.pack(result)
        except RecursionError:
            raise Trouble(
                "unusable-result", f"`{called(parameters)}` returned something nested too deeply, or in a circle"
            ) from None


def called(parameters):
    """What the task calls, for messages."""
    function = parameters.get("function") if isinstance(parameters, dict) else None
    if isinstance(function, dict):
        return function.get("name", "?")
    return (parameters.get("registered") if isinstance(parameters, dict) else None) or "the function"


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def beat():
    if _host is not None:
        _host.beat()


def ask(name, parameters):
    return _host.ask(name, parameters)


def watch(descriptor):
    """Ends this process and all it started when the other side is gone, even in the middle of a call."""
    poll = select.poll()
    poll.register(descriptor, 0)
    poll.poll()
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def limit(memory):
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def run(descriptor, stream, first, embedded):
    global _host
    settings = first["params"]
    _host = Host(descriptor, stream)
    # The text of helpers' output is for people only: no byte of it may stop a helper.
    for output in (sys.stdout, sys.stderr):
        output.reconfigure(errors="backslashreplace", line_buffering=True)
    sys.argv = ["assay"]
    # A bar that is drawn over itself cannot be passed on line by line.
    os.environ.setdefault("TQDM_DISABLE", "1")
    sys.dont_write_bytecode = True
    sys.excepthook = lambda kind, error, place: None if kind is BrokenPipeError else sys.__excepthook__(kind, error, place)
    os.register_at_fork(after_in_child=lambda: os.close(descriptor))
    limit(settings.get("memory"))
    embedded.sources["_assay.datasets"] = embedded.sources["datasets"]
    standins.start(embedded, settings.get("standins", ()), settings.get("roots", ()))
    standins.seed_everything(settings.get("seeds", {}))
    threading.Thread(target=watch, args=(descriptor,), daemon=True).start()
    facts = {
        "version": "%d.%d.%d" % sys.version_info[:3],
        "executable": sys.executable,
        "standins": [name for name in standins.PACKAGES if standins.is_standin(name)],
    }
    _host.send({"jsonrpc": "2.0", "id": first["id"], "result": facts})
    _host.loop()
