"""Takes the host's own modules out of the first message and starts the host.

This text is what `python3 -c` runs. The protocol has descriptor 3 to itself; whatever helpers print goes to the
descriptors 1 and 2, which nobody takes for protocol.
"""

import sys

PROTOCOL = 3


def refuse(message):
    """Answers the first message with an error, in words that every Python understands."""
    import json
    import os

    error = {"code": -32000, "message": message, "data": {"kind": "unavailable", "message": message}}
    os.write(PROTOCOL, (json.dumps({"jsonrpc": "2.0", "id": 0, "error": error}) + "\n").encode("ascii"))


def start():
    import os

    # Nothing else that the parent had open is ours.
    os.closerange(PROTOCOL + 1, 1024)
    os.set_inheritable(PROTOCOL, False)
    if sys.version_info < (3, 9):
        refuse("%s is Python %d.%d; 3.9 is the oldest that will do" % ((sys.executable,) + sys.version_info[:2]))
        return

    import importlib.abc
    import importlib.machinery
    import importlib.util
    import json

    stream = os.fdopen(PROTOCOL, "rb", 1 << 20, closefd=False)
    first = json.loads(stream.readline())

    class Embedded(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
        """Imports modules whose texts came with the first message."""

        def __init__(self, sources):
            self.sources = sources

        def spec(self, name):
            if name not in self.sources:
                return None
            is_package = any(other.startswith(name + ".") for other in self.sources)
            spec = importlib.machinery.ModuleSpec(
                name, self, origin="<%s>" % name, is_package=is_package
            )
            return spec

        def find_spec(self, name, path=None, target=None):
            return self.spec(name) if name.split(".")[0] == "_assay" else None

        def is_package(self, name):
            return any(other.startswith(name + ".") for other in self.sources)

        def get_source(self, name):
            return self.sources[name]

        def get_code(self, name):
            return compile(self.sources[name], "<%s>" % name, "exec", dont_inherit=True)

    sources = first["params"].pop("sources")
    sources.setdefault("_assay", "")
    embedded = Embedded(sources)
    sys.meta_path.insert(0, embedded)
    host = importlib.import_module("_assay.host")
    host.run(PROTOCOL, stream, first, embedded)


start()
