"""Classes that build on the plain base, and one that is all settings."""

from lm_eval.api.instance import Instance
from lm_eval.api.metrics import bits_per_byte, mean, perplexity, weighted_perplexity
from lm_eval.api.task import ConfigurableTask, Task


class Lines(Task):
    """Documents that are made here, and no rows; texts that are not mappings."""

    VERSION = "2.0"
    OUTPUT_TYPE = "loglikelihood_rolling"

    def __init__(self, config=None):
        super().__init__(config={"metadata": {"version": "2.0"}, "num_fewshot": 0})

    def download(self, data_dir=None, cache_dir=None, download_mode=None):
        self.dataset = [f"Line {number} of a text,\nwith {'ä' * number} at its end." for number in range(6)]

    def has_training_docs(self):
        return False

    def has_validation_docs(self):
        return False

    def has_test_docs(self):
        return True

    def test_docs(self):
        return self.dataset

    def doc_to_text(self, doc):
        return ""

    def doc_to_target(self, doc):
        return doc

    def fewshot_context(self, doc, num_fewshot, **kwargs):
        return ""

    def construct_requests(self, doc, ctx, **kwargs):
        return Instance(
            request_type=self.OUTPUT_TYPE, doc=doc, arguments=(doc,), idx=0, metadata=kwargs["metadata"]
        )

    def process_results(self, doc, results):
        (likelihood,) = results
        return {
            "word_perplexity": (likelihood, self.count_words(doc)),
            "bits_per_byte": (likelihood, self.count_bytes(doc)),
        }

    def aggregation(self):
        return {"word_perplexity": weighted_perplexity, "bits_per_byte": bits_per_byte}

    def higher_is_better(self):
        return {"word_perplexity": False, "bits_per_byte": False}


class Drawn(Task):
    """The plain base's own examples."""

    VERSION = 1
    DATASET_PATH = "parity/cloze"

    def has_training_docs(self):
        return False

    def has_validation_docs(self):
        return True

    def has_test_docs(self):
        return False

    def validation_docs(self):
        return [self._process_doc(row) for row in self.dataset["validation"]]

    def _process_doc(self, doc):
        return {"start": doc["start"], "last": doc["last"], "rank": doc["rank"]}

    def doc_to_text(self, doc):
        return doc["start"]

    def doc_to_target(self, doc):
        return " " + doc["last"]

    def construct_requests(self, doc, ctx, **kwargs):
        return Instance(
            request_type="loglikelihood",
            doc=doc,
            arguments=(ctx, self.doc_to_target(doc)),
            idx=0,
            metadata=kwargs["metadata"],
        )

    def process_results(self, doc, results):
        ((likelihood, is_greedy),) = results
        return {"ppl": likelihood, "acc": int(is_greedy)}

    def aggregation(self):
        return {"ppl": perplexity, "acc": mean}

    def higher_is_better(self):
        return {"ppl": False, "acc": True}


class Settings(ConfigurableTask):
    """Made of its file, which has settings that the base does not know."""

    def __init__(self, config):
        config = dict(config)
        self.shout = config.pop("shout", False)
        config.pop("class")
        super().__init__(config=config)

    def doc_to_text(self, doc, doc_to_text=None):
        text = super().doc_to_text(doc, doc_to_text)
        return text.upper() if self.shout else text


def numbers(doc, results):
    return {"longest": max(len(result) for result in results), "is_empty": results[0] == ""}


def only_long(dataset):
    return dataset.filter(lambda row: len(row["question"]) > 30)
