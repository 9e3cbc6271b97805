"""Makes what Python helpers give, for the tests that write the same tasks with steps instead.

    python Tools/tasks/row_steps.py

needs lm_eval 0.4.13. The helpers here are of the three kinds that task authors write most: a filter on one column, a
map that builds question and choices, and a filter by category with a prompt that letters its options. Each task is
built by the harness itself; its rows and the arguments of its requests go to Tests/TaskDSLTests/Fixtures/row_steps.
"""

import functools
import json
import logging
import pathlib
import re
import tempfile

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests/TaskDSLTests/Fixtures/row_steps"


# One column has one value.


def of_subject(dataset, subject):
    return dataset.filter(lambda row: row["subject"] == subject)


SUBJECT_ROWS = [
    {"subject": subject, "question": f"Which is number {number}?", "answer": str(number)}
    for number, subject in enumerate(["astronomy", "law", "astronomy", "Astronomy", "astronomy ", "astronomy"])
]

SUBJECT_TASK = {
    "output_type": "generate_until",
    "process_docs": functools.partial(of_subject, subject="astronomy"),
    "doc_to_text": "{{question}}",
    "doc_to_target": "answer",
}


# A question and its choices are put together from several columns, and cleaned.


def cleaned(text):
    text = text.strip().replace(" [title]", ". ")
    return re.sub(r"\[.*?\]", "", text).replace("  ", " ")


def with_query(dataset):
    def change(row):
        story = row["ctx_a"] + " " + row["ctx_b"].capitalize()
        return {
            "query": cleaned(row["activity_label"] + ": " + story),
            "choices": [cleaned(ending) for ending in row["endings"]],
            "gold": int(row["label"]),
        }

    return dataset.map(change)


ENDING_ROWS = [
    {
        "activity_label": "Baking",
        "ctx_a": "She opens the oven.",
        "ctx_b": "the Cake",
        "endings": ["is  done.", " [title] burns[step] twice.", "sings. ", "is   there[ ] and[x] gone"],
        "label": "0",
    },
    {
        "activity_label": "Café [header] Wörk",
        "ctx_a": "He said [title] sit down [substeps] now",
        "ctx_b": "éric's dog WAITS",
        "endings": ["ÉA", "[a][b]  c", "[open", "]close["],
        "label": "3",
    },
    {
        "activity_label": " Empty",
        "ctx_a": "",
        "ctx_b": "",
        "endings": ["a\nb [two\nlines] c", "\u00a0spaced\u3000", "x", "y"],
        "label": "2",
    },
]

ENDING_TASK = {
    "output_type": "multiple_choice",
    "process_docs": with_query,
    "doc_to_text": "{{query}}",
    "doc_to_target": "{{gold}}",
    "doc_to_choice": "choices",
}


# A category is kept, and its options are lettered in the prompt.

LETTERS = "ABCDEFGHIJKLMNOP"


def of_category(dataset, category):
    return dataset.filter(lambda row: row["category"].lower() == category)


def lettered(row):
    text = "Question:\n" + row["question"] + "\nOptions:\n"
    for letter, option in zip(LETTERS, row["options"]):
        text += f"{letter}. {option}\n"
    return text + "Answer: Let's think step by step."


CATEGORY_ROWS = [
    {
        "category": category,
        "question": question,
        "options": options,
        "answer": LETTERS[index],
        "answer_index": index,
    }
    for category, question, options, index in [
        ("math", "1 + 1?", ["1", "2", "3"], 1),
        ("physics", "What falls?", ["all", "nothing"], 0),
        ("Math", "Which is {prime}?", [str(number) for number in range(2, 12)], 5),
        ("math", "“∑”?", ["a & b", "<c>"], 0),
    ]
]

CATEGORY_TASK = {
    "output_type": "generate_until",
    "process_docs": functools.partial(of_category, category="math"),
    "doc_to_text": lettered,
    "doc_to_target": "answer",
}


def built(name, rows, task):
    """The rows that are evaluated, and what each of their requests asks."""
    from lm_eval.api.task import ConfigurableTask

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "rows.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        config = {
            "task": name,
            "dataset_path": "json",
            "dataset_kwargs": {"data_files": {"test": str(path)}, "cache_dir": folder},
            "test_split": "test",
            **task,
        }
        task = ConfigurableTask(config=config)
        task.build_all_requests()
        texts = {}
        for instance in task.instances:
            asked = instance.args if task.OUTPUT_TYPE == "multiple_choice" else instance.args[:1]
            texts.setdefault(instance.doc_id, []).append(list(asked))
        return [{"doc": doc, "asked": texts[index]} for index, doc in enumerate(task.eval_docs)]


def main():
    logging.disable(logging.WARNING)
    cases = {
        "column_filter": (SUBJECT_ROWS, SUBJECT_TASK),
        "query_and_choices": (ENDING_ROWS, ENDING_TASK),
        "category_and_letters": (CATEGORY_ROWS, CATEGORY_TASK),
    }
    for name, (rows, task) in cases.items():
        for ending, lines in [("rows", rows), ("expected", built(name, rows, task))]:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (FIXTURES / f"{name}.{ending}.jsonl").write_text(text)


if __name__ == "__main__":
    main()
