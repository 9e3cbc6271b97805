"""Writes what the `datasets` library makes of small files, for Tests/DatasetsTests.

    python Tools/datasets/expect.py        # datasets 5.2, pandas 3.1

Each case becomes a folder under Tests/DatasetsTests/Fixtures with its files, and a line of expected.jsonl:
the arguments of load_dataset, and for each split its columns and rows, or null where the library fails.
"""

import datetime
import json
import logging
import os
import shutil
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
import datasets  # noqa: E402

datasets.disable_progress_bars()
logging.disable(logging.CRITICAL)
FIXTURES = Path(__file__).parents[2] / "Tests" / "DatasetsTests" / "Fixtures"
CASES = []


def case(name, reader, files, **arguments):
    """One case; `files` is the content of one file or a mapping from paths to contents."""
    if not isinstance(files, dict):
        ending = {"json": "jsonl", "csv": "csv", "text": "txt"}[reader]
        files = {f"rows.{ending}": files}
        arguments["data_files"] = f"rows.{ending}"
    CASES.append((name, reader, files, arguments))


def lines(*rows):
    return "\n".join(rows) + "\n"


# JSON lines: which type a column gets
case("json-missing", "json", lines('{"a":1}', '{"b":2,"a":3}', '{"c":null}'))
case("json-key-order", "json", lines('{"b":1,"a":3}', '{"c":2,"a":3}'))
case("json-int-float", "json", lines('{"a":1}', '{"a":2.5}'))
case("json-int-text", "json", lines('{"a":1}', '{"a":"x"}'))
case("json-int-bool", "json", lines('{"a":1}', '{"a":true}'))
case("json-text-list", "json", lines('{"a":"q"}', '{"a":["x"]}'))
case("json-mixed-json-text", "json",
     lines('{"a":"5"}', '{"a":{"x":1}}', '{"a":"x"}', '{"a":"null"}', '{"a":null}', '{"a":"[1, 2]"}'))
case("json-records-alike", "json", lines('{"a":{"x":1,"y":2}}', '{"a":{"y":2,"x":5}}', '{"a":null}', "{}"))
case("json-records-unlike", "json", lines('{"a":{"x":1}}', '{"a":{"y":2}}'))
case("json-records-in-list", "json", lines('{"a":[{"x":1},{"y":2}]}', '{"a":[]}'))
case("json-records-in-list-order", "json", lines('{"a":[{"x":1,"y":1},{"y":2.5,"x":3},null]}'))
case("json-list-int-float", "json", lines('{"a":[1,2.5]}', '{"a":[1]}', '{"a":null}'))
case("json-list-int-text", "json", lines('{"a":[1,"b"]}', '{"a":[1]}'))
case("json-list-of-list", "json", lines('{"a":[[1,2],[3.5]]}', '{"a":[]}'))
case("json-empty-record", "json", lines('{"a":{}}', '{"a":{}}'))
case("json-all-null", "json", lines('{"a":null,"b":[]}', '{"a":null,"b":[]}'))
case("json-dates", "json", lines('{"a":"2020-01-01"}', '{"a":"2020-01-02 11:00"}', '{"a":null}'))
case("json-dates-mixed", "json", lines('{"a":"2020-01-01 10:00:00"}', '{"a":"x"}'))
case("json-dates-empty", "json", lines('{"a":"2020-01-01"}', '{"a":""}'))
case("json-dates-nested", "json", lines('{"a":{"d":"2020-01-01"},"b":["1999-12-31T23:59:59Z"]}'))
for index, text in enumerate([
    "2020-01-01T10", "2020-01-01T10:05:06+02:00", "2020-01-01T10:05+0200", "2020-01-01T23:05-02",
    "2020-12-31T23:59:59-14:00", "2020-03-01 00:30+01", "2020-01-01T10:05z", "20200101", "2020-1-1",
    "2020-13-01", "2020-02-30", "2020-02-29", "2021-02-29", "2020-01-01T24:00:00", "0001-01-01",
    "1969-12-31", "2020-01-01T10:05:06.123", "2020-01-01T", "2020-01", " 2020-01-01", "2020-01-01Z",
    "2020-01-01 1005", "10:00:00", "2000-02-29 00:00:00+00:01", "1900-02-29",
]):
    case(f"json-date-{index:02}", "json", json.dumps({"a": text}) + "\n")
