"""Folding of texts for search, the same in Python and PostgreSQL: case, accents, decomposed letters, hidden signs."""

import re
import unicodedata

from django.db.models import Func, TextField

# Combining marks (a Mac writes å as a and a ring), soft hyphens, and signs without a width.
_DROPPED = "[\u0300-\u036f\u00ad\u200b-\u200f\ufeff]"
SHORT = 3  # letters
MOST_TERMS = 8
_QUOTES = '"«»”“„'
_TERM = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|(\S+)")
_AROUND = f"{_QUOTES}'’‘‚‹›`´.,;:!?()[]"


def fold(text: str) -> str:
    """Return the text in small letters without accents: «Gångstråk» is «gangstrak»."""
    return re.sub(_DROPPED, "", unicodedata.normalize("NFKD", text).lower())


def split_terms(typed: str) -> list[str]:
    """Return the words, without the quotes and marks around them; several words within double quotes are one term.

    Each once, and the first eight: the database looks through all texts once for each of them.
    """
    parts = (within or word for within, word in _TERM.findall(typed))
    terms = (" ".join(part.split()).strip(_AROUND) for part in parts)
    different = {term.lower(): term for term in terms if fold(term)}
    return list(different.values())[:MOST_TERMS]


def is_exact(term: str) -> bool:
    """Whether a term is so short that its accents count: «gå» is not in «Östberga»."""
    return len(term) <= SHORT


def compose(term: str) -> str:
    """Return the term as texts are written, with å as one letter."""
    return unicodedata.normalize("NFC", term)


class Folded(Func):
    """`fold` in the database. Immutable, so that an index can hold it."""

    template = f"regexp_replace(lower(normalize(%(expressions)s, NFKD)), '{_DROPPED}', '', 'g')"
    output_field = TextField()
