import ctypes
import os
import signal
import subprocess
import sys
import time


def hang():
    while True:
        time.sleep(0.05)


def slow(doc):
    time.sleep(0.4)
    return doc["n"]


def prints_much():
    print("x" * 1_000_000)
    sys.stderr.write("y" * 1_000_000)
    return "done"


def prints_lines():
    for number in range(20000):
        print("line", number)
    return "done"


def writes_to_descriptors():
    os.write(1, b'{"jsonrpc": "2.0", "id": 1, "result": "forged"}\n')
    os.write(2, b"\xff\xfe not UTF-8 \xc3\n")
    os.system("echo from a shell")
    return "done"


def prints_surrogate():
    print("\udcff lone")
    return "\udcff|é|\U0001f600"


def kills_itself():
    print("last words")
    os.kill(os.getpid(), signal.SIGKILL)


def crashes():
    ctypes.string_at(0)


def leaves():
    print("last words")
    sys.stdout.flush()
    os._exit(3)


def exits():
    sys.exit(2)


def interrupts():
    raise KeyboardInterrupt


def recurses():
    return recurses()


def leaves_a_child(path):
    child = subprocess.Popen([sys.executable, "-c", f"import time; open({path!r}, 'w').write('here'); time.sleep(60)"])
    while not os.path.exists(path):
        time.sleep(0.01)
    return child.pid


def forks():
    if os.fork() == 0:
        return "child"
    os.wait()
    return "parent"


def fork_outlives():
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    os._exit(4)


def circle():
    ring = []
    ring.append(ring)
    return ring


def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def stream():
    return (number * number for number in range(3))


def bad_stream():
    yield 1
    raise ValueError("in the stream")


def huge():
    return "é" * 25_000_000


def numbers():
    return [float("nan"), float("inf"), -float("inf"), -0.0, 1e16, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 1, 1.0, True]


def odd_values():
    return {1: "one", None: 2.0, (1, "x"): [(), ({},)], "$tuple": 1, b"\x00\xff": b"'\n"}


def dollar():
    return [{"$tuple": [1]}, {"$object": 1}, {"$float": "x", "y": 1}]


def odd_bool():
    class Odd:
        def __bool__(self):
            raise RuntimeError("neither")

        def __str__(self):
            raise RuntimeError("nothing to say")

    return Odd()


def raises_oddly():
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError("nothing to say")

    raise Odd


def numpy_values():
    import numpy

    return [
        numpy.float64(0.5),
        numpy.float32(0.1),
        numpy.int64(3),
        numpy.bool_(True),
        numpy.str_("s"),
        numpy.array([[1, 2], [3, 4]]),
        (numpy.float64("nan"),),
        {numpy.int64(1): 2},
    ]


def numpy_random():
    import numpy

    return float(numpy.random.random())


def memory():
    return len(bytearray(8 << 30))


def environment():
    return dict(os.environ)


def closes_everything():
    os.closerange(0, 100)
