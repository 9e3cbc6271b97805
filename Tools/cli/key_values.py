"""Writes how lm-evaluation-harness 0.4.13 reads `key=value` items, for Tests/CLITests.

    pip install lm_eval==0.4.13
    python Tools/cli/key_values.py
"""

import json
from pathlib import Path

from lm_eval._cli.utils import key_val_to_dict
from lm_eval.utils import simple_parse_args_string

TARGET = Path(__file__).parents[2] / "Tests" / "CLITests" / "Fixtures" / "key_values.jsonl"

TEXTS = [
    "", "a=1", "a=1,b=2", "a=-1", "a=+1", "a=007", "a=1.5", "a=1e-5", "a=1_000", "a=nan", "a=inf", "a=-Infinity", "a=true",
    "a=FALSE", "a=True", "a=None", "a=none", "a=null", "a=text", "a='quoted'", 'a="quoted"', "a=", "a==", "a=b=c", "a=[1,2]",
    "a=[1, 'x,y']", "a={'b': [1, 2], 'c': (3,)}", "a=(1,2),b=3", "a='x,y',b=1", 'a="x,y"', "a=[1,2", "a=1]", "a=),b=(1,2)",
    "a=it's", "pretrained=org/model,dtype=float16,parallelize=True", "a=.5", "a=5.", "a=0x1F", "a=1__0", "a=_1", "a=1_",
    "a=x y", "a=1,,b=2", "a=1,", ",a=1", "a=1,a=2", "a=\\n", "a='\\n'", "until=['\\n\\n','Q:']", "a=1e400", "a=snan", "a=é",
    "a=infinity", "a=1e", "a=e1", "a=--1", "a={}", "a=[]", "a=()", "a=0", "a=00", "a=1 000",
]


def main():
    TARGET.parent.mkdir(exist_ok=True)
    with open(TARGET, "w") as out:
        for text in TEXTS:
            row = {"text": text, "repr": repr(key_val_to_dict(text))}
            # How the harness reads the same text in a configuration file, where every item has its `=`.
            if all("=" in item for item in text.split(",") if item):
                row["configured"] = repr(simple_parse_args_string(text))
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


main()
