def first(doc, results):
    return {"first": float(results[0][0] >= max(result[0] for result in results))}
