"""The rule of an edit: what a page showed, what was sent, and what is stored now. Pure: no form, no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# A value of a field as text, or the values of a field that holds several.
Plain = str | tuple[str, ...]
Digest = Callable[[str], str]
Shown = str | Sequence[str] | None


@dataclass(frozen=True)
class Merged:
    """What shall be stored, and whether two people have written different things."""

    value: Plain
    is_conflict: bool = False


def merge(*, sent: Plain, stored: Plain, shown: Shown, digest: Digest, is_on_page: bool = True) -> Merged:
    """Return what shall be stored.

    `shown` is the digest of what the page showed, or the digests of several values; None when nobody knows. A field
    that was not on the page keeps what is stored. Of several values each is kept, added or removed by itself, so that
    only single values, or values that nobody knows whether the page showed, can be in conflict.
    """
    if not is_on_page or sent == stored:
        return Merged(stored)
    if isinstance(sent, tuple) and isinstance(stored, tuple):
        if shown is None or isinstance(shown, str):
            same = set(sent) == set(stored)
            return Merged(stored if same else sent, is_conflict=not same)
        return Merged(_each(sent, stored, set(shown), digest))
    if shown == digest(str(sent)):
        return Merged(stored)
    return Merged(sent, is_conflict=shown != digest(str(stored)))


def _each(sent: tuple[str, ...], stored: tuple[str, ...], shown: set[str], digest: Digest) -> tuple[str, ...]:
    kept = [value for value in stored if value in sent or digest(value) not in shown]
    added = [value for value in sent if value not in stored and digest(value) not in shown]
    return (*kept, *added)
