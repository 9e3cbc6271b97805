"""What went wrong, as the other side reads it."""

import os
import sys
import sysconfig
import traceback

# Packages whose names on the index are not those in `import`.
PACKAGES = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "latex2sympy2": "latex2sympy2_extended",
    "rouge_score": "rouge-score",
    "bert_score": "bert-score",
    "math_verify": "math-verify",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "PyYAML",
    "tinyBenchmarks": "git+https://github.com/felipemaiapolo/tinyBenchmarks",
}

LIBRARIES = tuple(
    os.path.realpath(path) + os.sep
    for path in {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    if path
)


class Trouble(Exception):
    """An error that is told as it stands, without a traceback."""

    def __init__(self, kind, message, help=None, traceback=None):
        super().__init__(message)
        self.kind = kind
        self.help = help
        self.traceback = traceback

    def data(self):
        parts = {"kind": self.kind, "message": str(self), "help": self.help, "traceback": self.traceback}
        return {name: part for name, part in parts.items() if part is not None}


def one_line(text, most=400):
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def said(error):
    """`KeyError: 'subject'`, in one line."""
    try:
        text = one_line(str(error))
    except Exception:
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def is_library(path):
    if "/lm_eval/tasks/" in path:
        return False
    return path.startswith("<") or "-packages" + os.sep in path or os.path.realpath(path).startswith(LIBRARIES)


def trimmed(error):
    """The frames in files of the author; the last few frames where there are none."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<_assay")]
    own = [frame for frame in frames if not is_library(frame.filename)]
    lines = traceback.StackSummary.from_list(own or frames[-3:]).format()
    return "".join(lines + traceback.format_exception_only(type(error), error)).rstrip("\n")


def install(module):
    top = module.split(".")[0]
    return f"install it where it is looked for: {sys.executable} -m pip install {PACKAGES.get(top, top)}"


def trouble(error, name, while_importing=False):
    """Any exception as a `Trouble`; `name` is what the task calls."""
    if isinstance(error, Trouble):
        return error
    place = trimmed(error)
    if isinstance(error, ModuleNotFoundError) and error.name:
        lesson = "the package" if "." not in error.name else "the module"
        return Trouble("missing-module", f"`{name}` needs {lesson} `{error.name}`", install(error.name), place)
    if isinstance(error, SyntaxError) and while_importing:
        where = f"{os.path.basename(error.filename or name)}, line {error.lineno}"
        return Trouble("raised", f"`{name}` cannot be imported: {where}: {error.msg}", None, place)
    if isinstance(error, SystemExit):
        return Trouble("raised", f"`{name}` tried to end the program with status {error.code}", None, place)
    if isinstance(error, MemoryError):
        return Trouble("raised", f"`{name}` ran out of memory", "allow Python more memory", place)
    doing = "cannot be imported; it raised" if while_importing else "raised"
    return Trouble("raised", f"`{name}` {doing} {said(error)}", None, place)
