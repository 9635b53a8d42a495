"""Parse primary keys sent in query strings and forms, where anything may be sent instead."""

# Any number of so many digits fits in a bigint column.
MAX_DIGITS = 18


def parse_id(typed: str | None) -> int:
    """Return the primary key, or 0, which no row has, when it is missing or malformed."""
    sent = typed or ""
    return int(sent) if len(sent) <= MAX_DIGITS and sent.isascii() and sent.isdecimal() else 0
