"""Names for groups of tasks written in Python; such groups run only with lm_eval itself."""


class Group:
    def __init__(self, *_, **__):
        raise NotImplementedError("a group written as a Python class needs lm_eval itself: install the package lm_eval")


class ConfigurableGroup(Group):
    pass


class GroupConfig(dict):
    pass
