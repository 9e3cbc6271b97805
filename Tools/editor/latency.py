"""How long an editor waits: python latency.py ASSAY FOLDER FILE…

Starts `assay lsp` with FOLDER open. In each file a word is typed letter by letter at the end, as an editor sends it, and three
times are taken: from each letter to the findings for it, to the completions behind it, and to what is said of the file's first
key. Printed are the first, the middle and the longest, in milliseconds: the first of a group has to read all of FOLDER.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

WORD = "\ndoc_to_text: \"What is {{question}}?\"\nmetric_list:\n  - metric: exact_match\n"


class Server:
    def __init__(self, assay, folder):
        self.process = subprocess.Popen([assay, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.id = 0
        self.ask("initialize", {"capabilities": {}, "rootUri": pathlib.Path(folder).resolve().as_uri()})
        self.send("initialized", {})

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

    def ask(self, method, params):
        self.id += 1
        self.send(method, params, id=self.id)
        while True:
            message = self.receive()
            if message.get("id") == self.id and "method" not in message:
                return message["result"]

    def findings(self, uri, version):
        while True:
            message = self.receive()
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            if message["params"]["uri"] == uri and message["params"].get("version") == version:
                return message["params"]["diagnostics"]


def timed(times, action):
    start = time.perf_counter()
    result = action()
    times.append(1000 * (time.perf_counter() - start))
    return result


def measure(server, file):
    path = pathlib.Path(file).resolve()
    uri = path.as_uri()
    text = path.read_text()
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
    server.send("textDocument/didOpen", {"textDocument": document})
    server.findings(uri, 1)
    start = text.count("\n")
    column = len(text) - text.rfind("\n") - 1
    times = {"findings": [], "completion": [], "hover": []}
    for number, letter in enumerate(WORD):
        before = WORD[:number]
        line = start + before.count("\n")
        at = len(before) - before.rfind("\n") - 1 if "\n" in before else column + number
        place = {"line": line, "character": at}
        version = number + 2
        change = {"range": {"start": place, "end": place}, "text": letter}

        def typed():
            server.send("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
            return server.findings(uri, version)

        count = len(timed(times["findings"], typed))
        behind = {"line": line + 1, "character": 0} if letter == "\n" else {"line": line, "character": at + 1}
        where = {"textDocument": {"uri": uri}}
        timed(times["completion"], lambda: server.ask("textDocument/completion", {**where, "position": behind}))
        first = next((n for n, l in enumerate(text.split("\n")) if l.startswith("doc_to_text")), 0)
        timed(times["hover"], lambda: server.ask(
            "textDocument/hover", {**where, "position": {"line": first, "character": 1}}))
    print(f"{file}: {len(text.encode())} bytes, {count} findings")
    for name, all in times.items():
        print(f"  {name:10}  first {all[0]:7.1f}  middle {statistics.median(all[1:]):7.1f}  longest {max(all[1:]):7.1f}")
    server.send("textDocument/didClose", {"textDocument": {"uri": uri}})


def main(assay, folder, files):
    server = Server(assay, folder)
    for file in files:
        measure(server, file)
    server.ask("shutdown", None)
    server.send("exit", None)
    server.process.wait()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
