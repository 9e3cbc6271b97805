def text(doc):
    return f"SUM {doc['a']} AND {doc['b']}!"


def target(doc):
    return str(doc["a"] + doc["b"])


def results(doc, results):
    return {"right": float(results[0].strip() == target(doc))}
