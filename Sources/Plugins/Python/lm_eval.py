"""A stand-in for lm_eval: the few names that helper functions of tasks import."""

__version__ = "0.4.13"
