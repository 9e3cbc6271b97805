"""Names of the classes that Python tasks build on; such tasks run only with lm_eval itself."""


class Task:
    VERSION = None
    OUTPUT_TYPE = None

    def __init__(self, *_, **__):
        raise NotImplementedError("a task written as a Python class needs lm_eval itself: install the package lm_eval")


class MultipleChoiceTask(Task):
    pass


class PerplexityTask(Task):
    pass


class ConfigurableTask(Task):
    pass


class TaskConfig(dict):
    pass
