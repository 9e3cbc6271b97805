limit = {}["no such key"]


def f():
    return 1