case("json-numbers", "json",
     lines('{"a":12345678901234567890,"b":1e5,"c":-0,"d":NaN,"e":9007199254740993}',
           '{"a":1,"b":1,"c":1,"d":1,"e":1}'))
case("json-floats", "json",
     lines('{"a":1.0,"b":0.1,"c":Infinity,"d":1e-7}', '{"a":2.0,"b":1e22,"c":-Infinity,"d":1.5e300}'))
case("json-escapes", "json", lines(r'{"a":"\u00e9\ud83d\ude00\n\/\"\\"}', '{"a":"日本\u2028x"}'))
# JSON lines: how the file is laid out
case("json-blank-lines", "json", '{"a":1}\n\n{"a":2}\n   \n')
case("json-no-last-break", "json", '{"a":1}\n{"a":2}')
case("json-two-on-a-line", "json", '{"a":1}{"a":2}\n')
case("json-many-lines-each", "json", '{\n"a":1}\n{"a":2\n}\n')
case("json-many-lines-unlike", "json", '{\n"a":{"x":1}}\n{"a":{"y":2}}\n')
case("json-many-lines-mixed", "json", '{\n"a":1}\n{"a":"x"}\n')
case("json-crlf", "json", '{"a":1}\r\n{"a":"x y"}\r\n')
case("json-bom", "json", b'\xef\xbb\xbf{"a":1}\n')
case("json-list", "json", '[{"a":1},{"b":2}]')
case("json-list-pretty", "json", '[\n {"a":1,"n":{"x":1}},\n {"b":2.5,"a":2,"n":{"y":1}}\n]\n')
case("json-list-of-texts", "json", '["x","y"]')
case("json-list-of-numbers", "json", "[1,2.5]")
case("json-list-with-dates", "json", '[{"a":"2020-01-01"}]')
case("json-columns", "json", '{"a":[1,2],"b":["x","y"]}')
case("json-columns-pretty", "json", '{\n"a":[1,2],\n"b":["x","y"]\n}')
case("json-field", "json", '{"data":[{"a":1,"n":{"x":1}},{"b":2,"n":{"y":2.5}}],"v":3}', field="data")
case("json-field-columns", "json", '{"data":{"a":[1,2],"b":["x","y"]}}', field="data")
case("json-field-missing", "json", '{"v":3}', field="data")
case("json-empty", "json", "")
case("json-only-break", "json", "\n")
case("json-empty-list", "json", "[]")
case("json-empty-row", "json", "{}\n")
case("json-cut", "json", '{"a":1}\n{"a":\n')
case("json-no-colon", "json", '{"a":1}\n{"a" 5}\n')
case("json-scalars", "json", "1\n2\n")
case("json-not-utf8", "json", b'{"a":"\xff\xfe"}\n')
case("json-trailing-comma", "json", '{"a":1,}\n')
case("json-raw-tab", "json", '{"a":"x\ty"}\n')
case("json-list-with-scalar", "json", '[{"a":1},5]')
# Several files
case("json-splits", "json", {"a.jsonl": '{"a":1,"b":"x"}\n', "b.jsonl": '{"a":2,"b":"y"}\n'},
     data_files={"train": "a.jsonl", "test": "b.jsonl"})
case("json-splits-missing", "json", {"a.jsonl": '{"a":1,"b":"x"}\n', "b.jsonl": '{"a":2}\n'},
     data_files={"train": "a.jsonl", "test": "b.jsonl"})
case("json-splits-whole-float", "json", {"a.jsonl": '{"a":1}\n', "b.jsonl": '{"a":2.0}\n{"a":null}\n'},
     data_files={"train": "a.jsonl", "test": "b.jsonl"})
case("json-splits-int-for-float", "json", {"a.jsonl": '{"a":1.5}\n', "b.jsonl": '{"a":2}\n'},
     data_files={"train": "a.jsonl", "test": "b.jsonl"})
case("json-splits-int-for-text", "json", {"a.jsonl": '{"b":"x","a":1}\n', "b.jsonl": '{"a":2,"b":5}\n'},
     data_files={"train": "a.jsonl", "test": "b.jsonl"})
case("json-shards", "json", {"a-1.jsonl": '{"a":1,"b":"x"}\n', "a-2.jsonl": '{"a":2}\n', "b.txt": "no"},
     data_files={"train": "a-*.jsonl"})
