import package_that_nobody_has


def f():
    return package_that_nobody_has.x
