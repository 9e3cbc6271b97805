"""The base of filter classes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass


class Filter(ABC):
    def __init__(self, **kwargs):
        pass

    @abstractmethod
    def apply(self, resps, docs):
        return resps


@dataclass
class FilterEnsemble:
    """Filters that are applied one after another."""

    name: str
    filters: list

    def apply(self, instances):
        answers = [instance.resps for instance in instances]
        docs = [instance.doc for instance in instances]
        for make in self.filters:
            answers = make().apply(answers, docs)
        for instance, answer in zip(instances, answers):
            instance.filtered_resps[self.name] = answer