case("json-file-list", "json", {"p/a.jsonl": '{"a":1}\n', "p/b.jsonl": '{"a":2}\n'},
     data_files=["p/b.jsonl", "p/a.jsonl"])
case("json-split-list", "json", {"a.jsonl": '{"a":1}\n', "b.jsonl": '{"a":2}\n'},
     data_files=[{"split": "dev", "path": "b.jsonl"}, {"split": "test", "path": ["a.jsonl", "b.jsonl"]}])
# Folders
case("folder-shards", None, {"train.jsonl": '{"a":1}\n', "test-00000-of-00002.jsonl": '{"a":2}\n',
                             "test-00001-of-00002.jsonl": '{"a":3}\n', "README.md": "hello"})
case("folder-dev", None, {"train.jsonl": '{"a":1}\n', "dev.jsonl": '{"a":2}\n'})
case("folder-nameless", None, {"foo.jsonl": '{"a":3}\n', "bar.jsonl": '{"a":4}\n'})
case("folder-data", None, {"data/train.jsonl": '{"a":1}\n', "data/eval.jsonl": '{"a":2}\n'})
case("folder-folders", None, {"train/x.jsonl": '{"a":1}\n', "test/y.jsonl": '{"a":2}\n'})
case("folder-sharded", None, {"data/train-00000-of-00001.jsonl": '{"a":1}\n',
                              "data/my_split-00000-of-00001.jsonl": '{"a":2}\n'})
case("folder-tsv", None, {"train.tsv": "a\tb\n2\t3\n"})
case("folder-txt", None, {"train.txt": "a\nb\n\nc"})
case("folder-words", None, {"my_test-2.csv": "a\n1\n", "all.training.csv": "a\n2\n"})
case("folder-data-dir", None, {"main/train.jsonl": '{"a":1}\n', "other/train.jsonl": '{"a":2}\n'}, data_dir="main")
case("folder-data-files", None, {"x.jsonl": '{"a":1}\n', "y.jsonl": '{"a":2}\n'}, data_files={"test": "x.jsonl"})
# CSV
case("csv-missing-text", "csv", "a,b\n1,x\n2,\n")
case("csv-missing-int", "csv", "a,b\n1,x\n,y\n")
case("csv-bools", "csv", "a,b,c,d\nTrue,true,TRUE,yes\nFalse,false,FALSE,no\n,true,TRUE,no\n")
case("csv-nothing-words", "csv", "a,b\n1,NA\n2,N/A\n3,null\n4,None\n5,nan\n6,n/a\n7,#N/A\n8,-\n9,NONE\n10,Null\n")
case("csv-all-missing", "csv", "a,b\n1,NA\n2,\n")
case("csv-quotes", "csv", 'a,b\n"x, y","line\nbreak ""q"""\n"",z\n')
case("csv-quotes-inside", "csv", 'a,b\nx"y"z,2\n"x"y,3\n')
case("csv-crlf", "csv", 'a,b\r\n1,"x\r\ny"\r\n')
case("csv-cr", "csv", "a,b\r1,2\r")
case("csv-short-row", "csv", "a,b,c\n1,2\n3,4,5\n")
case("csv-long-row", "csv", "a,b\n1,2\n1,2,3\n")
case("csv-blank-lines", "csv", "a,b\n\n1,2\n   \n3,4\n")
case("csv-only-separators", "csv", "a,b\n1,2\n,\n")
case("csv-same-names", "csv", "a,a,a\n1,2,3\n")
case("csv-same-names-taken", "csv", "a,a,a.1\n1,2,3\n")
case("csv-nameless", "csv", "a,,c\n1,2,3\n")
case("csv-sep", "csv", "a;b\n1;2,5\n", sep=";")
case("csv-delimiter", "csv", "a\tb\n1\t\n", delimiter="\t")
case("csv-no-header", "csv", "1,x\n2,y\n", header=None)
case("csv-names", "csv", "1,x\n2,y\n", column_names=["n", "t"])
case("csv-names-no-header", "csv", "1,x\n2,y\n", header=None, column_names=["n", "t"])
case("csv-names-for-header", "csv", "a,b\n1,x\n2,y\n", header=0, column_names=["n", "t"])
case("csv-names-too-many", "csv", "1\n2\n", column_names=["n", "t"])
case("csv-header-second", "csv", "x,y\na,b\n1,2\n", header=1)
case("csv-skiprows", "csv", "x,y\na,b\n1,2\n", skiprows=1)
case("csv-ints", "csv", "a,b,c,d\n007,+1, 1,-3\n8,2,2 ,0\n")
case("csv-not-ints", "csv", "a,b,c\n1_000,0x10,1 2\n2,2,2\n")
case("csv-floats", "csv", "a,b,c,d,e\n1e5,inf,1.,1.0,3.14159265358979\n2,-Infinity,.5,2.0,0.1\n")
case("csv-mixed", "csv", "a,b,c\n1,True,1\n2.5,1,2.5\nx,2,\n")
case("csv-dates", "csv", "a\n2020-01-01\n")
case("csv-spaces", "csv", "a, b\n x , y \n")
case("csv-bom", "csv", b"\xef\xbb\xbfa,b\n1,2\n")
case("csv-quoted-numbers", "csv", 'a,b\n"1","2.5"\n')
case("csv-keep-none", "csv", "a,b\nNone,1\nx,\n", keep_default_na=False)
case("csv-na-filter", "csv", "a,b\nNone,1\nx,\n", na_filter=False)
case("csv-na-values", "csv", "a,b\n-,1\nx,NA\n", na_values=["-"])
case("csv-quoting", "csv", 'a,b\n"x,1\ny",2\n', quoting=3)
case("csv-quotechar", "csv", "a,b\n'x,1',2\n", quotechar="'")
case("csv-unclosed", "csv", 'a,b\n"unclosed,2\n3,4\n')
case("csv-empty", "csv", "")
case("csv-only-header", "csv", "a,b\n")
case("csv-not-utf8", "csv", b"a\n\xff\n")
case("csv-unicode", "csv", "frage,é\n\"日本, 語\",naïve\n")
case("csv-splits-int-for-text", "csv", {"a.csv": "a,b\nq,x\n", "b.csv": "a,b\n2.5,y\n"},
     data_files={"train": "a.csv", "test": "b.csv"})
