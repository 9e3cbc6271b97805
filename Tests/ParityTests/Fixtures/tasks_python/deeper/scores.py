def share(items):
    return sum(1 for gold, guess in items if gold == guess) / len(items)
