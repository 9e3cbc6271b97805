"""What helper functions take from `lm_eval.utils`."""

import logging
import re

eval_logger = logging.getLogger("lm_eval")


def _pairwise_sum(numbers):
    """Adds as NumPy does: one by one below eight, in eight lanes below 128, in halves above."""
    count = len(numbers)
    if count < 8:
        total = 0.0
        for number in numbers:
            total += number
        return total
    if count > 128:
        half = count // 2
        half -= half % 8
        return _pairwise_sum(numbers[:half]) + _pairwise_sum(numbers[half:])
    lanes = [float(number) for number in numbers[:8]]
    whole = count - count % 8
    for start in range(8, whole, 8):
        for lane in range(8):
            lanes[lane] += numbers[start + lane]
    total = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
    for number in numbers[whole:]:
        total += number
    return total


def weighted_f1_score(items):
    """The F1 of each class, weighted by how often the class is right."""
    pairs = [tuple(item) for item in items]
    labels = sorted({label for pair in pairs for label in pair})
    parts, weights = [], []
    for label in labels:
        hits = sum(1 for gold, given in pairs if gold == label and given == label)
        golds = sum(1 for gold, _ in pairs if gold == label)
        given = sum(1 for _, given in pairs if given == label)
        parts.append(2 * hits / (golds + given) * golds)
        weights.append(golds)
    return _pairwise_sum(parts) / sum(weights)


def general_detokenize(string):
    """Takes out the spaces that tokenizers leave around punctuation."""
    for spaced, tight in ((" n't", "n't"), (" )", ")"), ("( ", "("), ('" ', '"'), (' "', '"')):
        string = string.replace(spaced, tight)
    return re.sub(r" (['.,])", r"\1", string)


def simple_parse_args_string(args_string):
    """`a=1,b=x` as a mapping; numbers, truth values and None are read as such."""
    pairs = [part.partition("=") for part in (args_string or "").strip().split(",") if part.strip()]
    return {key.strip(): _read(value.strip()) for key, _, value in pairs}


def _read(text):
    if text in ("None", "none"):
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def setup_logging(verbosity=logging.INFO):
    logging.basicConfig(level=verbosity)


def positional_deprecated(function):
    return function


def make_table(*_, **__):
    raise NotImplementedError("`lm_eval.utils.make_table` needs lm_eval itself: install the package lm_eval")


def handle_non_serializable(thing):
    """What stands for a thing that JSON has no form for."""
    if isinstance(thing, set):
        return list(thing)
    return int(thing) if hasattr(thing, "__index__") else str(thing)


def apply_template(template, doc):
    """A template with the columns of a document; the other side has the engine that all tasks use."""
    from _assay.host import ask

    return ask("template.render", {"template": template, "document": dict(doc)})


def hash_string(string):
    import hashlib

    return hashlib.sha256(string.encode("utf-8")).hexdigest()