case("csv-splits-missing", "csv", {"a.csv": "a,b\n1,x\n", "b.csv": "a\n3\n"},
     data_files={"train": "a.csv", "test": "b.csv"})
# Text
case("text-breaks", "text", "a\nb\r\nc\rd\n\ne")
case("text-last-break", "text", "a\n\n")
case("text-bom", "text", b"\xef\xbb\xbfa\n")
case("text-odd-breaks", "text", "a\x0cb\u2028c\n")
case("text-paragraphs", "text", "a\n\nb\nc\n\n\nd\n", sample_by="paragraph")
case("text-document", "text", "a\n\nb\n", sample_by="document")
case("text-keep-breaks", "text", "a\nb", keep_linebreaks=True)
case("text-empty", "text", "")
case("text-not-utf8", "text", b"ok\n\xff\n")


def located(value, folder):
    """data_files with each path below the folder."""
    if isinstance(value, str):
        return str(folder / value)
    if isinstance(value, dict):
        return {key: it if key == "split" else located(it, folder) for key, it in value.items()}
    return [located(it, folder) for it in value]


def plain(value):
    """A row's value with times as the calls that would make them."""
    if isinstance(value, datetime.datetime):
        return repr(value)
    if isinstance(value, dict):
        return {key: plain(it) for key, it in value.items()}
    return [plain(it) for it in value] if isinstance(value, list) else value


def loaded(reader, folder, arguments):
    arguments = dict(arguments)
    if reader and "data_files" in arguments:
        arguments["data_files"] = located(arguments["data_files"], folder)
    with tempfile.TemporaryDirectory() as cache:
        try:
            found = datasets.load_dataset(reader or str(folder), cache_dir=cache, **arguments)
            return {
                split: {"columns": list(rows.features), "rows": [plain(row) for row in rows]}
                for split, rows in found.items()
            }
        except Exception:
            return None


def main():
    shutil.rmtree(FIXTURES, ignore_errors=True)
    expected = []
    for name, reader, files, arguments in CASES:
        folder = FIXTURES / name
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        splits = loaded(reader, folder, arguments)
        expected.append({"case": name, "reader": reader, "arguments": arguments, "splits": splits})
    with open(FIXTURES / "expected.jsonl", "w") as out:
        for line in expected:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(len(expected), "cases,", sum(line["splits"] is None for line in expected), "of them refused")


if __name__ == "__main__":
    main()
