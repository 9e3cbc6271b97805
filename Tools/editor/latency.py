"""How long findings take after a change: python latency.py ASSAY FILE…

Starts `assay lsp`, changes each file a hundred times as typing would, and prints the middle and the longest time between the
change and the findings for it, in milliseconds.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time


class Server:
    def __init__(self, assay):
        self.process = subprocess.Popen([assay, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, method, params, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, value = line.split(b": ")
            if name == b"Content-Length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def findings(self, version):
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"].get("version") == version:
                return message["params"]["diagnostics"]


def main(assay, files):
    server = Server(assay)
    server.send("initialize", {"capabilities": {}, "rootUri": pathlib.Path.cwd().as_uri()}, id=1)
    server.receive()
    server.send("initialized", {})
    for file in files:
        path = pathlib.Path(file).resolve()
        text = path.read_text()
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        server.send("textDocument/didOpen", {"textDocument": document})
        server.findings(1)
        times = []
        for version in range(2, 102):
            changed = text + "# " + "x" * version + "\n"
            start = time.perf_counter()
            server.send("textDocument/didChange", {
                "textDocument": {"uri": path.as_uri(), "version": version}, "contentChanges": [{"text": changed}]})
            count = len(server.findings(version))
            times.append(1000 * (time.perf_counter() - start))
        print(f"{file}: {len(text.encode())} bytes, {count} findings, middle {statistics.median(times):.1f} ms, "
              f"longest {max(times):.1f} ms")
    server.send("shutdown", None, id=2)
    server.send("exit", None)
    server.process.wait()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
