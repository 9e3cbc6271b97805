"""Checks the comparison of all tasks itself. Run by hand: `python Tools/parity/selfcheck.py`."""

import functools
import re
import tempfile

import guess
import phrase
import rows
from blame import kind_at, replaced
from compare_task import requests_differ, values_differ
from recipes import Cookbook
from run_assay import codes_of, divided


def first(config):
    return guess.first_recipe(guess.read_task(config))


def check(what, value, wanted):
    assert value == wanted, f"{what}: {value!r}, not {wanted!r}"


def subject_filter(dataset, subject="law"):
    return dataset.filter(lambda row: row["subject"] == subject)


def of_kind(dataset, kind):
    return dataset.filter(lambda row: row["kind"] == f"chat.{kind}")


law = functools.partial(of_kind, kind="law")


def shots(dataset):
    def one(row):
        parts = []
        for number in range(1, 3):
            parts.append(row[f"question_{number}"].strip())
            row.pop(f"question_{number}")
        return {"made": "".join(parts)}

    return law(dataset).map(one)


def prompt(doc):
    parts = [doc["question"].strip()] + [f"{n}. {c}" for n, c in zip("ABCD", doc["choices"])]
    return "\n".join(parts) + str(doc["meta"]["level"] + 1)


def check_templates():
    found = first(
        {"doc_to_text": "{{q.strip()}}{{choices.text[0]}}", "doc_to_target": "{{choices.label.index(key)}}"}
    )
    check("text", found["q"], {"k": "text", "v": 0})
    check("struct", sorted(found["choices"]["of"]), ["label", "text"])
    check("pick", found["key"], {"k": "pick", "from": ["choices", "label"]})
    found = first(
        {"doc_to_text": "{{['x', 'y', 'z'][n]}}{% if kind == 'a' %}1{% endif %}", "doc_to_target": "answer"}
    )
    check("int", found["n"], {"k": "int", "n": 3})
    check("const", found["kind"], {"k": "const", "values": ["a"]})
    found = first({"doc_to_text": "q", "doc_to_choice": "opts", "doc_to_target": "label", "output_type": "x"})
    check("list", found["opts"]["k"], "list")
    check("label", found["label"]["k"], "int")


def check_functions():
    config = {"process_docs": subject_filter, "doc_to_text": prompt, "doc_to_target": "answer"}
    found = first(config)
    check("columns", sorted(found), ["answer", "choices", "meta", "question", "subject"])
    check("selected", guess.selected_by(config), {"subject": "law"})
    check("choices", found["choices"]["k"], "list")
    check("inner", found["meta"], {"k": "struct", "of": {"level": {"k": "int", "n": 4}}})
    found = first({"process_docs": shots, "doc_to_text": "{{made}}", "doc_to_target": "answer"})
    check("columns of a loop", sorted(found), ["answer", "kind", "question_1", "question_2"])
    check("text of a partial", guess.selected_by({"process_docs": law}), {"kind": "chat.law"})
    check("family", guess.family_of(config), guess.family_of(dict(config)))


def check_rows():
    columns = {
        "q": {"k": "text", "v": 0},
        "c": {"k": "list", "of": {"k": "item"}},
        "a": {"k": "pick", "from": ["c"]},
    }
    made = rows.make_split({**columns, "s": {"k": "const", "values": ["x"]}}, "seed", 6, [{"s": "law"}])
    check("count", len(made), 8)
    check("law", sum(row["s"] == "law" for row in made), 6)
    assert all(row["a"] in row["c"] for row in made)
    check("again", rows.make_split(columns, "seed", 6, []), rows.make_split(columns, "seed", 6, []))
    new = replaced({"c": {"k": "struct", "of": {"t": {"k": "text"}}}}, ("c", "t"), {"k": "int"})
    check("replaced", kind_at(new, ("c", "t")), {"k": "int"})


def check_answers():
    for pattern in [
        r"#### (\-?[0-9\.\,]+)",
        r"(?i)answer is \(?([A-D])\)?",
        r"<b>(.*?)</b>",
        r"(?<=x: )(\w+)$",
    ]:
        texts = [phrase.sample(pattern, None, seed) for seed in range(8)]
        assert "(?<" in pattern or all(re.search(pattern, text) for text in texts), (pattern, texts)
    check("gold", phrase.sample(r"is (\w+)\.", "gold", 0), "is gold.")


def check_comparison():
    line = '{"task": "t", "doc_id": 0, "idx": 0, "request_type": "x", "arguments": ["%s"]}'
    check("same", requests_differ([line % "a"], [line % "a"]), None)
    assert "harness" in requests_differ([line % "a"], [line % "b"])
    check("close", values_differ({"acc": 0.1}, {"acc": 0.1 + 1e-13}, ""), [])
    check("apart", len(values_differ({"acc": 0.1, "n": 1}, {"acc": 0.2}, "")), 2)
    check("codes", codes_of("error[a-b]: x\nnote\nerror[c]: y"), ["a-b", "c"])
    found = divided(list("abcd"), lambda names: (None, "bad") if "c" in names else (names, ""))
    check(
        "halves",
        [(names, reason) for names, _, reason in found],
        [(["a", "b"], ""), (["c"], "bad"), (["d"], "")],
    )
    with tempfile.TemporaryDirectory() as folder:
        known = {"recipes": [{"q": {"k": "text"}}], "errors": []}
        Cookbook(folder, 1).write("f", known)
        check("kept", Cookbook(folder, 1).read("f"), known)
        check("unknown", Cookbook(folder, 1).read("g"), {"recipes": [], "errors": []})


if __name__ == "__main__":
    for part in [check_templates, check_functions, check_rows, check_answers, check_comparison]:
        part()
        print(part.__name__.removeprefix("check_"), "fine")
