def clean(rows):
    return rows.filter(lambda row: row["question"])


def question(row):
    return "Question: " + row["question"] + "\nAnswer:"


def score(row, results):
    return {"right": float(results[0].strip() == row["answer"])}
