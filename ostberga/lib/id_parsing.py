"""A number that came back from a page, where anything can have been sent instead."""

# The database's keys are smaller than this many figures can say.
MAX_DIGITS = 18


def parse_id(typed: str | None) -> int:
    """The number, or 0, which is nobody's key: then nothing is found, instead of a crash."""
    sent = typed or ""
    return int(sent) if len(sent) <= MAX_DIGITS and sent.isascii() and sent.isdecimal() else 0
