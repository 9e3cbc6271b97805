"""Writes the tasks that are timed; their rows are made up, the same at each call.

usage: suite.py FOLDER

`shaped` has the shape of MMLU: 57 tasks, 14,042 rows, four choices, five examples each. `found` has 10,000 rows and
is scored with F1.
"""

import json
import pathlib
import random
import sys

TASKS, ROWS, POOL = 57, 14_042, 5
FOUND_ROWS = 10_000
WORDS = """river stone market letter winter engine garden signal bridge copper meadow treaty harbour lantern mirror
thread valley window anchor barrel candle desert ember falcon glacier hammer island jacket kettle ladder""".split()

BASE = """\
test_split: test
fewshot_split: dev
fewshot_config:
  sampler: first_n
num_fewshot: 5
output_type: multiple_choice
doc_to_text: "{{question.strip()}}\\nA. {{choices[0]}}\\nB. {{choices[1]}}\\nC. {{choices[2]}}\\nD. {{choices[3]}}\\nAnswer:"
doc_to_choice: ["A", "B", "C", "D"]
doc_to_target: answer
metric_list:
  - metric: acc
    aggregation: mean
    higher_is_better: true
metadata:
  version: 1.0
"""

FOUND = """\
task: found
dataset_path: json
dataset_kwargs:
  data_files: {files}
test_split: test
output_type: multiple_choice
doc_to_text: "{{{{text}}}} Is it so?"
doc_to_choice: ["no", "yes"]
doc_to_target: label
metric_list:
  - metric: f1
"""


def row(draw):
    def words(least, most):
        return " ".join(draw.choices(WORDS, k=draw.randint(least, most)))

    return {"question": f"Which of these is the {words(8, 60)}?", "choices": [words(1, 14) for _ in range(4)],
        "answer": draw.randrange(4)}


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def write_found(top):
    draw = random.Random(10)
    files = {"test": write_rows(top / "found.jsonl",
        ({"text": f"Number {place}.", "label": int(draw.random() < 0.3)} for place in range(FOUND_ROWS)))}
    (top / "found.yaml").write_text(FOUND.format(files=json.dumps(files)))


def write_shaped(top):
    (top / "_base").write_text(BASE)
    draw = random.Random(57)
    names = [f"shaped_{number:02}" for number in range(TASKS)]
    for number, name in enumerate(names):
        files = {}
        for split, count in (("test", ROWS // TASKS + (number < ROWS % TASKS)), ("dev", POOL)):
            files[split] = write_rows(top / f"{name}_{split}.jsonl", (row(draw) for _ in range(count)))
        (top / f"{name}.yaml").write_text(
            f"include: _base\ntask: {name}\ntag: shaped_tasks\ndataset_path: json\n"
            f"dataset_kwargs:\n  data_files: {json.dumps(files)}\n"
            f'description: "The following are multiple choice questions about subject {number}.\\n\\n"\n')
    members = "".join(f"  - {name}\n" for name in names)
    (top / "shaped.yaml").write_text(f"group: shaped\ntask:\n{members}")


def main(folder):
    top = pathlib.Path(folder).resolve()
    for name, write in (("shaped", write_shaped), ("found", write_found)):
        (top / name).mkdir(parents=True, exist_ok=True)
        write(top / name)


if __name__ == "__main__":
    main(sys.argv[1])
