"""What a search has found: a hit, with the address of its story."""

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString

from actors.rules.names import list_earlier


@dataclass(frozen=True)
class SearchHit:
    """Something that was found, with the address of its story."""

    title: SafeString
    excerpt: SafeString
    address: str  # the story, at the right place
    on: dt.date
    about: str = ""  # the issue or the group
    page: str = ""  # its own page in the workshop


def tell_earlier(lines: str, now: str) -> str:
    """«Hette tidigare: …», of the names that something had, a line each; empty when it had no other."""
    names = list_earlier(lines.splitlines(), now)
    return f"Hette tidigare: {', '.join(names)}." if names else ""
