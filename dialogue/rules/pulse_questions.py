"""The four questions of the pulse, and what may be told of the answers. Pure.

So few answer that a number can point to a person. Therefore: nothing under six; how large a part agrees is told as one
of five bands, so that nobody can read that all said the same; and those who do not know are counted from six.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MIN_ANSWERS = 6
QUESTIONS: Mapping[str, str | Promise] = {
    "vem": _("Vi vet vem som bestämmer vad."),
    "paverkar": _("Det jag säger påverkar vad vi gör."),
    "lovar": _("Vi håller det vi lovar varandra."),
    "tiden": _("Samarbetet är värt tiden det tar."),
}
# How much of it is true; from AGREES on somebody agrees.
SCALE = {1: "Stämmer inte alls", 2: "Stämmer dåligt", 3: "Stämmer ganska bra", 4: "Stämmer helt"}
AGREES = 3


class Band(IntEnum):
    """How large a part of those who took a stand agree, in fifths."""

    FEW = 1
    LESS = 2
    HALF = 3
    MOST = 4
    NEARLY_ALL = 5

    @property
    def words(self) -> str | Promise:
        """As it is read."""
        return WORDS[self]


WORDS: Mapping[Band, str | Promise] = {
    Band.FEW: _("få håller med"),
    Band.LESS: _("färre än hälften håller med"),
    Band.HALF: _("ungefär hälften håller med"),
    Band.MOST: _("de flesta håller med"),
    Band.NEARLY_ALL: _("nästan alla håller med"),
}


@dataclass(frozen=True)
class Figure:
    """What may be told of one question."""

    text: str | Promise
    band: Band | None  # None: fewer than six took a stand
    unsure: int | None  # those who do not know; None: fewer than six


def figures(answers: Iterable[Mapping[str, int]]) -> tuple[Figure, ...]:
    """What may be told of a closed pulse. Nothing at all when fewer than six answered."""
    given = list(answers)
    if len(given) < MIN_ANSWERS:
        return ()
    return tuple(
        _figure(text, len(given), [one[key] for one in given if key in one]) for key, text in QUESTIONS.items()
    )


def _figure(text: str | Promise, everybody: int, stands: list[int]) -> Figure:
    unsure = everybody - len(stands)
    if len(stands) < MIN_ANSWERS:
        return Figure(text, None, None)
    return Figure(
        text, band_of(sum(1 for one in stands if one >= AGREES), len(stands)), unsure if unsure >= MIN_ANSWERS else None
    )


def band_of(agree: int, stands: int) -> Band:
    """Which fifth a part lies in; the outer two also hold none and all, so that neither can be told apart."""
    return Band(min(5 * agree // stands + 1, 5))
