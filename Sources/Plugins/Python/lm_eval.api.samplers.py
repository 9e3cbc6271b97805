"""How examples are drawn from the pool."""

from random import Random


class ContextSampler:
    """Draws at random, without the document that is asked about."""

    def __init__(self, df=None, *, rnd=None, fewshot_indices=None, **kwargs):
        self.rnd = Random(rnd)
        self.df = df or []
        self.fewshot_indices = fewshot_indices
        self._is_cut = False

    def sample(self, n, eval_doc=None, df=None, **kwargs):
        if n == 0:
            return []
        self.df = df or self.df
        if not eval_doc:
            return self.rnd.sample(self.fewshot_docs(), n)
        left = self.rm_eval_doc(eval_doc, self.rnd.sample(self.fewshot_docs(), n + 1), n)
        if len(left) < n:
            left = self.rnd.sample(self.rm_eval_doc(eval_doc, self.fewshot_docs()), n)
        return left

    def set_rnd(self, rnd):
        self.rnd = Random(rnd)
        return self

    def replace_df(self, df):
        self.df = df
        self._is_cut = False
        return self

    def fewshot_docs(self):
        if self.fewshot_indices and not self._is_cut:
            self.df = [self.df[place] for place in self.fewshot_indices]
        self._is_cut = True
        return list(self.df)

    @staticmethod
    def rm_eval_doc(doc, _iter, n=None):
        return [other for other in _iter if other != doc][:n]


class FirstNSampler(ContextSampler):
    """Takes the first documents."""

    def sample(self, n, eval_doc=None, df=None, **kwargs):
        pool = self.rm_eval_doc(eval_doc, self.df) if eval_doc is not None else self.df
        if n > len(pool):
            raise AssertionError(f"{n} examples are asked for, and there are {len(pool)}")
        return pool[:n]


SAMPLER_REGISTRY = {"default": ContextSampler, "first_n": FirstNSampler}


def get_sampler(name):
    return SAMPLER_REGISTRY[name]
