def f():
    from sklearn_that_nobody_has.metrics import f1_score

    return f1_score
