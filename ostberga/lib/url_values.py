"""A number that came back from a page, where anything can have been sent instead."""

# The database's keys are smaller than this many figures can say.
MOST_FIGURES = 18


def number_in(typed: str | None) -> int:
    """The number, or 0, which is nobody's key: then nothing is found, instead of a crash."""
    sent = typed or ""
    return int(sent) if len(sent) <= MOST_FIGURES and sent.isascii() and sent.isdecimal() else 0
