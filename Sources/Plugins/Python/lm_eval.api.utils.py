"""Parts of prompts and how they are put together."""

from dataclasses import dataclass


def requires_delimiter(prefix, suffix):
    """Whether two texts meet without white space between them."""
    return prefix != "" and not (prefix[-1].isspace() or suffix[0].isspace())


def ends_with_whitespace(s):
    return s[-1:].isspace()


def maybe_delimit(prefix, suffix, delimiter=" "):
    if not prefix or not suffix:
        return prefix or suffix or ""
    return prefix + (delimiter if requires_delimiter(prefix, suffix) else "") + suffix


@dataclass
class Message:
    """A part of a prompt: in plain text with what stands behind it, in a conversation without."""

    role: str
    content: str
    _delimiter: str = ""

    def to_dict(self):
        return {"role": self.role, "content": self.content}

    def to_text(self):
        return self.content + self._delimiter


def messages_to_text(messages):
    return "".join(message.to_text() for message in messages)


def multiturn_to_singleturn(messages):
    """The same with all questions and examples in one message; an answer that is begun stays apart."""
    system = messages[:1] if messages[0].role == "system" else []
    rest = messages[len(system) :]
    begun = rest[-1:] if rest[-1].role == "assistant" else []
    asked = rest[: len(rest) - len(begun)]
    text = messages_to_text(asked[:-1]) + "".join(message.content for message in asked[-1:])
    return [message.to_dict() for message in (*system, Message("user", text), *begun)]
