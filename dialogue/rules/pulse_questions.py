"""The four questions of the pulse, and the figures that may be shown of the answers. Pure.

So few answer that a number can identify a person. Therefore nothing is shown for fewer than six answers, the share that
agrees is shown as one of five bands so that nobody can see that all agree or none, and the number of those who do not
know is shown from six.
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
# The answers; those from AGREES upwards count as agreeing.
SCALE = {1: "Stämmer inte alls", 2: "Stämmer dåligt", 3: "Stämmer ganska bra", 4: "Stämmer helt"}
AGREES = 3


class Band(IntEnum):
    """The share that agrees of those with an opinion, in fifths."""

    FEW = 1
    LESS = 2
    HALF = 3
    MOST = 4
    NEARLY_ALL = 5

    @property
    def words(self) -> str | Promise:
        """The band in words."""
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
    """What may be shown of the answers to one question."""

    text: str | Promise
    band: Band | None  # None when fewer than six have an opinion
    unsure: int | None  # how many do not know; None when fewer than six


def figures(answers: Iterable[Mapping[str, int]]) -> tuple[Figure, ...]:
    """Return one figure for each question of a closed pulse; none when fewer than six answered."""
    given = list(answers)
    if len(given) < MIN_ANSWERS:
        return ()
    return tuple(
        _figure(text, len(given), [answer[key] for answer in given if key in answer]) for key, text in QUESTIONS.items()
    )


def _figure(text: str | Promise, respondents: int, opinions: list[int]) -> Figure:
    unsure = respondents - len(opinions)
    if len(opinions) < MIN_ANSWERS:
        return Figure(text, None, None)
    agreeing = sum(1 for opinion in opinions if opinion >= AGREES)
    return Figure(text, band_of(agreeing, len(opinions)), unsure if unsure >= MIN_ANSWERS else None)


def band_of(agreeing: int, opinions: int) -> Band:
    """Return the fifth that the share lies in. None and all have no bands of their own, so that neither can be seen."""
    return Band(min(5 * agreeing // opinions + 1, 5))
