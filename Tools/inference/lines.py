"""Lines of text that are hard for tokenizers: many scripts, spaces, digits, marks, code, special tokens."""

import random
import unicodedata

SYLLABLES = "ba be bi bo bu ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu".split()
COMMON = "the of and a to in is it you that he was for on are with as his they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she".split()
CONTRACTIONS = ["don't", "we're", "I'll", "you've", "it's", "I'm", "he'd", "'tis", "WE'RE", "IT'S", "o'clock", "''s", "'S"]
SPACES = [" ", "  ", "   ", "\t", "\n", "\n\n", " \n", "\n ", "\r\n", "\u00a0", "\u2003", "\u3000", "        ", "\u200b", "\v", "\f", "\x85", "\u2028"]
# First and last code point of blocks that have been settled for many versions of Unicode.
BLOCKS = [(0x21, 0x7E), (0xA1, 0x17F), (0x370, 0x3FF), (0x410, 0x44F), (0x5D0, 0x5EA), (0x620, 0x64A), (0x660, 0x669),
          (0x905, 0x939), (0x93E, 0x94D), (0x966, 0x96F), (0xE01, 0xE3A), (0x1100, 0x1112), (0x1EA0, 0x1EF9),
          (0x2010, 0x2027), (0x2070, 0x2079), (0x20A0, 0x20B5), (0x2150, 0x2182), (0x2190, 0x21FF), (0x2200, 0x22FF),
          (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x4FFF), (0xAC00, 0xADFF), (0xFF10, 0xFF19), (0xFF21, 0xFF3A),
          (0x1D400, 0x1D4FF), (0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0x300, 0x36F)]
EMOJI = ["👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️", "🏳️‍🌈", "e\u0301", "é", "ﬁ", "Å", "A\u030a", "한", "\u1112\u1161\u11ab", "क्षि"]
CODE = ["for (int i = 0; i < n; ++i) {", "def f(x):\n    return x ** 2\n", "<div class=\"a\">&nbsp;</div>", "https://example.org/a?b=c&d=%20#e",
        "x_1 = 3.14e-10", "0xDEADBEEF", "SELECT * FROM t WHERE a >= 10;", "#### 42", "$1,234.56", "\\frac{1}{2}", "C:\\dir\\file"]
CONTROL = ["\x00", "\x01", "\x1b[0m", "\x7f", "\ufeff", "\ufffd", "\u202e"]
SPECIAL = ["<|endoftext|>", "<|begin|>", "<|end|>", "<pad>", "<tool>", "WORD", " <tool> ", "  <|end|>  ", "<|end", "aWORDb", "<|begin|><|begin|>"]


def word(rng):
    w = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4))) if rng.random() < 0.5 else rng.choice(COMMON)
    style = rng.random()
    return w.capitalize() if style < 0.15 else w.upper() if style < 0.2 else w


def foreign(rng):
    first, last = rng.choice(BLOCKS)
    text = "".join(chr(rng.randint(first, last)) for _ in range(rng.randint(1, 6)))
    return "".join(c for c in text if unicodedata.category(c) != "Cn")


def piece(rng):
    kind = rng.random()
    if kind < 0.45:
        return word(rng)
    if kind < 0.55:
        return str(rng.randint(0, 10 ** rng.randint(1, 9)))
    if kind < 0.63:
        return rng.choice(CONTRACTIONS)
    if kind < 0.8:
        return foreign(rng)
    if kind < 0.86:
        return rng.choice(EMOJI)
    if kind < 0.92:
        return rng.choice(CODE)
    if kind < 0.95:
        return rng.choice(CONTROL)
    return rng.choice(SPECIAL)


def line(rng):
    parts = []
    for _ in range(rng.randint(1, 9)):
        parts.append(piece(rng))
        parts.append(" " if rng.random() < 0.7 else rng.choice(SPACES + ["", ".", ", ", "!?", "..."]))
    return "".join(parts)


def plain(rng, words):
    """Text without surprises, to train on and to ask about."""
    return " ".join(word(rng) + rng.choice(["", "", "", ".", ","]) for _ in range(words))


def lines(count, seed=20):
    rng = random.Random(seed)
    fixed = ["", " ", "  ", "\n", "a", " a", "a ", "  a  b", "'s", "a's b'll", "x" * 300, " " * 50 + "x", "1234567890", "\n\n\n\na", "a\n \n b"]
    return fixed + [line(rng) for _ in range(count - len(fixed))]
